"""One folder of bombs and three good articles: the edition is made, within its limits."""

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from test_hostile import paper, web_archive, zipped

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these limits are Linux's")

ARTICLES = {
    "quay.txt": "North quay closes after crane cracks\n\nThe harbour board closed the north quay at"
    " Northfold on Monday after an inspector found cracks in a crane.\n\nAda Vale, the board's"
    " chair, said the repairs would take nine weeks and cost £3m.\n\nForty fishing boats will land"
    " their catch at Lamorna until the quay is open again.\n\nThe results of a second inspection"
    " are due in April, and the council will publish them.\n",
    "school.txt": "Selden primary school wins kitchen garden prize\n\nPupils of Selden primary"
    " school took first prize on Monday for the garden that feeds their canteen.\n\nThe jury"
    " praised the way in which children of all ages plan, plant and harvest together.\n\nHead"
    " teacher Tom Reed said the prize would pay for a glasshouse.\n\nSixteen schools of the county"
    " took part, twice as many as in the year before.\n",
    "bank.txt": "Meridian savings bank lowers its rates\n\nThe Meridian savings bank cut the"
    " interest on deposits to 1.2 per cent on Monday, the lowest for eight years.\n\nAnalysts had"
    " expected a smaller step after inflation slowed in the winter.\n\nChief economist Mary Holt"
    " said further cuts were unlikely before the summer.\n\nMortgages will become cheaper for new"
    " borrowers from the first of May.\n",
}
# As small as shows the point: what time and memory these take is the limits' affair.
CONFIG = """
title = "Harbour brief"
sources = ["inbox"]
[limits]
bytes = 2_000_000
units = 50
read_s = 3
read_mb = 600
render_s = 60
render_mb = 900
"""
LARGEST_MB = 900
"""No process may take more: the largest of the two limits on memory."""


def pdf(objects: list[bytes]) -> bytes:
    """Return a PDF of these objects, the first of which is its catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    ending = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table) + ending


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object, packed."""
    packed = zlib.compress(content, 9)
    return b"<</Filter/FlateDecode/Length %d%b>>stream\n%b\nendstream" % (
        (len(packed), entries, packed)
    )


def page(content: bytes, *more: bytes) -> bytes:
    """Return a PDF of one page that draws *content*, with the font T and the form F after it."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
            b"/Resources<</Font<</T 5 0 R>>/XObject<</F 6 0 R>>>>>>",
            _stream(content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *more,
        ]
    )


def nested_forms() -> bytes:
    """Return a PDF whose page draws a form that draws a form thrice, and so on: 3^20 words."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]"
    forms = [
        _stream(b"/F Do " * 3, form + b"/Resources<</XObject<</F %d 0 R>>>>" % (7 + n))
        for n in range(20)
    ]
    last = _stream(b"BT /T 12 Tf (quay) Tj ET", form + b"/Resources<</Font<</T 5 0 R>>>>")
    return page(b"/F Do", *forms, last)


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nested forms.pdf": (nested_forms, "refused: it takes more than"),
    "endless page.pdf": (
        lambda: page(b"BT /T 9 Tf 10 10 Td " + b"(quay) Tj " * 3_000_000 + b"ET"),
        "refused: it takes more than",
    ),
    "encrypted.pdf": (lambda: paper(password="a"), "without a password"),
    "truncated.pdf": (lambda: paper()[:200], "not a whole PDF"),
    "objects.pdf": (lambda: paper(objects=60_000), "holds no text"),
    "zip bomb.docx": (lambda: zipped({"word/document.xml": bytes(60_000_000)}), "as bombs do"),
    "zip bomb.epub": (lambda: zipped({"META-INF/container.xml": bytes(60_000_000)}), "as bombs do"),
    "deep.docx": (
        lambda: zipped(
            {
                "word/document.xml": b'<w:document xmlns:w="http://schemas.openxmlformats.org/'
                b'wordprocessingml/2006/main">' + b"<w:p>" * 100_000
            }
        ),
        "not a whole Word document",
    ),
    "gzip bomb.warc.gz": (lambda: web_archive(b"a" * 30_000_000), "unpacks to more than"),
    "attributes.html": (
        lambda: b"<html><p " + b" ".join(b"a%d=1" % n for n in range(90_000)) + b">quay",
        "refused: it takes more than 3 s",
    ),
    "cells.html": (
        lambda: b"<html><body><table>" + b"<tr><td>x</td></tr>" * 100_000,
        "refused: it takes more than",
    ),
    "laughs.rss": (
        lambda: b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss>&b;</rss>',
        "entities of its own",
    ),
    "outside.newsml": (
        lambda: b'<!DOCTYPE n [<!ENTITY x SYSTEM "file:///etc/passwd">]><newsItem>&x;</newsItem>',
        "entities of its own",
    ),
    "feeds.opml": (
        lambda: b'<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml>&x;</opml>',
        "entities of its own",
    ),
    "many.rss": (
        lambda: b"<rss version='2.0'><channel>" + b"<item><title>x</title></item>" * 500,
        "only the first 50 are read",
    ),
    "deep.json": (lambda: b'{"a":' * 100_000, "nested too deep"),
    "zeros.bin": (lambda: bytes(100_000), "binary file"),
    "large.txt": (lambda: b"a" * 2_000_001, "more than the 2 MB"),
}
# These end as what they are and not as failures: no line is due.
QUIET: dict[str, Callable[[], bytes]] = {
    "word.txt": lambda: b"a" * 1_000_000,
    "paragraph.txt": lambda: b"The quay at Northfold closed on Tuesday after a storm. " * 4_000,
    "tags.html": lambda: b"<html><body>" + b"<div>" * 10_000 + b"deep",
    "spaces.txt": lambda: b"x" + b" " * 250_000 + b"y",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of the one run that all tests of this file look at."""

    code: int
    told: tuple[str, ...]
    """The lines on standard error."""

    folder: Path
    processor_s: float
    largest_mb: float
    """Memory of the largest process."""


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The edition of the folder of bombs."""
    office = tmp_path_factory.mktemp("office")
    inbox = office / "inbox"
    inbox.mkdir()
    (office / "briefing.toml").write_text(CONFIG)
    for name, text in ARTICLES.items():
        (inbox / name).write_text(text, encoding="utf-8")
    for name, make in {**{n: m for n, (m, _) in BOMBS.items()}, **QUIET}.items():
        (inbox / name).write_bytes(make())
    os.mkfifo(inbox / "pipe.txt")
    (inbox / "loop").symlink_to(inbox, target_is_directory=True)
    (inbox / "device.txt").symlink_to("/dev/zero")
    yield _run(office)


# A process of its own, whose children are the run's alone.
_MEASURE = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, check=False)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, done.stderr.decode(), used.ru_utime + used.ru_stime,
                  used.ru_maxrss / 1024]))
