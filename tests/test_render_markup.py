"""A page read the fast way is laid out to the same bytes."""

import io
import logging
from typing import Any

import pytest
import weasyprint

from briefing.render.markup import read
from briefing.render.tree import plain

BASE = "file:///nowhere/"


class Nothing(weasyprint.urls.URLFetcher):  # type: ignore[misc]
    """Fetch nothing."""

    def fetch(self, url: str, _: Any = None) -> Any:
        """Refuse."""
        raise ValueError(url)


def drawn(html: Any, css: str) -> bytes:
    """Return the PDF of a page."""
    out = io.BytesIO()
    sheet = weasyprint.CSS(string=css, url_fetcher=Nothing())
    html.write_pdf(out, stylesheets=[sheet], pdf_variant="pdf/ua-1")
    return out.getvalue()


def page(body: str) -> str:
    """Return a plain page."""
    return (
        '<!DOCTYPE html><html lang="en"><head><title>T</title><style>i { color: red }</style>'
        f"</head><body>{body}</body></html>"
    )


BODY = (
    '<h1 id="a" lang="en">Ferry stays</h1><ul><li lang="fr">Un<ul><li>deux</li></ul></li></ul>'
    '<ol><li dir="ltr">One</li></ol><p lang="ar" dir="rtl">نص<b lang="en" dir="ltr">x</b></p>'
    '<p><a href="#a"><q lang="en">Quoted</q></a> <i>i</i><span class="n">Note</span></p><hr>'
)


@pytest.mark.parametrize(
    "css",
    [
        "",
        "li { list-style: none }",
        "[dir=rtl] { text-align: right }",
        ":lang(en) { color: blue }",
        "[lang] { color: blue } [dir=ltr] { font-weight: bold }",
        ".n { float: footnote }",
        "h1 { display: list-item } ::marker { color: green }",
        ".n::footnote-call { color: red }",
    ],
)
def test_the_print_is_the_same(css: str, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever a stylesheet tells apart, not a byte differs from WeasyPrint's own reading."""
    caplog.set_level(logging.CRITICAL)
    markup = page(BODY)
    assert plain(markup) is not None
    ours = read(markup, css=css, base_url=BASE, url_fetcher=Nothing())
    theirs = weasyprint.HTML(string=markup, base_url=BASE, url_fetcher=Nothing())

    assert drawn(ours, css) == drawn(theirs, css)


def test_the_bytes_can_differ() -> None:
    """The comparison above notices another language."""
    ours = read(page(BODY), css="", base_url=BASE, url_fetcher=Nothing())
    other = weasyprint.HTML(string=page(BODY.replace('dir="rtl"', "")), base_url=BASE)

    assert drawn(ours, "") != drawn(other, "")


def test_fewer_styles_are_made() -> None:
    """An element without a marker or a note gets one style, not seven."""
    from weasyprint.css import get_all_computed_styles

    def styles(css: str) -> int:
        html = read(page("<p>a</p><p>b</p>"), css=css, base_url=BASE, url_fetcher=Nothing())
        return len(get_all_computed_styles(html).get_computed_styles())

    assert styles("") == 7  # html, head, title, style, body, two paragraphs
    assert styles("p { float: footnote }") == 7 * 7
