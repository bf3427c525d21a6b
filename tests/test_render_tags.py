"""The tags of a PDF say what there is to say, once, and lead to every word."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from factories import COMPILED, edition, summary

from briefing import render
from briefing.render.tags import HOLDERS

Leaf = tuple[Any, int]
"""A tag and the number of a marked piece of its page."""


@pytest.fixture(scope="module")
def daily() -> Iterator[pikepdf.Pdf]:
    """Yield an opened edition."""
    made = render.pdf(
        edition(6, marking="TLP:RED"), template="daily", compiled=COMPILED, zone="UTC"
    )
    with pikepdf.open(io.BytesIO(made)) as read:
        yield read


def points(stories: int) -> list[Any]:
    """Return what is printed of an edition as points."""
    return [p for s in edition(stories).stories for p in {*s.new, *s.points}]


def below(element: Any) -> Iterator[Any]:
    """Yield a tag and all below it, in order."""
    yield element
    for kid in element.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            assert kid.P.objgen == element.objgen
            yield from below(kid)


def elements(read: pikepdf.Pdf) -> list[Any]:
    """Return the tags of a document, in order."""
    return list(below(read.Root.StructTreeRoot.K[0]))


def leaves(read: pikepdf.Pdf) -> list[Leaf]:
    """Return each tag that holds a piece of a page, and that piece's number."""
    return [(e, int(k)) for e in elements(read) for k in e.get("/K", ()) if isinstance(k, int)]


def marks(page: pikepdf.Page) -> list[tuple[str, int | None]]:
    """Return each marked piece of a page: by which name, and its number unless an artifact."""
    found: list[tuple[str, int | None]] = []
    for told in pikepdf.parse_content_stream(page):
        if str(told.operator) == "BDC":
            found.append((str(told.operands[0]), int(told.operands[1].MCID)))
        elif str(told.operator) == "BMC":
            found.append((str(told.operands[0]), None))
    return found


def test_every_marked_piece_has_one_tag_and_the_page_knows_it(daily: pikepdf.Pdf) -> None:
    """The way from the tags to the pages and the way back are the same."""
    numbers = list(daily.Root.StructTreeRoot.ParentTree.Nums)
    tree = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    told = {(e.Pg.objgen, number): e.objgen for e, number in leaves(daily)}

    assert len(told) == len(leaves(daily))
    for page in daily.pages:
        known = tree[int(page.obj.StructParents)]
        pieces = [number for _, number in marks(page) if number is not None]
        assert pieces == list(range(len(known)))
        assert [told.pop((page.obj.objgen, n)) for n in pieces] == [tag.objgen for tag in known]
    assert not told


def test_nothing_says_nothing(daily: pikepdf.Pdf) -> None:
    """Words hang below what holds words, without a run between; no group is empty."""
    assert {str(e.S) for e, _ in leaves(daily)} <= HOLDERS
    assert not [e for e, _ in leaves(daily) if e.S == "/Span" and e.P.S in HOLDERS]
    assert not [e for e in elements(daily) if not len(e.K)]
    tags = [o for o in daily.objects if isinstance(o, pikepdf.Dictionary)
            and o.get("/Type") == "/StructElem"]  # fmt: skip
    assert len(tags) == len(elements(daily))


def test_headings_lists_and_links_keep_their_tags(daily: pikepdf.Pdf) -> None:
    """One H3 a story, an item for each list entry, and for each link the place on its page."""
    named = [str(e.S) for e in elements(daily)]
    links = [e for e in elements(daily) if e.S == "/Link"]
    notes = [note.objgen for page in daily.pages for note in page.obj.get("/Annots", ())]

    assert named.count("/H1") == 1
    assert named.count("/H3") >= 6
    items = [e for e in elements(daily) if e.S == "/LI"]
    assert len(items) >= len(points(6))
    assert all([str(kid.S) for kid in e.K] == ["/LBody"] for e in items)
    held = [k.Obj.objgen for e in links for k in e.K if not isinstance(k, int) and "/Obj" in k]
    assert sorted(held) == sorted(notes)


def test_what_stands_on_every_page_is_no_content(daily: pikepdf.Pdf) -> None:
    """Title, marking and page number are artifacts, which a reader aloud passes over."""
    for page in daily.pages:
        content = page.Contents.read_bytes()
        pieces = re.findall(rb"/(\w+)\s+(?:<</MCID \d+>>)?\s*B[DM]C(.*?)EMC", content, re.DOTALL)
        last = [kind for kind, drawn in pieces if b"Tf" in drawn][-6:]
        assert last == [b"Artifact"] * 6


def test_a_link_in_a_margin_keeps_its_tag(tmp_path: Path) -> None:
    """A look with a link at the head of each page has every annotation tagged all the same."""
    (tmp_path / "template.toml").write_text('takes = "summaries"\nprint = ["print.css"]\n')
    (tmp_path / "print.css").write_text(
        "#top { position: running(top) } @page { @top-left { content: element(top) } }"
    )
    (tmp_path / "page.html.jinja").write_text(
        '<html lang="en"><div id="top"><a href="https://a.example/">Ours</a></div><p>Words'
    )
    made = render.pdf(summary(), template=tmp_path, compiled=COMPILED, zone="UTC")

    with pikepdf.open(io.BytesIO(made)) as read:
        numbers = list(read.Root.StructTreeRoot.ParentTree.Nums)
        tree = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        notes = list(read.pages[0].obj.Annots)
        assert len(notes) == 1
        assert tree[int(notes[0].StructParent)].S == "/Link"
        assert len(tree[0]) == len([m for m in marks(read.pages[0]) if m[1] is not None])
