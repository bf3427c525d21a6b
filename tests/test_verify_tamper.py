"""What is done to a finished document after it was made is noticed, and named by its place."""

import email
import email.policy
import io
from collections.abc import Callable
from typing import Any

import pikepdf
import proofs
import pytest

from briefing.codec.seal import seal
from briefing.verify import Report, verify
from briefing.verify.glyphs import UNKNOWN, read_lines

Change = Callable[[Any], object]


@pytest.fixture(scope="module")
def document() -> bytes:
    """Return a finished PDF."""
    return proofs.faces(proofs.edition(4), proofs.texts(4), only=["pdf"])["pdf"]


def _changed(document: bytes, change: Change, *, sealed: bool = False, **how: Any) -> bytes:
    """Return a PDF that was opened, changed and written again, its seal made again if asked."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        change(pdf)
        if sealed:
            seal(pdf, compiled=proofs.COMPILED)
        out = io.BytesIO()
        pdf.save(out, **how)
    return out.getvalue()


def _where(report: Report) -> set[str]:
    """Return the places that are named, the page alone where a page is named."""
    return {finding.where.partition(",")[0] for finding in report.findings}


def _drawn(pdf: Any, content: bytes, *, before: bool = False) -> None:
    """Draw something more on the first page."""
    page = pdf.pages[0]
    was = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(content + b"\n" + was if before else was + b"\n" + content)


def _replaced(pdf: Any, old: bytes, new: bytes) -> None:
    """Replace every operator of one kind on the first page."""
    was = pdf.pages[0].Contents.read_bytes()
    assert old in was
    pdf.pages[0].Contents = pdf.make_stream(was.replace(old, new))


def _fonts(pdf: Any) -> list[Any]:
    """Return the fonts of the first page."""
    return list(pdf.pages[0].Resources.Font.values())


def _annotated(pdf: Any, **entries: Any) -> None:
    """Put an annotation on the first page."""
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Rect=pikepdf.Array([0, 0, 90, 90]), **entries
    )
    notes = pdf.pages[0].get("/Annots", pikepdf.Array())
    pdf.pages[0].Annots = pikepdf.Array([*notes, pdf.make_indirect(note)])


def _linked(pdf: Any) -> None:
    """Add a link to another address."""
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://other.example/"))
    _annotated(pdf, Subtype=pikepdf.Name.Link, A=action)


def _noted(pdf: Any) -> None:
    """Add a note with words of its own."""
    _annotated(pdf, Subtype=pikepdf.Name.FreeText, Contents=pikepdf.String("Not true"))


def _copied(pdf: Any) -> None:
    """Add the edition a second time, under another name."""
    held = pdf.attachments["edition.json"].get_file().read_bytes()
    pdf.attachments["edition-2.json"] = pikepdf.AttachedFileSpec(pdf, held)


def _shadowed(pdf: Any) -> None:
    """Add another file under the name that the edition has."""
    held = pdf.attachments["edition.json"].get_file().read_bytes()
    other = pikepdf.AttachedFileSpec(pdf, held, filename="edition.json")
    pdf.Root.Names.EmbeddedFiles.Names.extend([pikepdf.String("edition.json"), other.obj])


def _run(pdf: Any) -> None:
    """Have a script run when it is opened."""
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))


def _renamed(pdf: Any) -> None:
    """Change the title in the file's own particulars."""
    pdf.docinfo["/Title"] = "Another title"


def _cropped(pdf: Any) -> None:
    """Hide the foot of the first page."""
    pdf.pages[0].CropBox = pikepdf.Array([0, 400, 595, 842])


def _misread(pdf: Any) -> None:
    """Say of one letter's shape that it stands for another letter, words and all."""
    table = _fonts(pdf)[0].ToUnicode
    read = table.read_bytes()
    assert b" <0065>" in read
    table.write(read.replace(b" <0065>", b" <006f>"))


def _reshaped(pdf: Any) -> None:
    """Draw one letter of each font with the shape of another; every code stays as it was."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    for font in _fonts(pdf):
        letters = {letter: code for code, letter in _codes(font).items()}
        held = font.DescendantFonts[0].FontDescriptor.FontFile2
        shapes = TTFont(io.BytesIO(held.read_bytes()))
        names = shapes.getGlyphOrder()
        one, other = (names[letters[letter]] for letter in "oe")
        glyf = shapes["glyf"]
        glyf[one], glyf[other] = glyf[other], glyf[one]
        out = io.BytesIO()
        shapes.save(out)
        held.write(out.getvalue())


def _exchanged(pdf: Any) -> None:
    """Exchange two letters' codes on the pages, and what they stand for: it reads as before."""
    font = _fonts(pdf)[0]
    letters = {letter: code for code, letter in _codes(font).items()}
    one, other = (b"<%04x>" % letters[letter] for letter in "oe")
    read = font.ToUnicode.read_bytes().lower()
    font.ToUnicode.write(_swapped(read, one + b" ", other + b" "))
    for page in pdf.pages:
        names = [n.encode() for n, f in page.Resources.Font.items() if f.objgen == font.objgen]
        runs = page.Contents.read_bytes().split(b" Tf")
        for at in range(1, len(runs)):
            if runs[at - 1].split()[-2] in names:
                runs[at] = _swapped(runs[at], one, other)
        page.Contents = pdf.make_stream(b" Tf".join(runs))


