"""A plain page is read as an HTML parser reads it, and no other page is taken for plain."""

from typing import Any
from xml.etree.ElementTree import tostring

import pytest
import tinyhtml5  # type: ignore[import-untyped]
from factories import COMPILED, edition, summary
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.render import looks
from briefing.render.page import Setting, make
from briefing.render.tree import drop_inherited, plain

NAMES = (
    "a b br dd div dl dt em h1 h2 hr html body head li meta ol p pre section span style svg table "
    "td template textarea time title ul button form i wbr img"
).split()
TEXTS = (
    "x",
    " ",
    "\n",
    "&amp;",
    "&#34;",
    "&",
    "&notit;",
    "&nbsp;",
    "&#0;",
    "&#150;",
    "<",
    "\r",
    ">",
)
ATTRIBUTES = ("", ' id="a"', " data-x", ' title="&lt;&#39;"', " id=a", ' id="a" id="b"', " ID='a'")
PIECE = st.one_of(
    st.sampled_from(TEXTS),
    st.builds("<{}{}>".format, st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(NAMES)),
    st.sampled_from(("<!-- x -->", "<br/>", "<p/>", "<style>a<b</style>", "<P>", "</p >")),
)
NESTED = st.recursive(
    st.sampled_from(TEXTS[:5]),
    lambda inner: st.builds(
        lambda name, attribute, parts: f"<{name}{attribute}>{''.join(parts)}</{name}>",
        st.sampled_from(NAMES),
        st.sampled_from(ATTRIBUTES[:4]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


def page(body: str, head: str = "<title>T</title>") -> str:
    """Return a page with that body."""
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>{head}</head>\n<body>{body}</body>\n</html>\n'


def told(element: Any) -> str:
    """Return a tree as text, without the difference between no text and empty text."""
    return tostring(element, encoding="unicode")


def full(markup: str) -> Any:
    """Return the tree that the full parser makes."""
    return tinyhtml5.parse(markup, namespace_html_elements=False)


@pytest.mark.parametrize("look", ["daily", "front-page", "clips", "single"])
def test_our_own_pages_are_plain(look: str) -> None:
    """Every look of ours is read the fast way, with the same tree."""
    things: Any = (summary(),) if look == "single" else edition(5, marking="TLP:GREEN")
    markup = make(
        things,
        looks.find(look),
        setting=Setting(compiled=COMPILED, zone="UTC"),
        extra={"face": "pdf"},
    )
    read = plain(markup)

    assert read is not None
    assert told(read) == told(full(markup))


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.lists(PIECE, max_size=8), st.lists(NESTED, max_size=4)).map("".join))
@example("<p>a<div>b</div></p>")
@example("<dl><div><dt>a</dt><dd>b</dd></div></dl>")
@example("<b><b><b><b>x</b></b></b></b>")
@example("<a><span><a>x</a></span></a>")
@example("<ul><li><p>a</p><ul><li>b</li></ul></li></ul>")
def test_what_is_taken_for_plain_has_the_full_parser_s_tree(body: str) -> None:
    """Whatever stands in the body, the fast way is right or not taken."""
    read = plain(page(body))

    assert read is None or told(read) == told(full(page(body)))


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECE, max_size=5).map("".join))
@example("<style>p > b { color: red }</style>")
@example("<meta charset='x'>")
@example("<title>a &amp; <b></title>")
def test_the_head_is_read_rightly_or_not_at_all(head: str) -> None:
    """The same of the head, which a parser closes at the first thing that does not belong."""
    read = plain(page("x", head))

    assert read is None or told(read) == told(full(page("x", head)))


@pytest.mark.parametrize(
    ("body", "is_plain"),
    [
        ("<p>One<br>two</p>", True),
        ("<ol><li data-a>x</li></ol>", True),
        ("<p>&copy; &#8212;</p>", True),
        ("<p>One", False),
        ("<p><div>x</div></p>", False),
        ("<li>x</li>", False),
        ("<h1><h2>x</h2></h1>", False),
        ("<table><tr><td>x</td></tr></table>", False),
        ("<p id=a>x</p>", False),
        ("<p>R&D</p>", False),
        ("<!-- x -->", False),
        ("<svg></svg>", False),
    ],
)
def test_what_is_plain(body: str, *, is_plain: bool) -> None:
    """Closed, quoted and in place is plain; what a parser would mend is not."""
    assert (plain(page(body)) is not None) == is_plain


def test_only_what_is_inherited_is_dropped() -> None:
    """A language or direction stays where it is another than that of what is around."""
    root = plain(
        page('<p lang="en" dir="ltr">a<b lang="ar" dir="rtl">b<i lang="ar">c</i></b></p>'
             '<p lang="ar"><b lang="en" dir="ltr">d</b></p>')
    )  # fmt: skip
    assert root is not None

    drop_inherited(root)

    assert told(root[1]).strip() == (
        '<body><p>a<b lang="ar" dir="rtl">b<i>c</i></b></p><p lang="ar"><b lang="en">d</b></p>\n\n'
        "</body>"
    )
    assert root.attrib == {"lang": "en"}
