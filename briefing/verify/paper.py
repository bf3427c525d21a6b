"""A finished PDF: the words on its pages, its running lines, its links and what it carries."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.codec.carry import NAME
from briefing.codec.seal import broken_parts
from briefing.errors import VerifyError
from briefing.verify import glyphs
from briefing.verify.findings import Finding
from briefing.verify.legible import Reading, is_turned
from briefing.verify.match import Line

_NO_EDITION = (
    f"the PDF carries no {NAME}: it is no edition, or was stripped of it; only what briefing daily "
    "makes can be verified, not what summarise does"
)
# What the library calls a file that has no path; whoever asks knows its name.
_UNNAMED = re.compile(r"<_io\.BytesIO object at 0x[0-9a-fA-F]{1,16}>:? ?")
_BLANK = b"\0\t\n\f\r "
# How long a linearised file is, by its own account.
_LENGTH = re.compile(rb"/Linearized\b[^>]*/L (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What was read out of a PDF."""

    pages: tuple[tuple[Line, ...], ...]
    """The lines of each page, in the order of their drawing."""

    links: tuple[str, ...]
    """Addresses that the pages link to, sorted, each once."""

    anchors: dict[str, int]
    """The page of each named destination, from 1."""

    attachments: dict[str, bytes]
    broken: tuple[str, ...]
    """The parts that are not as they were sealed."""

    beyond: tuple[str, ...] = ()
    """What the file holds beside the document that was made, each as a sentence."""


def read_paper(body: bytes, *, of_edition: bool = False) -> Paper:
    """Return what a PDF shows and carries.

    Args:
        body: Its bytes.
        of_edition: Refuse one that carries none before a page is read.

    Raises:
        VerifyError: It is damaged, encrypted, or carries no edition though it should.
    """
    import pikepdf

    fonts: dict[tuple[int, int], glyphs.Letters] = {}
    try:
        with pikepdf.open(io.BytesIO(body)) as opened:
            # First what it carries: pages may be bombs, and without an edition say nothing.
            attachments = {
                str(name): spec.get_file().read_bytes() for name, spec in opened.attachments.items()
            }
            if of_edition and NAME not in attachments:
                raise VerifyError(_NO_EDITION)
            return Paper(
                pages=tuple(
                    tuple(glyphs.read_lines(page, fonts, number=number))
                    for number, page in enumerate(opened.pages, 1)
                ),
                links=tuple(sorted(set(_links(opened)))),
                anchors=_anchors(opened),
                attachments=attachments,
                broken=tuple(broken_parts(opened)),
                beyond=tuple(_beyond(body, opened)),
            )
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, AttributeError) as error:
        told = _UNNAMED.sub("", str(error))
        raise VerifyError(f"the PDF cannot be read whole: {told}") from error


def edition_of(paper: Paper) -> bytes:
    """Return the edition that a PDF carries.

    Raises:
        VerifyError: It carries none.
    """
    if NAME not in paper.attachments:
        raise VerifyError(_NO_EDITION)
    return paper.attachments[NAME]


def strip_running(
    paper: Paper, running: Sequence[str], reading: Reading
) -> tuple[list[Line], list[Finding]]:
    """Return the lines of all pages without the running ones, and what is wrong with those.

    Args:
        paper: What was read.
        running: The lines that each page repeats, without the page number.
        reading: How letters are read back.
    """
    total = len(paper.pages)
    bodies: list[Line] = []
    findings: list[Finding] = []
    for number, lines in enumerate(paper.pages, 1):
        furniture = [*running, f"Page {number} of {total}"]
        kept, left = _strip(lines, furniture, reading)
        if left:
            what = f"its running lines do not say what they should: {left}"
            findings.append(Finding(where=f"page {number}", what=what))
        bodies += kept
    return bodies, findings


def _strip(
    lines: Sequence[Line], furniture: Sequence[str], reading: Reading
) -> tuple[Sequence[Line], str]:
    """Return the lines before the running ones, and what is wrong with those, empty if nothing.

    The running lines are drawn last on each page; how many lines they fill is tried.
    """
    wanted = [reading.of(text).letters for text in furniture]
    shuffled = any(is_turned(letter) for text in furniture for letter in text)
    tries = []
    for count in range(1, 2 * len(furniture) + 1):
        tail = "".join(reading.of(s).letters for line in lines[-count:] for s in line.stretches)
        if shuffled and sorted(tail) == sorted("".join(wanted)):
            tail = "".join(wanted)
        beside, lacking = _differing(tail, wanted)
        tries.append((len(lacking), len(beside), count, beside, lacking))
    _, _, count, beside, lacking = min(tries)
    return lines[:-count], " instead of ".join(filter(None, [beside, lacking]))


def _differing(tail: str, furniture: Sequence[str]) -> tuple[str, str]:
    """Return what *tail* has beside *furniture*, and what of it it lacks."""
    lacking = []
    for text in sorted(furniture, key=len, reverse=True):
        if text in tail:
            tail = tail.replace(text, "\0", 1)
        else:
            lacking.append(text)
    return tail.replace("\0", ""), " ".join(lacking)


def _beyond(body: bytes, opened: Any) -> Iterator[str]:
    """Yield what stands in a file before, after or beside the document that was made.

    The seal holds what a reader of today finds; another one may find what was put around it.
    """
    before = max(0, body.find(b"%PDF-"))
    after = len(body.rpartition(b"%%EOF")[2].strip(_BLANK))
    if before:
        yield f"{before:,} bytes stand before its beginning that were not there when it was made"
    if after:
        yield f"{after:,} bytes follow its end that were not there when it was made"
    elif "/Prev" in opened.trailer and not _is_linearised(body):
        yield "it was written on after it was made: an update follows its first end"
    elif opened.get_warnings():
        yield "its table of objects is damaged: another program may show other pages than these"


def _is_linearised(body: bytes) -> bool:
    """Return whether a file is in the order of its pages, which takes two tables, and no longer."""
    length = _LENGTH.search(body, 0, 1024)
    return length is not None and len(body.rstrip(_BLANK)) <= int(length[1])


def _links(opened: Any) -> Iterator[str]:
    """Yield the address of each link out of the document."""
    for page in opened.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get("/A", {})
            if "/URI" in action:
                yield str(action["/URI"])
            elif action and action.get("/S") not in ("/GoTo", None):
                yield f"an action of kind {action.get('/S')}"


def _anchors(opened: Any) -> dict[str, int]:
    """Return the page of each named destination."""
    import pikepdf

    names = opened.Root.get("/Names", {}).get("/Dests")
    if names is None:
        return {}
    found: dict[str, int] = {}
    place = {page.obj.objgen: number for number, page in enumerate(opened.pages, 1)}
    target: Any
    for name, target in pikepdf.NameTree(names).items():
        array = target.get("/D") if isinstance(target, pikepdf.Dictionary) else target
        number = place.get(array[0].objgen) if array is not None else None
        if number is not None:
            found[str(name)] = number
    return found
