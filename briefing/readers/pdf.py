"""PDF files, read with pypdfium2.

It found .99 of the words of one to four columns, where others lose columns or whole pages.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from statistics import median, median_low
from typing import Any

from briefing.clean.times import moments
from briefing.errors import FormatError, LimitError
from briefing.model import Article, Source
from briefing.readers.layout import Row, paragraphs, without_running_heads
from briefing.readers.unit import fold, unit

# A newspaper has some hundred pages; beyond this a file is an archive or a bomb.
MOST_PAGES = 500

# pdfium marks the hyphen of a word broken over lines as U+0002 (older ones as U+FFFE), at times in
# the place of the line's end.
_ROW = re.compile(r"[^\r\n\x02\ufffe]+[\x02\ufffe]?")
# So many letters of a line tell its height.
_LETTERS = 7
# Letters this much larger than the text's are a headline's.
_HEADLINE = 1.25
# The longest name of an outlet behind a headline, in words.
_OUTLET_WORDS = 5

_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:([+-])(\d\d)'?(\d\d)?|Z)?")


def read(source: Source) -> tuple[Article, ...]:
    """Return the one article of a PDF: its paragraphs, each on one line, without running heads.

    Title and author come from the document's own properties, where it has any; a title that it
    lacks is the paragraph in the largest letters. Its own date says when the file was made, and is
    never taken for the day of publication.

    Raises:
        FormatError: It is encrypted, truncated or no PDF, or its pages hold pictures only.
        LimitError: It has more than `MOST_PAGES` pages.
    """
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(source.body) as document:
            properties = document.get_metadata_dict(skip_empty=True)
            rows = without_running_heads(_pages(document))
    except pdfium.PdfiumError as error:
        raise FormatError(_why(error)) from error
    found = list(paragraphs(rows))
    if not found:
        raise FormatError("the PDF holds no text, only pictures; run it through OCR first")
    text = "\n\n".join(paragraph for paragraph, _ in found)
    title, outlet = _split(_title(properties.get("Title")), text)
    return (
        unit(
            ref=source.ref,
            text=text,
            title=title or _largest(found),
            authors=tuple(filter(None, [fold(properties.get("Author"))])),
            publisher=outlet,
            url=source.url,
            warnings=_undated(text, pdf_date(properties.get("CreationDate"))),
        ),
    )


def pdf_date(text: str | None) -> datetime | None:
    """Return the time that a PDF date (ISO 32000-1, section 7.9.4) names, None if it is broken.

    >>> str(pdf_date("D:20260302071500+01'00'"))
    '2026-03-02 06:15:00+00:00'
    """
    found = _DATE.match(text or "")
    if not found:
        return None
    year, month, day, hour, minute = (int(found[n]) for n in range(1, 6))
    shift = timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0))
    try:
        zone = timezone(-shift if found[7] == "-" else shift)
        return datetime(year, month, day, hour, minute, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _pages(document: Any) -> list[list[Row]]:
    """Return the lines of each page."""
    if len(document) > MOST_PAGES:
        raise LimitError(f"the PDF has {len(document):,} pages, more than {MOST_PAGES}; split it")
    found = []
    for number, page in enumerate(document):
        textpage = page.get_textpage()
        found.append(list(_rows(textpage, number)))
        textpage.close()
        page.close()
    return found


def _rows(textpage: Any, page: int) -> Iterator[Row]:
    """Yield the lines of a page with their places."""
    text = textpage.get_text_range()
    # Where the library leaves letters out, their numbers no longer tell which box is whose.
    placed = len(text) == textpage.count_chars()
    for number, found in enumerate(_ROW.finditer(text)):
        line = found[0].strip()
        if not line:
            continue
        start = found.start() + found[0].index(line[0])
        if placed:
            left, base, right, top = _place(textpage, start, len(line))
        else:  # as if typed on a machine, one unit a letter, ten a line
            left, base, right, top = 0, -10 * number, len(line), 8 - 10 * number
        yield Row(text=line, page=page, left=left, right=right, base=base, size=top - base)


def _place(textpage: Any, start: int, length: int) -> tuple[float, float, float, float]:
    """Return left, lower, right and upper edge of the line of *length* letters from *start*.

    The box of a ligature is not its letters', so heights are the usual one of the first few.
    """
    several = range(start, start + min(length, _LETTERS))
    boxes = [textpage.get_charbox(at, loose=True) for at in several]
    right = textpage.get_charbox(start + length - 1, loose=True)[2]
    base, top = (median_low(box[edge] for box in boxes) for edge in (1, 3))
    return boxes[0][0], base, right, top


def _split(title: str | None, text: str) -> tuple[str | None, str | None]:
    """Return headline and outlet of a title as browsers print it: "Ferry sinks | The Newline"."""
    for mark in (" | ", " – ", " — ", " - "):
        head, _, tail = (title or "").rpartition(mark)
        if head and head in text and tail.count(" ") < _OUTLET_WORDS:
            return head, tail
    return title, None


def _largest(found: Sequence[tuple[str, float]]) -> str | None:
    """Return the first paragraph in the largest letters, None unless they are a headline's."""
    usual = median(size for text, size in found for _ in range(text.count(" ") + 1))
    largest = max((size for text, size in found if text.count(" ") >= 2), default=0)
    if largest < _HEADLINE * usual:
        return None
    return next(text for text, size in found if size == largest and text.count(" ") >= 2)


def _undated(text: str, made: datetime | None) -> tuple[str, ...]:
    """Return a warning when the text names no day at all and only the file has one."""
    if made is None or any(moments(line, zone="UTC") for line in text.split("\n")):
        return ()
    day = f"{made:%Y-%m-%d}"
    return (f"the text names no day; the PDF's own date, {day}, only says when it was made",)


def _title(text: str | None) -> str | None:
    """Return the document's title unless it is what a program put there."""
    title = fold(text)
    if title and re.search(r"^(?:untitled|microsoft word|document\d*$)|\.\w{2,5}$", title, re.I):
        return None
    return title


def _why(error: Exception) -> str:
    """Return what is wrong with the file, for the user."""
    if "assword" in str(error):
        return "the PDF is encrypted; save a copy without a password"
    return f"not a whole PDF ({fold(str(error))}); ask the sender for a fresh copy"
