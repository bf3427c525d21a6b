"""Forwarded mails: the sender, subject and time of the message inside, out of the block above it.

A mail program that forwards a message puts its headers above the text, in the language of who
forwards. Known are the blocks of Outlook, Gmail, Apple Mail and Thunderbird in English, German,
French, Spanish, Italian, Dutch and Portuguese.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from briefing.clean.times import moments
from briefing.readers.unit import TEASER_WORDS, fold, moment

_LABELS = {
    "from": "from von de da van",
    "date": "date sent datum gesendet envoyé envoyé_le fecha enviado enviado_el data inviato"
    " verzonden enviada enviada_em enviado_em",
    "subject": "subject betreff objet asunto oggetto onderwerp assunto",
    "to": "to an à a para aan cc kopie copie copie_à bcc reply-to antwort_an répondre_à cci",
}
_KINDS = {
    label.replace("_", " "): kind for kind, names in _LABELS.items() for label in names.split()
}
_NAMES = "|".join(re.escape(name) for name in sorted(_KINDS, key=len, reverse=True))
_LINE = re.compile(
    rf"[> \t]{{0,20}}\*{{0,2}}({_NAMES})\*{{0,2}}[ \xa0]?:\*{{0,2}}(?=[ \t\xa0]|$)(.*)",
    re.IGNORECASE,
)
# A break of a page before a label: blocks of HTML mails have one line a label.
_BREAK = re.compile(
    rf"<br\b[^<>]{{0,200}}>(?=\s{{0,50}}(?:<[^<>]{{0,300}}>\s{{0,50}}){{0,4}}"
    rf"(?:{_NAMES})(?:<[^<>]{{0,300}}>|[ \xa0]|&nbsp;){{0,4}}:)",
    re.IGNORECASE,
)
# What programs write above the block when a message is forwarded, and never in a reply.
_MARKER = re.compile(
    r"[-> \t]{0,40}(?:forwarded message|begin forwarded message|weitergeleitete nachricht"
    r"|anfang der weitergeleiteten (?:nachricht|e-?mail)|message transféré|message réexpédié"
    r"|début du message (?:réexpédié|transféré)|mensaje reenviado|inicio del mensaje reenviado"
    r"|messaggio inoltrato|inizio messaggio inoltrato|doorgestuurd bericht"
    r"|begin doorgestuurd bericht|mensagem encaminhada)\s{0,3}:?[-\s]{0,40}",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"^\[?(?:fwd?|wg|tr|rv|enc|doorst)\s?:\s*", re.IGNORECASE)
_REPLY = re.compile(r"^(?:re|aw|antw|sv|rif|ref|odp|r)\s?(?:\[\d{1,3}\])?:", re.IGNORECASE)
_QUOTED = re.compile(r"^>[ \t]?", re.MULTILINE)
_MAILTO = re.compile(r"[\[(<](?:mailto:)?[^\s\[\]()<>@]{1,200}@.*", re.IGNORECASE)
# Forwards of forwards: beyond this nobody reads.
_DEEPEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """A message inside another, as far as the block above it tells."""

    text: str
    title: str | None
    publisher: str | None
    sent: datetime | None
    """In UTC; None where the block gives none that can be read."""


def forwarded(text: str, *, subject: str, sent: datetime | None) -> Forward | None:
    """Return the message that a mail forwards, the innermost of several; None where it is none.

    It forwards one where its program says so above the block of headers, or its subject does; a
    reply does not, whatever it quotes, nor does a mail whose own text above the block is as long
    as an article.

    Args:
        text: The running text of the mail.
        subject: Its subject.
        sent: When it was sent, with the offset of its sender: times in the block without a zone
            are the sender's.
    """
    found: Forward | None = None
    for _ in range(_DEEPEST):
        inner = _inside(text, subject=subject, sent=sent)
        if inner is None:
            break
        found, text, subject = inner, inner.text, inner.title or ""
    return found


def unprefixed(subject: str) -> str:
    """Return a subject without what programs put before it when a message is forwarded.

    >>> unprefixed("Fwd: WG: Ferry sinks"), unprefixed("Re: Ferry")
    ('Ferry sinks', 'Re: Ferry')
    """
    while found := _FORWARD.match(subject):
        subject = subject[found.end() :]
    return subject


def is_forward(subject: str) -> bool:
    """Return whether a subject says that a message is forwarded.

    >>> is_forward("TR : Le bac"), is_forward("AW: WG: Fähre")
    (True, False)
    """
    return bool(_FORWARD.match(subject))


def with_lines(markup: str) -> str:
    """Return the markup of a mail in which each line of a block of headers is a paragraph.

    >>> with_lines("From: Ada<br><b>Sent:</b> Monday<br>Yours")
    'From: Ada<p><b>Sent:</b> Monday<br>Yours'
    """
    return _BREAK.sub("<p>", markup)


def _inside(text: str, *, subject: str, sent: datetime | None) -> Forward | None:
    """Return the message that a mail forwards, as `forwarded` does, but the outermost."""
    if _REPLY.match(subject):
        return None
    block = _block(text.split("\n"), marked=not is_forward(subject))
    if block is None:
        return None
    before, headers, rest, quoted = block
    if len(before.split()) >= TEASER_WORDS or not rest.strip():
        return None
    inner = headers.get("subject", "")
    return Forward(
        text=(_QUOTED.sub("", rest) if quoted else rest).strip(),
        title=fold(inner if is_forward(inner) else unprefixed(inner)) or fold(unprefixed(subject)),
        publisher=_sender(headers["from"]),
        sent=_sent(headers.get("date", ""), sent),
    )


def _block(lines: list[str], *, marked: bool) -> tuple[str, dict[str, str], str, bool] | None:
    """Return what stands before the first block of headers, the block, and what stands behind it.

    Args:
        lines: The text's.
        marked: Whether the block counts only where a program's marker stands above it.

    Returns:
        Text, headers by kind, text, and whether it is quoted with `>`; None when there is none.
    """
    above = ""
    for number, line in enumerate(lines):
        if _LINE.fullmatch(line) and (not marked or _MARKER.fullmatch(above)):
            headers, end = _headers(lines, number)
            if headers.get("from") and len(headers) > 2:
                before = "\n".join(lines[:number])
                return before, headers, "\n".join(lines[end:]), line.startswith(">")
        above = line if line.strip() else above
    return None


def _headers(lines: list[str], start: int) -> tuple[dict[str, str], int]:
    """Return the headers of the block that begins at a line, by kind, and where it ends.

    A header may go on in the next line, and blank lines may stand between, as in HTML mails.
    """
    headers: dict[str, str] = {}
    last, end = "", start
    for number in range(start, min(start + 30, len(lines))):
        found = _LINE.fullmatch(lines[number])
        bare = lines[number].strip("> \t")
        if found and (kind := _KINDS[found[1].lower()]) not in set(headers) - {"to"}:
            headers.setdefault(kind, found[2].strip(" \t\xa0*"))
            last, end = kind, number + 1
        elif bare and not _goes_on(lines, number):
            break
        elif bare and last and end == number:
            headers[last] += f" {bare}"
            end = number + 1
    return headers, end


def _goes_on(lines: list[str], number: int) -> bool:
    """Return whether the line behind a line is a header of a block."""
    return number + 1 < len(lines) and bool(_LINE.fullmatch(lines[number + 1]))


def _sender(header: str) -> str | None:
    """Return the name of a sender, or else the host of the address."""
    name = fold(_MAILTO.sub("", header).replace("*", "").strip("\"' "))
    if name and "@" not in name:
        return name
    return parseaddr(header)[1].rpartition("@")[2].strip("]>)") or None


def _sent(header: str, outer: datetime | None) -> datetime | None:
    """Return the time that a header gives, in UTC; without a zone it is that of *outer*."""
    exact = moment(header) if re.search(r"[+-]\d{4}\b", header) else None
    if exact:
        return exact
    # "2 March 2026 at 06:10", "2. März 2026 um 06:10 Uhr", "2 mars 2026 à 06:10"
    here, there = (moments(header, zone=zone) for zone in ("UTC", "Etc/GMT-1"))
    if not here:
        return None
    named = here[0].when == there[0].when
    return here[0].when - (timedelta() if named else (outer and outer.utcoffset()) or timedelta())
