"""Newsletters and forwarded articles: single messages (EML) and mailboxes (mbox)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import Any

from briefing.clean.cuts import dateline
from briefing.clean.lines import lines as cut
from briefing.errors import FormatError
from briefing.model import Article, Source
from briefing.readers.markup import flatten
from briefing.readers.unit import fold, is_brief, kind_of, unit

# One message of a mailbox begins at a line like this (RFC 4155).
_FROM = re.compile(rb"^From \S+ .*\d{4}\r?$", re.MULTILINE)
_HEADER = re.compile(rb"^[!-9;-~]+:", re.MULTILINE)
# A rule between two articles of a newsletter: a line of nothing but dashes, stars or the like.
_RULE = re.compile(r"^[ \t]*([-=_*~#•·—–])(?:[ \t]*\1){4,}[ \t]*$", re.MULTILINE)
# An article of a newsletter has a headline and at least this many words under it.
_SECTION_WORDS = 40
_FOOTER = re.compile(
    r"unsubscribe|you (?:are )?receiv(?:e|ing) this|manage your (?:preferences|subscription)"
    r"|view (?:this|it) in your browser|all rights reserved",
    re.IGNORECASE,
)
# The dateline stands in the first line, or below a headline and a byline.
_OPENING_LINES = 3
_HR = re.compile(r"<hr\b[^>]{0,200}>", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")


def read(source: Source) -> tuple[Article, ...]:
    """Return the articles of a message, or of each message of a mailbox.

    A newsletter with several headed sections between rules gives one article a section, as
    `ref#1`, `ref#2` and so on; any other message is one article called *ref*.

    Raises:
        FormatError: It has no mail headers, or parts within parts without end.
    """
    try:
        messages = list(_messages(source.body))
        found = [article for message in messages for article in _articles(message, source.ref)]
    except RecursionError as error:
        raise FormatError("its parts are nested too deep; give the text alone") from error
    if len(found) == 1:
        return (found[0],)
    return tuple(replace(a, ref=f"{source.ref}#{n}") for n, a in enumerate(found, 1))


def _messages(body: bytes) -> Iterator[EmailMessage]:
    """Yield the message, or each message of a mailbox."""
    starts = [m.start() for m in _FROM.finditer(body)] if body.startswith(b"From ") else []
    ends = [*starts[1:], len(body)]
    pieces = [body[a:b].split(b"\n", 1)[-1] for a, b in zip(starts, ends, strict=False)]
    for piece in pieces or [body]:
        if not _HEADER.match(piece.lstrip()):
            raise FormatError("not a mail message: it does not begin with headers")
        # The modern policy decodes headers and handles folded and malformed ones.
        yield BytesParser(policy=policy.default).parsebytes(piece.lstrip())


def _articles(message: EmailMessage, ref: str) -> Iterator[Article]:
    """Yield each article of a message."""
    text = _body(message)
    subject = _header(message, "subject")
    name, address = parseaddr(_header(message, "from"))
    common: dict[str, Any] = {
        "ref": ref,
        "publisher": fold(name) or address.rpartition("@")[2] or None,
        "times": (_date(message), None),
    }
    sections = _sections(text)
    if len(sections) < 2:
        yield unit(text=text, title=subject, url=None, **common, **_kind_of(text))
        return
    for title, body in sections:
        link = _LINK.search(body)
        url = link.group().rstrip(".,;:") if link else None
        yield unit(text=body, title=title, url=url, **common, **_kind_of(body))


def _kind_of(text: str) -> dict[str, Any]:
    """Return kind and reason of a text, which is an article when it is a flash.

    Short messages are mostly no news, so a flash must open with a dateline, as agencies' do, and
    nothing may lead to more or tell of a subscription.
    """
    lines = [line for line in text.splitlines() if line.strip()][:_OPENING_LINES]
    is_flash = (
        is_brief(text)
        and not _LINK.search(text)
        and not _FOOTER.search(text)
        and any(dateline(line) for part in lines for line in cut(part))
    )
    return {} if is_flash else kind_of(text)


def _sections(text: str) -> list[tuple[str, str]]:
    """Return headline and text of each article of a newsletter, those without either left out."""
    pieces = [p.strip() for p in _RULE.sub("\0", text).split("\0")]
    found = []
    for piece in pieces:
        title, _, body = piece.partition("\n")
        if (
            len(body.split()) >= _SECTION_WORDS
            and len(title.split()) <= 25
            and not _FOOTER.search(piece[:400])
        ):
            found.append((title.strip(), body.strip()))
    return found


def _body(message: EmailMessage) -> str:
    """Return the running text: the plain part when it has words, else the HTML part's."""
    plain = _part(message, "plain")
    if len(plain.split()) >= 20:
        return plain
    return flatten(_HR.sub("<p>-----</p>", _part(message, "html"))) or plain


def _part(message: EmailMessage, subtype: str) -> str:
    """Return the text of the preferred part of a subtype, empty when there is none."""
    try:
        part = message.get_body(preferencelist=(subtype,))
    except (AttributeError, KeyError, ValueError):
        return ""
    return _decode(part) if part is not None else ""


def _decode(part: Any) -> str:
    """Return the text of a part; an encoding that is unknown or wrong is detected instead."""
    try:
        raw = part.get_payload(decode=True)
    except (ValueError, AssertionError):
        return ""
    if not isinstance(raw, bytes):
        return ""
    try:
        text = raw.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError, ValueError):
        from charset_normalizer import from_bytes

        best = from_bytes(raw).best()
        text = str(best) if best else raw.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n")
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    # RFC 3676: a space at the end of a line means that the paragraph goes on.
    return re.sub(r"(?<=\S) \n(?!\n)", " ", text) if flowed else text


def _header(message: EmailMessage, name: str) -> str:
    """Return a header on one line, empty when it is missing or beyond decoding."""
    try:
        return fold(str(message.get(name, ""))) or ""
    except (ValueError, AttributeError, IndexError, KeyError, TypeError):
        return ""


def _date(message: EmailMessage) -> datetime | None:
    """Return when the message was sent, None when it does not say so."""
    try:
        sent = message["date"].datetime
    except (AttributeError, ValueError, IndexError, TypeError, OverflowError):
        return None
    if sent is None:
        return None
    aware: datetime = sent if sent.tzinfo else sent.replace(tzinfo=UTC)
    return aware.astimezone(UTC)
