"""A finished PDF: the words on its pages, its running lines, its links and what it carries."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.codec.carry import NAME
from briefing.edition import Edition
from briefing.errors import VerifyError
from briefing.verify.expected import squeeze
from briefing.verify.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What was read out of a PDF."""

    lines: tuple[tuple[str, ...], ...]
    """The lines of each page, as they are read back."""

    links: tuple[str, ...]
    """Addresses that the pages link to, sorted, each once."""

    anchors: dict[str, int]
    """The page of each named destination, from 1."""

    attachments: dict[str, bytes]


def read_paper(body: bytes) -> Paper:
    """Return what a PDF shows and carries.

    Raises:
        VerifyError: It is damaged, or encrypted.
    """
    import pikepdf
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(body) as document:
            lines = tuple(_lines(page) for page in document)
        with pikepdf.open(io.BytesIO(body)) as opened:
            return Paper(
                lines=lines,
                links=tuple(sorted(set(_links(opened)))),
                anchors=_anchors(opened),
                attachments={
                    str(name): spec.get_file().read_bytes()
                    for name, spec in opened.attachments.items()
                },
            )
    except (pdfium.PdfiumError, pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise VerifyError(f"the PDF cannot be read whole: {error}") from error


def edition_of(paper: Paper) -> bytes:
    """Return the edition that a PDF carries.

    Raises:
        VerifyError: It carries none.
    """
    if NAME not in paper.attachments:
        raise VerifyError(f"the PDF carries no {NAME}: it is no edition, or was stripped of it")
    return paper.attachments[NAME]


def strip_running(
    paper: Paper, edition: Edition, running: Sequence[str]
) -> tuple[list[list[str]], list[Finding]]:
    """Return the lines of each page without its running lines, and what is wrong with those.

    Args:
        paper: What was read.
        edition: For its marking, which stands twice on each page.
        running: The other lines that each page repeats, without the page number.
    """
    marking = [edition.marking] * 2 if edition.marking else []
    total = len(paper.lines)
    bodies: list[list[str]] = []
    findings: list[Finding] = []
    for number, lines in enumerate(paper.lines, 1):
        furniture = [*running, *marking, f"Page {number} of {total}"]
        kept, left = _strip(lines, [squeeze(f) for f in furniture])
        if left:
            what = f"its running lines do not say what they should: {left}"
            findings.append(Finding(where=f"page {number}", what=what))
        bodies.append(kept)
    return bodies, findings


def _strip(lines: Sequence[str], furniture: Sequence[str]) -> tuple[list[str], str]:
    """Return the lines before the running ones, and what is wrong with those, empty if nothing.

    The running lines are read back last on each page; how many lines they fill is tried.
    """
    tries = [(_wrong(lines[-n:], furniture), n) for n in range(1, len(furniture) + 1)]
    wrong, count = min(tries, key=lambda found: (len(found[0]), found[1]))
    return list(lines[:-count]), wrong


def _wrong(lines: Sequence[str], furniture: Sequence[str]) -> str:
    """Return what *lines* have beside *furniture*, and what of it they lack."""
    tail = squeeze("".join(lines))
    lacking = []
    for text in sorted(furniture, key=len, reverse=True):
        if text in tail:
            tail = tail.replace(text, "\0", 1)
        else:
            lacking.append(text)
    return " instead of ".join(filter(None, [tail.replace("\0", ""), " ".join(lacking)]))


def _lines(page: Any) -> tuple[str, ...]:
    """Return the lines of a page."""
    textpage = page.get_textpage()
    text = textpage.get_text_bounded()
    textpage.close()
    # pdfium marks a hyphen at the end of a line as U+0002 or U+FFFE.
    return tuple(re.split(r"\r\n?|\n", text.replace("\x02", "-").replace("\ufffe", "-")))


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
