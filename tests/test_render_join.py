"""An edition laid out in parts is the edition laid out at once, page for page."""

import io
import itertools
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from factories import COMPILED, edition

from briefing import render
from briefing.edition import Edition
from briefing.render import join, stitch, together
from briefing.render.looks import FOLDER
from briefing.render.paper import Attachment

CARRIED = (Attachment(name="a.txt", content=b"words", media_type="text/plain"),)


def pdf(made: Edition) -> bytes:
    """Return the PDF of an edition."""
    return render.pdf(made, template="daily", compiled=COMPILED, zone="UTC", attachments=CARRIED)


@pytest.fixture(scope="module", params=["OFFICIAL", "TLP:GREEN", None])
def both(request: pytest.FixtureRequest) -> tuple[bytes, bytes]:
    """Return an edition laid out at once and in parts, under each kind of marking."""
    made = edition(26, marking=request.param)
    at_once = pdf(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(join, "LARGE", 25)
        return at_once, pdf(made)


def lines(document: bytes) -> list[list[str]]:
    """Return the words of each page."""
    with pypdfium2.PdfDocument(document) as read:
        return [page.get_textpage().get_text_bounded().split() for page in read]


def places(document: bytes) -> dict[str, Any]:
    """Return what leads where: named places, links and bookmarks, each with its page."""
    with pikepdf.open(io.BytesIO(document)) as read:
        index = {page.obj.objgen: n for n, page in enumerate(read.pages)}
        names = list(read.Root.Names.Dests.Names)
        pairs = zip(names[::2], names[1::2], strict=True)
        links = [
            (
                n,
                str(note.A.URI) if "/A" in note else str(note.Dest),
                [round(float(x)) for x in note.Rect],
            )
            for n, page in enumerate(read.pages)
            for note in page.obj.get("/Annots", ())
        ]
        with read.open_outline() as outline:
            marks = [
                (item.title, index[place[0].objgen], len(item.children))
                for item in outline.root
                if isinstance(place := item.destination, pikepdf.Array)
            ]
        return {
            "names": {
                str(name): (index[place[0].objgen], float(place[3])) for name, place in pairs
            },
            "links": sorted(link for link in links if link[1].startswith("http")),
            "inside": {(n, name) for n, name, _ in links if not name.startswith("http")},
            "marks": marks,
        }


def test_every_page_reads_the_same(both: tuple[bytes, bytes]) -> None:
    """The same words on the same pages, page numbers and contents included."""
    at_once, in_parts = map(lines, both)

    assert in_parts == at_once


def test_everything_leads_to_the_same_place(both: tuple[bytes, bytes]) -> None:
    """Links, named places and bookmarks survive the joining."""
    at_once, in_parts = map(places, both)

    assert in_parts == at_once


def test_tags_belong_to_their_pages(both: tuple[bytes, bytes]) -> None:
    """Each piece of a page and each link leads to a tag, and the tag to that page."""
    with pikepdf.open(io.BytesIO(both[1])) as read:
        numbers = list(read.Root.StructTreeRoot.ParentTree.Nums)
        keys = [int(key) for key in numbers[::2]]
        tags = dict(zip(keys, numbers[1::2], strict=True))

        assert all(a < b for a, b in itertools.pairwise(keys))
        assert len(read.Root.StructTreeRoot.K) == 1
        for page in read.pages:
            assert all(
                tag.Pg.objgen == page.obj.objgen for tag in tags[int(page.obj.StructParents)]
            )
            for note in page.obj.get("/Annots", ()):
                assert tags[int(note.StructParent)].S == "/Link"


def test_no_link_of_the_joining_is_left(both: tuple[bytes, bytes]) -> None:
    """No address of our own making and no placeholder reaches the reader."""
    assert all(stitch.FOLIO not in " ".join(words) for words in lines(both[1]))
    with pikepdf.open(io.BytesIO(both[1])) as read:
        notes = [note for page in read.pages for note in page.obj.get("/Annots", ())]
        assert not [n for n in notes if "/A" in n and str(n.A.URI).startswith(stitch.GOTO)]


def test_files_and_claims_are_kept(both: tuple[bytes, bytes]) -> None:
    """Attachments, title, language and the claimed profiles are those of the whole."""
    with pikepdf.open(io.BytesIO(both[1])) as read:
        assert list(read.attachments) == ["a.txt"]
        assert str(read.Root.Lang) == "en"
        with read.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfuaid:part"]) == ("3", "1")


@pytest.mark.parametrize("cores", [1, 3])
def test_the_number_of_processes_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch, cores: int
) -> None:
    """One process or several, the bytes are the same."""
    monkeypatch.setattr(join, "LARGE", 6)
    monkeypatch.setattr(join, "RUN", 2)
    made = edition(7)
    usual = pdf(made)
    monkeypatch.setattr(join, "cores", lambda: cores)

    assert pdf(made) == usual


def test_a_look_that_promises_nothing_reads_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Contents laid out twice and a back laid out whole are those of a look that promises more."""
    mine = tmp_path / "mine"
    shutil.copytree(FOLDER / "daily", mine)
    said = (mine / "template.toml").read_text()
    for promise in ("numbers_last = true\n", "back_apart = true\n"):
        assert promise in said
        said = said.replace(promise, "")
    (mine / "template.toml").write_text(said)
    monkeypatch.setattr(join, "LARGE", 6)
    made = edition(26)

    laid_out_twice = render.pdf(made, template=mine, compiled=COMPILED, zone="UTC")

    assert lines(laid_out_twice) == lines(pdf(made))


def test_a_headline_like_a_placeholder_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A headline that is the number which stands for that of a page is not taken for it."""
    monkeypatch.setattr(join, "LARGE", 6)
    made = edition(26)
    odd = replace(made.stories[9], headline="9500003")
    made = replace(made, stories=(*made.stories[:9], odd, *made.stories[10:]))

    found = [page for page in lines(pdf(made)) if "9500003" in page]

    assert len(found) == 2
    assert "Contents" in found[0]


def test_a_number_that_has_no_place_is_refused() -> None:
    """A front without the placeholder of a page number is noticed, not left without the number."""
    with (
        pikepdf.open(io.BytesIO(pdf(edition(1)))) as first,
        pytest.raises(ValueError, match="no place for the page number of 1 entries"),
    ):
        stitch.stitch(first, [], numbers={"9500001": "3"})


def test_a_page_without_a_place_for_its_number_is_refused() -> None:
    """A part that was not made for joining is noticed, not numbered wrongly."""
    whole = pdf(edition(1))

    with (
        pikepdf.open(io.BytesIO(whole)) as first,
        pytest.raises(ValueError, match="page 1 has no place for its number"),
    ):
        stitch.stitch(first, [first.Root.objgen[0]])


@pytest.mark.parametrize("other", [b"", b"%PDF-1.7\n", b"%PDF-1.7\nstartxref\n9\n%%EOF\n"])
def test_what_is_no_part_is_not_put_together(other: bytes) -> None:
    """A file that no layout process wrote is noticed."""
    with pytest.raises(ValueError, match="part 0 has no table of its objects"):
        together.together([other])