"""


def _run(office: Path) -> Run:
    """Make the edition, measured."""
    command = [sys.executable, "-m", "briefing", "daily", "--now", "2026-03-02T20:00+00:00"]
    measured = subprocess.run(
        [sys.executable, "-c", _MEASURE, *command], cwd=office, capture_output=True, check=True
    )
    code, told, processor_s, largest_mb = json.loads(measured.stdout)
    return Run(
        code=code,
        told=tuple(told.splitlines()),
        folder=office / "editions" / "2026-03-02",
        processor_s=processor_s,
        largest_mb=largest_mb,
    )


def test_the_three_articles_are_printed(day: Run) -> None:
    """Every face is there, with the three good articles in it, and the exit code says failures."""
    assert day.code == 1, day.told
    assert {p.name for p in day.folder.iterdir()} == {
        f"edition.{kind}" for kind in ("pdf", "html", "json", "md", "eml")
    }
    edition = json.loads((day.folder / "edition.json").read_text())
    printed = {unit["ref"] for unit in edition["account"]["units"] if unit["fate"] == "printed"}
    assert printed >= {f"inbox/{name}" for name in ARTICLES}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_each_bomb_is_named_in_one_line(day: Run, name: str) -> None:
    """One line on the terminal and one failure in the edition say what was wrong with it."""
    lines = [line for line in day.told if f"inbox/{name}: " in line]
    assert len(lines) == 1, day.told
    assert BOMBS[name][1] in lines[0]
    assert "defect" not in lines[0]
    edition = json.loads((day.folder / "edition.json").read_text())
    assert [f["ref"] for f in edition["failures"]].count(f"inbox/{name}") == 1


@pytest.mark.parametrize("name", ["pipe.txt", "device.txt"])
def test_what_is_no_file_is_named(day: Run, name: str) -> None:
    """A pipe and a device behind a link are refused without being opened."""
    assert any(f"inbox/{name}: refused: it is a pipe, a device" in line for line in day.told)


def test_nothing_else_is_said(day: Run) -> None:
    """The lines are those of the bombs, the pipe and the device: no warning, no traceback."""
    assert len(day.told) == len(BOMBS) + 2, day.told
    assert all(line.startswith("briefing: ") for line in day.told)


def test_the_run_stays_within_its_limits(day: Run) -> None:
    """No process outgrows the limits, and all bombs together cost a minute: 14 s were measured."""
    assert day.largest_mb < LARGEST_MB
    assert day.processor_s < 60
