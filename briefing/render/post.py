"""An edition as a mail: a MIME message with a plain-text twin, ready for sendmail."""

import hashlib
from binascii import b2a_base64, b2a_qp
from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from briefing.codec.seal import seal_markup
from briefing.edition import Edition
from briefing.render import bulletin, page, safe, times, view
from briefing.render.looks import find
from briefing.render.page import Setting

DOMAIN = "briefing.invalid"
"""Ends the message id. A mail server that wants its own replaces the header."""


def make(
    edition: Edition, *, sender: str | None, to: Sequence[str], carried: str | None = None
) -> bytes:
    """Return the message. The same edition gives the same bytes.

    Args:
        edition: What is sent.
        sender: The From address; None leaves it to the mail program.
        to: The addressees; may be empty.
        carried: What `codec.carry.pack` wrote, to travel as an attachment.
    """
    setting = Setting(compiled=edition.compiled, zone=edition.window.zone)
    book = view.edition(edition)
    html = page.make(edition, find("daily"), setting=setting, extra={"face": "mail", "view": book})
    parts = [
        _words(bulletin.text(edition, book=book), "plain"),
        _words(seal_markup(html), "html"),
    ]
    boundaries = _boundaries(edition.id)
    if carried is None:
        kind, body = _several("alternative", parts, boundaries[0])
    else:
        kind, body = _several("alternative", parts, boundaries[1])
        parts = [_entity([("Content-Type", kind)], body), _attachment(carried)]
        kind, body = _several("mixed", parts, boundaries[0])
    headers = [*_headers(edition, sender, to), ("MIME-Version", "1.0"), ("Content-Type", kind)]
    return _entity(headers, body)


def _headers(edition: Edition, sender: str | None, to: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Yield what the message says of itself, each value in one line."""
    marked = f"{edition.marking} " if edition.marking else ""
    day = times.day(edition.compiled, edition.window.zone)
    numbered = (
        f", edition {edition.number}" if edition.number else ": no edition, all sources failed"
    )
    yield "Subject", safe.one_line(f"{marked}{edition.title}, {day}{numbered}")[:200]
    if sender:
        yield "From", safe.one_line(sender)
    if to:
        yield "To", ", ".join(safe.one_line(address) for address in to)
    yield "Date", format_datetime(edition.compiled)
    yield "Message-ID", f"<{edition.id}@{DOMAIN}>"


def _words(text: str, subtype: str) -> bytes:
    """Return a part that holds *text*."""
    headers = [
        ("Content-Type", f'text/{subtype}; charset="utf-8"'),
        ("Content-Transfer-Encoding", "quoted-printable"),
    ]
    return _entity(headers, b2a_qp(text.encode()).replace(b"\n", b"\r\n"))


def _attachment(carried: str) -> bytes:
    """Return the part that holds what the message carries."""
    from briefing.codec.carry import NAME

    headers = [
        ("Content-Type", "application/json"),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", f'attachment; filename="{NAME}"'),
        ("MIME-Version", "1.0"),
    ]
    letters = b2a_base64(carried.encode(), newline=False)
    lines = [letters[start : start + 76] for start in range(0, len(letters), 76)]
    return _entity(headers, b"\r\n".join([*lines, b""]))


def _several(kind: str, parts: Sequence[bytes], boundary: str) -> tuple[str, bytes]:
    """Return the type and the body of what holds several *parts*.

    No encoded part can hold the boundary: `=_` is neither base64 nor quoted-printable.
    """
    line = f"--{boundary}".encode()
    body = b"".join(b"%b\r\n%b\r\n" % (line, part) for part in parts)
    return f'multipart/{kind}; boundary="{boundary}"', b"%b%b--\r\n" % (body, line)


def _entity(headers: Iterable[tuple[str, str]], body: bytes) -> bytes:
    """Return a message, or a part of one: headers folded as the library does, and the body.

    The library would write the body line by line, a fifth of the time of a mail.
    """
    known = EmailMessage(policy=SMTP)
    for name, value in headers:
        known[name] = value
    folded = b"".join(SMTP.fold_binary(name, value) for name, value in known.items())
    return b"%b\r\n%b" % (folded, body)


def _boundaries(identity: str) -> tuple[str, str]:
    """Return what the outer and the inner parts are divided by, named after the edition."""
    digest = hashlib.sha256(identity.encode()).hexdigest()[:32]
    return f"=_0_{digest}", f"=_1_{digest}"
