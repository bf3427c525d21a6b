"""Newsletters and forwarded articles: single messages (EML) and mailboxes (mbox)."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from functools import partial
from itertools import accumulate, pairwise
from typing import Any

from briefing.clean.cuts import dateline
from briefing.clean.lines import lines as cut
from briefing.errors import FormatError
from briefing.model import Article, Failure, Kind, Source
from briefing.readers.attached import Attached, attached, credited
from briefing.readers.decode import as_utf8, codec
from briefing.readers.forwarded import forwarded, is_forward, unprefixed, with_lines
from briefing.readers.kinds import CARRIES
from briefing.readers.markup import flatten
from briefing.readers.unit import fold, is_brief, kind_of, unit
from briefing.readers.within import alone

# One message of a mailbox begins at a line like this (RFC 4155): sender and time.
_FROM = re.compile(rb"^From \S+ .*\d{4}\r?$", re.MULTILINE)
# As the RFC writes the time: Mon Mar  2 06:10:00 2026.
_SENT = re.compile(rb" [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d")
_HEADER = re.compile(rb"[!-9;-~]+:")
# Headers of which every message has one, among others before it.
_HEAD = re.compile(
    rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,100}?"
    rb"(?:From|Date|Subject|Message-ID|Received|Return-Path):",
    re.IGNORECASE,
)
# Mailboxes mark a line of the text that looks like the beginning of a message.
_MARKED = re.compile(rb"^>(>*From )", re.MULTILINE)
_DEEP = "its parts are nested too deep; give the text alone"
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


def read(source: Source) -> tuple[Article | Failure, ...]:
    """Return the articles of a message, or of each message of a mailbox.

    A newsletter with several headed sections between rules gives one article a section, as
    `ref#1`, `ref#2` and so on, and so do messages that are attached to one; any other message is
    one article called *ref*. Of a message that is forwarded the one inside counts, not who forwards
    it; of a short one with a single document attached that is read here, the document. A message of
    a mailbox that cannot be read is a failure in its place.

    Raises:
        FormatError: A single message has no mail headers, or parts within parts without end.
    """
    source = replace(source, body=source.body.removeprefix(codecs.BOM_UTF8))
    starts = _starts(source.body)
    found = _mailbox(source, starts) if starts else _articles(source.body, source.ref)
    if len(found) == 1:
        return (replace(found[0], ref=source.ref),)
    return tuple(replace(one, ref=f"{source.ref}#{n}") for n, one in enumerate(found, 1))


def _starts(body: bytes) -> list[int]:
    """Return where each message of a mailbox begins; nothing when it is none."""
    first = len(body) - len(body.lstrip())
    if not body.startswith(b"From ", first):
        return []
    later = (m for m in _FROM.finditer(body, first + 1) if _is_start(body, m))
    return [first, *(m.start() for m in later)]


def _is_start(body: bytes, found: re.Match[bytes]) -> bool:
    """Return whether a message begins at a line, which may be a line of the text instead.

    "From Dover the ferries sailed in 2026" names no time of day. Where a time is not written as
    the RFC has it, a blank line before and headers behind tell.
    """
    before, after = body[max(found.start() - 3, 0) : found.start()], found.end() + 1
    return bool(_SENT.search(found.group())) or (
        before.endswith((b"\n\n", b"\n\r\n")) and bool(_HEAD.match(body, after))
    )


def _mailbox(source: Source, starts: list[int]) -> tuple[Article | Failure, ...]:
    """Return the articles of each message, or why it cannot be read."""
    spans = list(pairwise([*starts, len(source.body)]))
    lines = accumulate((source.body.count(b"\n", *span) for span in spans), initial=1)
    units: list[Article | Failure] = []
    for n, (span, line) in enumerate(zip(spans, lines, strict=False), 1):
        message = source.body[slice(*span)].partition(b"\n")[2]
        task = partial(_articles, _MARKED.sub(rb"\1", message), source.ref)
        found = alone(task, ref=source.ref, place=f"message {n}, at line {line}")
        units += (found,) if isinstance(found, Failure) else found
    return tuple(units)


def _articles(body: bytes, ref: str) -> tuple[Article | Failure, ...]:
    """Return the articles of one message.

    Raises:
        FormatError: It has no headers, or parts within parts without end.
    """
    if not _HEADER.match(body.lstrip()):
        raise FormatError("not a mail message: it does not begin with headers")
    try:
        # The modern policy decodes headers and handles folded and malformed ones.
        message = BytesParser(policy=policy.default).parsebytes(body.lstrip())
    except RecursionError as error:
        raise FormatError(_DEEP) from error
    return tuple(_inside(message, ref, carries=bool(CARRIES.search(body))))


def _found(message: EmailMessage, ref: str, *, carries: bool) -> Iterator[Article | Failure]:
    """Yield each article of a message, then those of the messages attached to it.

    A note that covers these is no unit; what a bounce returns is none either.
    """
    mails = [one for one in _attached(message) if one.keys()]
    own = list(_own(message, ref, carries=carries and not mails))
    if not mails or any(isinstance(one, Article) and one.kind is Kind.ARTICLE for one in own):
        yield from own
    for n, inner in enumerate(mails, 1):
        task = partial(_inside, inner, ref, carries=carries)
        found = alone(task, ref=ref, place=f"attached message {n}")
        yield from (found,) if isinstance(found, Failure) else found


def _inside(message: EmailMessage, ref: str, *, carries: bool) -> list[Article | Failure]:
    """Return the articles of a message.

    Raises:
        FormatError: It holds parts within parts without end.
    """
    try:
        return list(_found(message, ref, carries=carries))
    except RecursionError as error:
        raise FormatError(_DEEP) from error


def _attached(part: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the messages that a message, or a part of one, holds as they were sent."""
    inner: list[Any] = part.get_payload() if part.is_multipart() else []  # type: ignore[assignment]
    if part.get_content_type() == "message/rfc822":
        yield from inner
    elif part.get_content_type() != "multipart/report":
        for one in inner:
            yield from _attached(one)