def _swapped(text: bytes, one: bytes, other: bytes) -> bytes:
    """Return *text* with two strings exchanged."""
    return text.replace(one, b"\0").replace(other, one).replace(b"\0", other)


def _codes(font: Any) -> dict[int, str]:
    """Return what the codes of a font stand for."""
    from briefing.verify.glyphs import _letters

    return dict(_letters(font, {}))


NOTICED: dict[str, tuple[Change, str]] = {
    "a second copy of an attachment": (_copied, "attachment edition-2.json"),
    "another attachment of the same name": (_shadowed, "frame"),
    "a page more, empty": (lambda pdf: pdf.add_blank_page(), "page"),
    "a page again": (lambda pdf: pdf.pages.append(pdf.pages[0]), "page"),
    "a page less": (lambda pdf: pdf.pages.__delitem__(-1), "page"),
    "a link": (_linked, "page 1"),
    "a note": (_noted, "page 1"),
    "a script": (_run, "frame"),
    "another title of the file": (_renamed, "frame"),
    "the foot of a page hidden": (_cropped, "page 1"),
    "a white box over the text": (lambda p: _drawn(p, b"1 g 0 0 600 800 re f"), "page 1"),
    "the text made invisible": (lambda p: _drawn(p, b"3 Tr", before=True), "page 1"),
    "the text drawn in white": (lambda p: _replaced(p, b" rg\n", b" rg 1 1 1 rg\n"), "page 1"),
    "the text drawn in no size": (lambda p: _replaced(p, b" Tf\n", b" Tf 0.001 Ts\n"), "page 1"),
    "the letters said to be others": (_misread, "page 1"),
    "the shape of one letter for another": (_reshaped, "fonts"),
    "two letters exchanged, and their meaning": (_exchanged, "page 1"),
}


@pytest.mark.parametrize("name", NOTICED)
def test_a_change_is_noticed(document: bytes, name: str) -> None:
    """Whatever is added, hidden or drawn otherwise is named, also where the words read the same."""
    change, where = NOTICED[name]
    report = verify(_changed(document, change), name="e.pdf")
    assert not report.passed
    assert any(place.startswith(where) for place in _where(report)), report.findings


# A stand-in for what verification cannot show: the words read the same and the seal is made anew.
FORGED: dict[str, Change] = {
    "a white box over the text": NOTICED["a white box over the text"][0],
    "the text made invisible": NOTICED["the text made invisible"][0],
    "the shape of one letter for another": _reshaped,
    "two letters exchanged, and their meaning": _exchanged,
}


@pytest.mark.parametrize("name", FORGED)
def test_a_new_seal_hides_what_no_word_shows(document: bytes, name: str) -> None:
    """The limit that the manual states: against a forger a signature from outside is needed."""
    assert verify(_changed(document, FORGED[name], sealed=True), name="e.pdf").passed


@pytest.mark.parametrize(
    "name", ["a second copy of an attachment", "a link", "a page again", "a page less"]
)
def test_a_new_seal_hides_no_word_link_page_or_file(document: bytes, name: str) -> None:
    """What the edition says and the pages do not, or the other way round, needs no seal."""
    assert not verify(_changed(document, NOTICED[name][0], sealed=True), name="e.pdf").passed


def _updated(document: bytes, number: int, content: bytes) -> bytes:
    """Return a PDF with a stream written anew behind its end, as an incremental update is."""
    start = int(document[document.rindex(b"startxref") + 9 :].split()[0])
    with pikepdf.open(io.BytesIO(document)) as pdf:
        size, root = int(pdf.trailer.Size), pdf.Root.objgen[0]
        info = pdf.trailer.Info.objgen[0]
    stream = b"%d 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n"
    new = stream % (number, len(content), content)
    table = len(document) + len(new)
    rows = b"".join(b"\1" + at.to_bytes(4) + b"\0\0" for at in (len(document), table))
    head = (
        b"%d 0 obj\n<< /Type /XRef /Size %d /Prev %d /Root %d 0 R /Info %d 0 R"
        b" /W [1 4 2] /Index [%d 1 %d 1] /Length %d >>\nstream\n%b\nendstream\nendobj\n"
    )
    new += head % (size + 1, size + 2, start, root, info, number, size + 1, len(rows), rows)
    return document + new + b"startxref\n%d\n%%%%EOF\n" % table


