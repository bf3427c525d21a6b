"""Documents that strangers give to be verified: a report or one line, within limits, no crash."""

import base64
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pikepdf
import pytest
from test_hostile_daily import nested_forms, page

from briefing.cli import main, verify
from briefing.errors import VerifyError
from briefing.limits import Limits
from briefing.verify import glyphs, match
from briefing.verify.expected import Piece
from briefing.verify.now import from_files
from briefing.verify.paper import read_paper


def attached(packed: bytes, *, filters: int = 1, to: bytes | None = None) -> bytes:
    """Return a PDF, that of an empty page or *to*, that carries a packed file as its edition."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(to or page(b""))) as pdf:
        stream = pikepdf.Stream(pdf, b"")
        stream.write(packed, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * filters))
        named = pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F="edition.json",
            UF="edition.json",
            EF=pikepdf.Dictionary(F=stream),
        )
        names = pikepdf.Array(["edition.json", pdf.make_indirect(named)])
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=names))
        pdf.save(out)
    return out.getvalue()


def inert(content: bytes) -> bytes:
    """Return a page with *content* where the edition is carried."""
    return b'<html><script type="application/json" id="briefing-edition">%b</script>' % content


DOCUMENTS: dict[str, tuple[Callable[[], bytes], str]] = {
    # 0.9 GB of zeros, packed twice into a few kB.
    "attachment.pdf": (
        lambda: attached(zlib.compress(zlib.compress(bytes(900_000_000), 1), 9), filters=2),
        "as bombs do|cannot be read whole",
    ),
    "brackets.pdf": (lambda: attached(zlib.compress(b"[" * 3_000_000)), "not JSON"),
    "forms.pdf": (nested_forms, r"carries no edition\.json"),
    "endless page.pdf": (
        lambda: attached(
            zlib.compress(b"{}"), to=page(b"BT /T 9 Tf " + b"(quay) Tj " * 2_000_000 + b"ET")
        ),
        "as bombs do",
    ),
    "ring.pdf": (
        lambda: (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 3 0 R>>>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 999999999>>endobj\n"
            b"3 0 obj<</Kids[3 0 R 3 0 R]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF"
        ),
        "cannot be read whole",
    ),
    "empty.pdf": (lambda: b"", "cannot be read whole"),
    "deep.html": (lambda: b"<div>" * 200_000 + inert(b"{}"), "carries no edition"),
    "attributes.html": (
        lambda: b"<html><p " + b" ".join(b"a%d=1" % n for n in range(90_000)) + b">",
        "as bombs do",
    ),
    "two.html": (lambda: inert(b"{}") * 2, "carries 2 editions"),
    "escapes.html": (lambda: inert(b'\x1b]0;owned\x07"\x1b[2J"'), "not JSON|changed"),
    "deep.json": (lambda: b"[" * 1_000_000, "not JSON"),
    "digits.json": (lambda: b'{"a": ' + b"9" * 1_000_000 + b"}", "not JSON"),
    "numbers.json": (lambda: b'{"format": "briefing.edition/1", "id": NaN}', "not JSON"),
    "infinite.json": (lambda: b'{"format": "briefing.edition/1", "id": 1e400}', "edition's"),
    "twice.json": (lambda: b'{"format": "briefing.edition/1", "format": "x"}', "edition"),
    "half.json": (lambda: b'{"format": "briefing.edition/1", "id": "\\ud800"}', "edition's"),
    "nested.eml": (
        lambda: b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000)
        ),
        "nested too deep",
    ),
    "forwarded.eml": (lambda: b"Content-Type: message/rfc822\n\n" * 2_000, "nested too deep"),
    "gzip bomb.md": (
        lambda: (
            b"x\n<!-- briefing-edition\n"
            + base64.b64encode(gzip.compress(bytes(200_000_000), 1))
            + b"\n-->\n"
        ),
        "changed|as bombs do",
    ),
    "bytes.md": (lambda: b"\xff\x00", "not UTF-8"),
}


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_a_hostile_document_is_reported_or_refused(
    name: str, tmp_path: Path, *, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each fails with a line that says why, with no traceback and nothing a terminal obeys."""
    monkeypatch.setattr(verify, "LIMITS", Limits(read_s=5, read_mb=700))
    make, why = DOCUMENTS[name]
    path = tmp_path / name
    path.write_bytes(make())

    assert main(["verify", str(path)]) == 1

    out, err = capfd.readouterr()
    said = (out + err).strip().splitlines()
    assert len(said) <= 3
    assert not {c for c in out + err if not c.isprintable()} - {"\n"}
    assert re.search(why, said[-1]), said


