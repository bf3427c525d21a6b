"""What is fuzzed: each target takes any bytes, and may answer or refuse, never fall over.

`scripts/fuzz` looks for bytes that break a target; `test_fuzz.py` replays what it found.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import proofs
from test_containers import BOOK, G2, ITEM, RSS, _pdf, message, record, word, zipped
from test_editor import DAY
from test_editor import run as edited

from briefing import editor
from briefing.clean import clean
from briefing.codec.carry import pack, unpack
from briefing.config.load import check, starter
from briefing.errors import BriefingError
from briefing.model import Article, Plan, Source
from briefing.pipeline import summarise_article
from briefing.readers.kinds import BUILT_IN
from briefing.segment import segment
from briefing.toml import parse
from briefing.verify import verify

CORPUS = Path(__file__).parent / "fuzz"
_SAMPLES = Path(__file__).parents[1] / "samples" / "articles"
# Longer inputs find nothing that shorter do not, and are what the limits are for.
LONGEST = 20_000
_BARE_TEXT = "<w:p><w:r><w:t>The quay closed on Monday.</w:t></w:r></w:p>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One part of the package that takes strangers' bytes."""

    attempt: Callable[[bytes], None]
    """Gives the bytes to the part and checks its promise; raises what it must not."""

    seeds: Callable[[], list[bytes]]
    """Sound inputs to begin from."""


def tried(target: Target, body: bytes) -> None:
    """Give *body* to *target*; a refusal by an error of ours is an answer."""
    try:
        target.attempt(body)
    except BriefingError:
        return


def _read(body: bytes, *, name: str) -> None:
    """Read *body* as a source of one kind; a unit that fails does so by an error of ours."""
    reader = next(r for r in BUILT_IN if r.name == name)
    for found in reader.load()(Source(ref="fuzz", body=body)):
        assert found.ref
        assert isinstance(found, Article) or "a defect in briefing" not in found.message


def _article(body: bytes) -> Article:
    """Return *body* as an article of plain text, not yet cleaned."""
    text = body.decode("utf-8", "replace")
    return Article(ref="fuzz", sha256="", source_text=text, text=text)


def _clean(body: bytes) -> None:
    """Clean *body*: blocks stand in order within the text, and offsets within the source."""
    found = clean(_article(body), zone="UTC")
    end = 0
    for block in found.blocks:
        assert end <= block.start < block.end <= len(found.text)
        end = block.end
        first, last = found.offsets.span(block.start, block.end)
        assert 0 <= first <= last <= len(found.source_text)


def _segment(body: bytes) -> None:
    """Cut *body* into sentences: each is its own stretch of the text."""
    document = segment(clean(_article(body), zone="UTC"))
    for sentence in document.sentences:
        assert document.article.text[sentence.start : sentence.end] == sentence.text


def _choose(body: bytes) -> None:
    """Choose from *body*: the limits hold, and every sentence of a point is the article's."""
    plan = Plan(points=3, words=60)
    summary = summarise_article(_article(body), plan)
    assert len(summary.points) <= 3
    for point in summary.points:
        for sentence in point.sentences:
            assert summary.article.text[sentence.start : sentence.end] == sentence.text


def _config(body: bytes) -> None:
    """Read *body* as briefing.toml."""
    check(parse(body, "briefing.toml"), folder=Path())


def _verify(body: bytes) -> None:
    """Verify *body* as a finished document; its first byte says of which kind."""
    verify(body[1:], name=f"edition.{proofs.FACES[body[0] % len(proofs.FACES)]}" if body else "x")


@cache
def _finished() -> tuple[bytes, ...]:
    """Return every face of a small edition, each behind the byte that names its kind."""
    made = proofs.faces(proofs.edition(1), proofs.texts(1))
    return tuple(bytes([n]) + made[kind] for n, kind in enumerate(proofs.FACES))


def _texts() -> list[bytes]:
    """Return articles of several languages and defects."""
    return [path.read_bytes()[:4000] for path in sorted(_SAMPLES.glob("*.txt"))]


def _pages() -> list[bytes]:
    """Return a web page."""
    return [path.read_bytes()[:LONGEST] for path in sorted(_SAMPLES.glob("*.html"))]


_PARTS = re.compile(r"\{\w+\}")
_SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "text": _texts,
    "html": _pages,
    "markdown": lambda: [b"---\ntitle: Quay\ndate: 2026-03-02\n---\n# Head\n\nA [link](x) **b**."],
    "feed": lambda: [
        RSS.replace("{items}", _PARTS.sub("Quay closes on Monday.", ITEM)).encode(),
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": [{"id": "1",'
        b' "title": "Quay", "content_text": "It closed.", "date_published": "2026-03-02"}]}',
    ],
    "mail": lambda: [
        message("The quay closed.\n"),
        b"From a@b Mon Mar  2 06:10:00 2026\n" + message("One.\n"),
    ],
    "mhtml": lambda: [
        b"From: <Saved by Blink>\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related; boundary="x"\n'
        b"\n--x\nContent-Type: text/html\nContent-Location: https://vale.example/\n"
        b"\n<html><p>The quay closed.</p></html>\n--x--\n"
    ],
    "newsml": lambda: [G2.encode()],
    "ninjs": lambda: [
        b'{"uri": "urn:x", "headline": "Quay", "versioncreated": "2026-03-02T06:10:00Z",'
        b' "body_text": "The quay closed.", "bylines": [{"by": "Ada Vale"}], "language": "en"}'
    ],
    "docx": lambda: [word(_BARE_TEXT)],
    "epub": lambda: [zipped(BOOK)],
    "pdf": lambda: [_pdf(["The quay closed on Monday.", "It opens in May."])],
    "warc": lambda: [record("text/html; charset=utf-8", b"<html><p>The quay closed.</p></html>")],
}

TARGETS: dict[str, Target] = {
    **{
        f"read-{name}": Target(attempt=partial(_read, name=name), seeds=seeds)
        for name, seeds in _SEEDS.items()
    },
    "clean": Target(attempt=_clean, seeds=_texts),
    "segment": Target(attempt=_segment, seeds=_texts),
    "choose": Target(attempt=_choose, seeds=_texts),
    "config": Target(attempt=_config, seeds=lambda: [starter().encode()]),
    "edition": Target(
        attempt=lambda body: void(unpack(body)),
        seeds=lambda: [pack(proofs.edition(1), proofs.texts(1)).encode()],
    ),
    "editor": Target(
        attempt=lambda body: void(editor.read(body)),
        seeds=lambda: [edited(None, *DAY)[1].encode()],
    ),
    "verify": Target(attempt=_verify, seeds=lambda: list(_finished())),
}


def void(_: object) -> None:
    """Take an answer and want nothing of it."""