def _content(document: bytes) -> int:
    """Return the number of the object that holds what the first page draws."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return int(pdf.pages[0].Contents.objgen[0])


def test_an_update_that_shows_something_else_is_named(document: bytes) -> None:
    """Both the page that changed and the update behind the end are named."""
    report = verify(_updated(document, _content(document), b"BT ET"), name="e.pdf")
    assert {"page 1", "file"} <= _where(report)


def test_an_update_that_shows_nothing_new_is_named(document: bytes) -> None:
    """An object that no page uses shows nothing; that it was written behind the end is told."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        unused = int(pdf.trailer.Size)
    report = verify(_updated(document, unused, b"hidden"), name="e.pdf")
    assert _where(report) == {"file"}
    assert "update" in report.findings[0].what


@pytest.mark.parametrize("more", [b"rubbish", b"\n% rubbish " * 1000, b"%PDF-1.7 1 0 obj"])
def test_bytes_behind_the_end_are_named(document: bytes, more: bytes) -> None:
    """They are counted and named, however many they are."""
    report = verify(document + more, name="e.pdf")
    assert _where(report) == {"file"}
    assert f"{len(more.strip()):,} bytes follow its end" in report.findings[0].what


def test_bytes_before_the_beginning_are_named(document: bytes) -> None:
    """A file that is a PDF only further on could be something else, too."""
    report = verify(b"<html>Other words</html>\n" + document, name="e.pdf")
    assert _where(report) == {"file"}
    assert "25 bytes stand before its beginning" in report.findings[0].what


def test_a_damaged_table_of_objects_is_named(document: bytes) -> None:
    """A program that does not mend it as we do may show other pages."""
    start = document.rindex(b"startxref")
    report = verify(document[:start] + b"startxref\n7\n%%EOF\n", name="e.pdf")
    assert _where(report) == {"file"}


@pytest.mark.parametrize(
    "how",
    [
        {"linearize": True},
        {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
        {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.generalized},
    ],
)
def test_a_pdf_packed_otherwise_passes(document: bytes, how: dict[str, Any]) -> None:
    """Another program may pack the same objects otherwise; a line end more is no change."""
    packed = _changed(document, lambda _: None, **how)
    assert verify(packed, name="e.pdf").passed
    assert verify(packed + b"\r\n", name="e.pdf").passed


def test_an_untouched_pdf_has_no_error_of_form(document: bytes) -> None:
    """What `qpdf --check` looks for: tables, streams and references are as they should be."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []


def test_every_letter_of_a_page_is_known(document: bytes) -> None:
    """No glyph of ours is without a letter, so none could be added unread."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        lines = [
            line for n, page in enumerate(pdf.pages) for line in read_lines(page, {}, number=n)
        ]
    assert lines
    assert not any(UNKNOWN in stretch for line in lines for stretch in line.stretches)


@pytest.mark.parametrize("face", ["html", "md", "json"])
def test_words_behind_the_end_of_a_text_are_named(face: str) -> None:
    """Nothing can be written below a page, a Markdown file or the JSON."""
    text = proofs.faces(proofs.edition(4), proofs.texts(4), only=[face])[face]
    assert verify(text, name=f"e.{face}").passed
    assert not verify(text + b"\n<p>Not so.</p>\n", name=f"e.{face}").passed


@pytest.mark.parametrize(
    "twin",
    ["", " ", "<!-- -->", "<frameset></frameset>", "<html></html>", "\x00", "<p>Not so.</p>"],
)
def test_a_twin_that_is_no_page_any_more_is_named(twin: str) -> None:
    """A mail whose HTML half was emptied or broken fails, and is no defect of ours."""
    mail = proofs.faces(proofs.edition(4), proofs.texts(4), only=["eml"])["eml"]
    message: Any = email.message_from_bytes(mail, policy=email.policy.default)
    message.get_body(preferencelist=("html",)).set_content(twin, subtype="html")
    assert not verify(message.as_bytes(), name="e.eml").passed


def test_a_page_whose_body_is_gone_is_named() -> None:
    """So is a page that a reader of markup takes for a set of frames."""
    page = proofs.faces(proofs.edition(4), proofs.texts(4), only=["html"])["html"].decode()
    assert not verify(page.replace("<body", "<frameset").encode(), name="e.html").passed


@pytest.mark.parametrize(
    ("kind", "name"), [("plain", None), ("html", None), ("plain", "more.txt"), ("x-any", "a.exe")]
)
def test_a_further_part_of_a_mail_is_named(kind: str, name: str | None) -> None:
    """A mail has its text, its twin and the edition; what was put beside them is named."""
    mail = proofs.faces(proofs.edition(4), proofs.texts(4), only=["eml"])["eml"]
    message: Any = email.message_from_bytes(mail, policy=email.policy.default)
    message.add_attachment("Not so.", subtype=kind, filename=name)
    if name is None:
        del message.get_payload()[-1]["Content-Disposition"]
    report = verify(message.as_bytes(), name="e.eml")
    assert _where(report) == {"message"}, report.findings