def test_one_damaged_document_ends_not_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of several documents is named with what is wrong, whatever came before it."""
    damaged, other = tmp_path / "damaged.pdf", tmp_path / "other.json"
    damaged.write_bytes(b"%PDF-1.7 and no more")
    other.write_bytes(b"{}")

    assert main(["verify", str(damaged), str(tmp_path / "none.html"), str(other)]) == 1

    out, err = capsys.readouterr()
    assert [line.split(": ")[0] for line in out.splitlines() if "FAILED" in line] == [
        str(damaged),
        str(tmp_path / "none.html"),
        str(other),
    ]
    assert err == ""


def test_a_pdf_that_cannot_be_read_is_called_by_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line names the file that the user gave, and no object of the library."""
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.7 and no more")

    assert main(["verify", str(damaged)]) == 1

    err = capsys.readouterr().err
    assert str(damaged) in err
    assert "BytesIO" not in err


def test_a_pdf_without_an_edition_is_refused_before_its_pages_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pages may be bombs; without an edition there is nothing to hold them against."""

    def read_lines(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a page was read")

    monkeypatch.setattr(glyphs, "read_lines", read_lines)
    with pytest.raises(VerifyError, match=r"carries no edition\.json"):
        read_paper(nested_forms(), of_edition=True)


def test_lines_that_begin_alike_are_not_each_held_against_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A line of an account is looked for where its first letters stand, not at every line."""
    texts = [f"wire/{n:04d}.txt: empty" for n in range(500)]
    asked: list[int] = []
    stands = match._stands

    def counted(*given: Any, **how: Any) -> bool:
        asked.append(1)
        return stands(*given, **how)

    monkeypatch.setattr(match, "_stands", counted)
    found = match.flow([match.Line(page=1, stretches=(text,)) for text in texts])
    wanted = [Piece(shown=text, where="account") for text in texts]

    assert list(match.compare(found, wanted)) == []
    assert len(asked) == 500


SOURCES: dict[str, tuple[Callable[[], bytes], str]] = {
    "forms within forms.pdf": (nested_forms, "as bombs do"),
    "zip.docx": (lambda: _zipped(60_000_000), "as bombs do"),
    "attributes.html": (
        lambda: b"<html><p " + b"".join(b"a%d " % n for n in range(100_000)) + b">quay",
        "as bombs do",
    ),
    "spaces.txt": (lambda: b"x" + b" " * 1_000_000 + b"y", ""),
}  # fmt: skip


def _zipped(size: int) -> bytes:
    """Return a text document that unpacks to so many zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        made.writestr("word/document.xml", bytes(size))
    return out.getvalue()


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_read_again_is_bounded_and_the_others_are_read(name: str, tmp_path: Path) -> None:
    """What an article's file became since is as much a stranger's as what it was."""
    make, why = SOURCES[name]
    (tmp_path / name).write_bytes(make())
    (tmp_path / "zz.txt").write_text("The quay at Northfold closed on Tuesday after a storm.")
    found = from_files([str(tmp_path)], limits=Limits(read_s=2, read_mb=700))
    bomb, sound = (found[f"{tmp_path.name}/{one}"] for one in (name, "zz.txt"))
    assert why in bomb.failed
    assert "\n" not in bomb.failed
    assert sound.article


def test_the_edition_whose_sources_are_checked_is_opened_within_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An attachment that unpacks to 0.9 GB is one line, and no device is read to its end."""
    monkeypatch.setattr("briefing.verify.LIMITS", Limits(read_s=5, read_mb=700))
    document = tmp_path / "edition.pdf"
    document.write_bytes(DOCUMENTS["attachment.pdf"][0]())
    assert main(["check-sources", str(document), "--sources", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "edition.pdf: " in said
    assert "as bombs do" in said or "cannot be read whole" in said
    for command in (["verify"], ["check-sources", "--sources", str(tmp_path)]):
        assert main([*command, "/dev/zero"]) == 1
        assert "a pipe or a device" in capsys.readouterr().err