def _own(message: EmailMessage, ref: str, *, carries: bool) -> Iterator[Article | Failure]:
    """Yield each article of a message's own text, or of the document attached to a short one."""
    text, about = _about(message)
    sections = _sections(text)
    if len(sections) < 2:
        yield from _single(message, text, {"ref": ref, **about}, carries=carries)
        return
    for title, body in sections:
        link = _LINK.search(body)
        url = link.group().rstrip(".,;:") if link else None
        more = {**about, "title": title, "url": url}
        yield unit(text=body, ref=ref, **more, **_kind_of(body))


def _about(message: EmailMessage) -> tuple[str, dict[str, Any]]:
    """Return text, title, outlet and times of a message, or of the one that it forwards."""
    text, subject, sent = _body(message), _header(message, "subject"), _date(message)
    inner = forwarded(text, subject=subject, sent=sent)
    if inner:
        about = {"title": inner.title, "publisher": inner.publisher, "times": (inner.sent, None)}
        return inner.text, about
    times = (sent and sent.astimezone(UTC), None)
    return text, {"title": unprefixed(subject), "publisher": _sender(message), "times": times}


def _single(
    message: EmailMessage, text: str, about: dict[str, Any], *, carries: bool
) -> Iterator[Article | Failure]:
    """Yield the article of a message, or each of the document attached to a short one."""
    judged = _kind_of(text)
    beside = attached(message, about["ref"]) if judged and carries else Attached()
    if beside.units:
        by, sent = about["publisher"], about["times"][0]
        if is_forward(_header(message, "subject")) and by == _sender(message):
            # Who passes a document on neither wrote it nor says when it was written.
            by, sent = None, None
        yield from (credited(one, publisher=by, sent=sent) for one in beside.units)
        return
    if beside.said:
        judged["kind_reason"] = f"{judged['kind_reason']}; {beside.said}"
    yield unit(text=text, **about, **judged)


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
    return flatten(_HR.sub("<p>-----</p>", with_lines(_part(message, "html")))) or plain


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
    plain = as_utf8(raw)
    charset = codec(part.get_content_charset()) if plain is raw else None
    try:
        text = plain.decode(charset or "utf-8")
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


def _sender(message: EmailMessage) -> str | None:
    """Return the name of who sent the message, or else the host of the address."""
    name, address = parseaddr(_header(message, "from"))
    return fold(name) or address.rpartition("@")[2].strip("<> ") or None


def _date(message: EmailMessage) -> datetime | None:
    """Return when the message was sent, with its sender's offset; None when it does not say so."""
    try:
        sent = message["date"].datetime
        aware: datetime | None = sent and (sent if sent.tzinfo else sent.replace(tzinfo=UTC))
        # Beyond the calendar in UTC: no date.
        return aware if aware and aware.astimezone(UTC) else None
    except (AttributeError, ValueError, IndexError, TypeError, OverflowError):
        return None
