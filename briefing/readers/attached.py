"""Documents attached to mails: which there are, and the article in the only one that is read here.

They are strangers' files like any other. What may unpack to much is read in a child process, so
the whole mail is, when it shows that it carries something (`kinds.CARRIES`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from functools import partial
from typing import Any

from briefing.errors import BriefingError
from briefing.model import Article, Failure, Kind, Source
from briefing.readers.kinds import known, reader_for
from briefing.readers.unit import fold, is_brief, teaser_reason

# Signatures and keys are no documents.
_SEALS = ("application/pkcs7-", "application/x-pkcs7-", "application/pgp-")
_KINDS = {
    "docx": "Word", "epub": "e-book", "html": "web page", "mhtml": "web page", "newsml": "NewsML",
    "pdf": "PDF", "rtf": "RTF", "warc": "web archive",
}  # fmt: skip
_LONGEST_NAME = 80
_NAMED = 5
"""So many attachments are named at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What the attachments of a short mail come to."""

    units: tuple[Article | Failure, ...] = ()
    """Of the only attachment that is read here, when there is an article in it."""

    said: str = ""
    """What the user is to know of them where no article is taken from them."""


def attached(message: EmailMessage, ref: str) -> Attached:
    """Return the articles of the one attachment that is read here, or what is wrong with them.

    Where several could be the article nobody can tell which is meant, so none is read.

    Args:
        message: A message whose own text is no article.
        ref: How the units are called.
    """
    files = [_file(part) for part in _attachments(message)]
    able = [file for file in files if file.read]
    if len(able) == 1:
        return _read(able[0], ref)
    named = ", ".join(file.called for file in files[:_NAMED])
    more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
    if able:
        return Attached(said=f"of what is attached several may be the article: {named}{more}")
    return Attached(said=f"nothing is read of what is attached: {named}{more}" if files else "")


def credited(
    unit: Article | Failure, *, publisher: str | None, sent: datetime | None
) -> Article | Failure:
    """Return a unit of an attachment; outlet and time are the mail's where it has none."""
    if isinstance(unit, Failure):
        return unit
    published = unit.published or sent
    return replace(unit, publisher=unit.publisher or publisher, published=published)


def _read(file: "_File", ref: str) -> Attached:
    """Return the articles of an attachment, or why there is none."""
    try:
        units = tuple(file.read()) if file.read else ()
    except BriefingError as error:
        return Attached(said=f"attached is {file.called}: {error}")
    if not any(isinstance(unit, Article) and _why(unit) is None for unit in units):
        why = next((_why(unit) for unit in units), None) or "it holds nothing"
        return Attached(said=f"attached is {file.called}: {why}")
    told = f"read from what is attached to the mail: {file.called}"
    return Attached(
        units=tuple(
            replace(unit, ref=ref, warnings=(*unit.warnings, told))
            if isinstance(unit, Article)
            else replace(unit, ref=ref)
            for unit in units
        )
    )


def _why(unit: Article | Failure) -> str | None:
    """Return why a unit is no article, None where it is one.

    A file holds a whole text, however short; a few words beside a mail are none.
    """
    if isinstance(unit, Failure):
        return unit.message
    if unit.kind is not Kind.ARTICLE:
        return unit.kind_reason or "no article"
    return None if is_brief(unit.text) else teaser_reason(unit.text)


def _attachments(message: EmailMessage) -> Iterator[Any]:
    """Yield each part that is a file beside the text, in order."""
    bodies = [message, *(_body(message, kind) for kind in ("plain", "html"))]
    for part in _leaves(message):
        seal = part.get_content_type().startswith(_SEALS)
        # Attached messages are units of their own: see the reader of mail.
        apart = seal or part.is_multipart() or any(part is body for body in bodies)
        if not apart and _is_file(part):
            yield part


def _leaves(part: Any) -> Iterator[Any]:
    """Yield the parts that hold something; an attached message is one."""
    inner = part.get_payload()
    if part.get_content_maintype() == "multipart" and isinstance(inner, list):
        for one in inner:
            yield from _leaves(one)
    else:
        yield part


def _body(message: EmailMessage, kind: str) -> Any:
    """Return the part that is the text of a message; None when there is none."""
    try:
        return message.get_body(preferencelist=(kind,))
    except (AttributeError, KeyError, ValueError):
        return None


def _is_file(part: Any) -> bool:
    """Return whether a part is meant as a file: pictures stand in the text unless they say so."""
    disposition = _safely(part.get_content_disposition)
    if part.get_content_maintype() == "image":
        return bool(disposition == "attachment")
    return disposition == "attachment" or bool(_safely(part.get_filename))


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """An attachment."""

    called: str
    """How the user knows it: by name and kind."""

    read: Callable[[], Iterable[Article | Failure]] | None
    """Gives its units; None for what no reader knows."""


def _file(part: Any) -> _File:
    """Return an attachment."""
    # The end of a long name tells more than its beginning.
    name = (fold(str(_safely(part.get_filename) or "")) or "")[-_LONGEST_NAME:]
    body = _safely(partial(part.get_payload, decode=True))
    source = Source(
        ref=name or "attachment",
        body=body if isinstance(body, bytes) else b"",
        media_type=part.get_content_type(),
        charset=part.get_content_charset(),
    )
    reader = known(source)
    kind = _KINDS.get(reader.name, reader.name) if reader else part.get_content_type()
    called = f"{name} ({kind})" if name else f"a file ({kind})"
    return _File(called=called, read=partial(_units, source) if reader else None)


def _units(source: Source) -> Iterable[Article | Failure]:
    """Return each unit of an attachment that a reader knows."""
    return reader_for(source).load()(source) if source.body.strip() else ()


def _safely(ask: Callable[[], Any]) -> Any:
    """Return what a part says of itself, None where its headers are beyond reading."""
    try:
        return ask()
    except (ValueError, AttributeError, IndexError, KeyError, TypeError, AssertionError):
        return None
