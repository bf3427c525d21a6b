"""The table of readers, and how a source is told to be of one kind or another."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import PurePosixPath

from briefing.errors import FormatError
from briefing.model import Article, Failure, Source
from briefing.readers.decode import as_utf8

ReadFunction = Callable[[Source], Sequence[Article | Failure]]
"""What reads a source: each unit in file order, as an article or as why it is none. It raises a
`ReadError` where the whole is broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What one kind of source is known by, and the function that reads it.

    A plug-in offers an instance of this as an entry point of the group `briefing.readers`.
    """

    name: str
    read: str | ReadFunction
    """The function, or `module:function`, imported when the first such source comes."""

    media_types: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    """Endings of names, lower-case, with their full stop."""

    signature: re.Pattern[bytes] | None = None
    """What the first 4,096 bytes match when the source is certainly of this kind."""

    packed: bool = False
    """Whether what it reads may unpack to much more than it is, as archives and PDFs do: it then
    does so in a child process."""

    carries: re.Pattern[bytes] | None = None
    """What a source shows that carries something packed, as mails do."""

    def unpacks(self, source: Source) -> bool:
        """Return whether *source* may unpack to much more than it is."""
        return self.packed or bool(self.carries and self.carries.search(source.body))

    def load(self) -> ReadFunction:
        """Return the function that reads.

        Raises:
            FormatError: The module is not there, which a damaged installation shows.
        """
        if not isinstance(self.read, str):
            return self.read
        module, _, name = self.read.partition(":")
        try:
            return getattr(import_module(module), name)  # type: ignore[no-any-return]
        except (ImportError, AttributeError) as error:
            raise FormatError(f"files of kind {self.name} cannot be read here: {error}") from error


_HEAD_BYTES = 4096


CARRIES = re.compile(rb"name[*\d]{0,9}\s{0,9}=|application/|message/|attachment", re.IGNORECASE)
"""What each mail shows that has something attached; of any other nothing attached is read."""


def _reader(
    name: str, *, types: str = "", suffixes: str = "", signature: str = "", packed: bool = False
) -> Reader:
    """Return a row of the table; the module of a built-in reader bears its name."""
    return Reader(
        name=name,
        read=f"briefing.readers.{name}:read",
        media_types=tuple(types.split()),
        suffixes=tuple(suffixes.split()),
        signature=re.compile(signature.encode(), re.IGNORECASE) if signature else None,
        packed=packed,
        carries=CARRIES if name == "mail" else None,
    )


# The order matters for signatures only: the first that fits is taken.
BUILT_IN = (
    _reader(
        "pdf",
        types="application/pdf",
        suffixes=".pdf",
        signature=r"[\s\x00]*%PDF-",
        packed=True,
    ),
    _reader(
        "warc",
        types="application/warc",
        suffixes=".warc .warc.gz",
        signature=r"WARC/\d",
        packed=True,
    ),
    _reader(
        "epub",
        types="application/epub+zip",
        suffixes=".epub",
        signature=r"PK\x03\x04[\s\S]{26}mimetypeapplication/epub\+zip",
        packed=True,
    ),
    _reader(
        "docx",
        types="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        suffixes=".docx",
        signature=r"PK\x03\x04[\s\S]{26}(?:\[Content_Types\]\.xml|word/|_rels/)",
        packed=True,
    ),
    _reader(
        "rtf",
        types="application/rtf text/rtf text/richtext",
        suffixes=".rtf",
        signature=r"\s*\{\\rtf\d?",
    ),
    _reader(
        "newsml",
        types="application/vnd.iptc.g2.newsitem+xml application/vnd.iptc.g2.packageitem+xml",
        suffixes=".newsml .nitf",
        signature=r"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,300}>\s*|<!--[^>]{0,2000}>\s*"
        r"|<!DOCTYPE\s+nitf\b[^>\[]{0,300}>\s*)*<(?:\w{1,20}:)?(?:newsMessage|NewsML|nitf"
        r"|(?:news|package|concept|knowledge|planning|catalog)Item)\b",
    ),
    _reader(
        "feed",
        types="application/rss+xml application/atom+xml application/feed+json application/rdf+xml",
        suffixes=".rss .atom .rdf",
        signature=r"(?:\xef\xbb\xbf)?\s*(?:<[?!][^>]{0,300}>\s*)*"
        r"(?:<(?:rss|feed|rdf:RDF|channel|atom:feed)\b"
        r'|\{[\s\S]{0,2000}?"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org)',
    ),
    _reader(
        "ninjs",
        types="application/ninjs+json application/json application/x-ndjson",
        suffixes=".ninjs .jsonl .ndjson",
        signature=r'(?:\xef\xbb\xbf)?\s*(?:\[\s*\{|\{\s*")',
    ),
    _reader(
        "html",
        types="text/html application/xhtml+xml",
        suffixes=".html .htm .xhtml",
        signature=r"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,300}>\s*)?(?:<!--[^>]{0,2000}>\s*)*"
        r"<(?:!doctype html|html|head|body|article)\b",
    ),
    _reader(
        "mhtml",
        types="multipart/related application/x-mimearchive",
        suffixes=".mhtml .mht",
        signature=r"(?:[A-Z][\w-]{1,40}: [^\n]{0,1000}\n(?:[ \t][^\n]{0,1000}\n){0,20}){0,20}?"
        r"(?:Snapshot-Content-Location: |From: [\"<]?Saved by )",
    ),
    _reader(
        "mail",
        types="message/rfc822 application/mbox",
        suffixes=".eml .mbox",
        signature=r"From \S{1,200} [^\n]{0,100}\d\d:\d\d[^\n]{0,60}\n[!-9;-~]{1,60}:"
        r"|(?:From [^\n]{1,200}\n|(?:[A-Z][\w-]{1,40}: [^\n]{0,1000}\r?\n(?:[ \t][^\n]"
        r"{0,1000}\n){0,20}){2,40}?)(?:MIME-Version|Message-ID|Received|Return-Path): ",
    ),
    _reader("markdown", types="text/markdown text/x-markdown", suffixes=".md .markdown"),
    _reader("text", types="text/plain", suffixes=".txt .text"),
)
_BY_NAME = {reader.name: reader for reader in BUILT_IN}


def reader_for(source: Source) -> Reader:
    """Return the reader of *source*: by media type, by the ending of its name, by its first bytes.

    A type or an ending of plain text is only a claim: many a page is saved as `.txt`, so there
    the bytes have the last word.

    >>> reader_for(Source(ref="page", body=b"<!DOCTYPE html><p>Hello")).name
    'html'
    """
    claimed = _by_media_type(source) or _by_suffix(source)
    if claimed and claimed.name != "text":
        return claimed
    return _by_signature(source.body) or claimed or _BY_NAME["text"]


def known(source: Source) -> Reader | None:
    """Return the reader of *source*, None where only the last resort is left: to call it text.

    >>> known(Source(ref="photo.jpg", body=b"JFIF")), known(Source(ref="a.pdf", body=b"")).name
    (None, 'pdf')
    """
    told = _by_media_type(source) or _by_suffix(source) or _by_signature(source.body)
    return reader_for(source) if told else None


def _by_media_type(source: Source) -> Reader | None:
    """Return the reader that declares the source's media type."""
    media_type = (source.media_type or "").partition(";")[0].strip().lower()
    return next((r for r in _all() if media_type in r.media_types), None)


def _by_suffix(source: Source) -> Reader | None:
    """Return the reader that declares the ending of the source's name."""
    name = PurePosixPath(source.ref.partition("#")[0].partition("?")[0]).name.lower()
    return next((r for r in _all() if name.endswith(r.suffixes)), None) if name else None


def _by_signature(body: bytes) -> Reader | None:
    """Return the reader whose signature the first bytes bear."""
    head = as_utf8(body[: 2 * _HEAD_BYTES])[:_HEAD_BYTES]
    return next((r for r in _all() if r.signature and r.signature.match(head)), None)


@cache
def _all() -> tuple[Reader, ...]:
    """Return the built-in readers, then those of plug-ins that do not take a built-in's name."""
    found = entry_points(group="briefing.readers")
    added = (point.load() for point in sorted(found, key=lambda point: point.name))
    return (*BUILT_IN, *(r for r in added if isinstance(r, Reader) and r.name not in _BY_NAME))
