"""An edition as a mail: a MIME message with a plain-text twin, ready for sendmail."""

import hashlib
from binascii import b2a_qp
from collections.abc import Sequence
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
    message = EmailMessage(policy=SMTP)
    marked = f"{edition.marking} " if edition.marking else ""
    day = times.day(edition.compiled, edition.window.zone)
    numbered = (
        f", edition {edition.number}" if edition.number else ": no edition, all sources failed"
    )
    title = f"{marked}{edition.title}, {day}{numbered}"
    message["Subject"] = safe.one_line(title)[:200]
    if sender:
        message["From"] = safe.one_line(sender)
    if to:
        message["To"] = ", ".join(safe.one_line(address) for address in to)
    message["Date"] = format_datetime(edition.compiled)
    message["Message-ID"] = f"<{edition.id}@{DOMAIN}>"
    setting = Setting(compiled=edition.compiled, zone=edition.window.zone)
    book = view.edition(edition)
    html = page.make(edition, find("daily"), setting=setting, extra={"face": "mail", "view": book})
    message["MIME-Version"] = "1.0"
    message.make_alternative()
    message.attach(_part(bulletin.text(edition, book=book), "plain"))
    message.attach(_part(seal_markup(html), "html"))
    if carried is not None:
        from briefing.codec.carry import NAME

        message.add_attachment(
            carried.encode(), maintype="application", subtype="json", filename=NAME
        )
    _set_boundaries(message, edition.id)
    return message.as_bytes()


def _part(text: str, subtype: str) -> EmailMessage:
    """Return a part that holds *text*, encoded at once: the library goes line by line."""
    part = EmailMessage(policy=SMTP)
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp(text.encode()).decode("ascii"))
    return part


def _set_boundaries(message: EmailMessage, identity: str) -> None:
    """Name each boundary after the edition, for the library would draw it by lot."""
    digest = hashlib.sha256(identity.encode()).hexdigest()[:32]
    for number, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"=_{number}_{digest}")
