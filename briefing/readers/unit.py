"""What every reader of a container shares: its units, times as formats write them, safe XML."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_tz
from typing import Any

from briefing.errors import FormatError
from briefing.model import Article, Failure, Kind, Rights, Source
from briefing.readers.decode import as_utf8

# A feed item below this many words, or cut off visibly, is a teaser and not the article.
# Judged by eye on the feeds of the evaluation material: summaries run to 60 words, articles
# begin at about 120.
TEASER_WORDS = 90

LONGEST = 1_000_000
"""Characters of one article, many times what the longest have. So much takes 12 s, and three times
as much takes all the time that there is for a source."""

BRIEF_WORDS = 60
"""From here to `TEASER_WORDS` a text may be a whole brief or flash, or a summary: its own words do
not tell. Of 52 items of the evaluation's feeds with 40 to 89 words all are summaries, though five
end with a full stop and three of these open with an agency's dateline; of 13 messages and sections
none is news. So what is around it must tell: see `with_briefs` and the reader of mail."""

_WHOLE_FEED = 0.75
"""At least so many of a feed's items give their whole text where the feed gives whole texts. Of the
evaluation's feeds with an article 11 give nothing else and three have one in 12 to 28: from .1 to 1
it makes no difference there."""

_CUT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|read more|continue reading|more\s*[»>]|lire la suite"
    r"|weiterlesen|leer más|читать далее|читати далі)\W*$",
    re.IGNORECASE,
)
# The last sentence is ended, perhaps with a line in brackets behind it: (Reporting by Ada Vale)
_ENDED = re.compile(r"[.!?。！？][\"”’»)\]]{0,3}(?:\s{1,3}[(\[][^()\[\]\n]{2,200}[)\]])?\s*$")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Zones that RFC 822 does not know but feeds write all the same. Hours east of Greenwich.
_ZONES = {"BST": 1, "IST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "WEST": 1}


def unit(
    *,
    ref: str,
    text: str,
    title: str | None = None,
    authors: tuple[str, ...] = (),
    times: tuple[datetime | None, datetime | None] = (None, None),
    **more: Any,
) -> Article:
    """Return an article for one unit of a container.

    Its `sha256` is that of its own text, for the container changes whenever another unit comes.

    Args:
        ref: `path#n`.
        text: The running text, a blank line between paragraphs.
        title: As given, white space folded.
        authors: Names.
        times: Published and updated; an update that is not later than publication is none.
        more: Any other field of `Article`.

    Raises:
        FormatError: Its text is longer than any article, so that the others would wait for it.
    """
    if len(text) > LONGEST:
        size = f"{len(text) / 1e6:.1f} million characters"
        raise FormatError(f"a text of {size} is no article; cut it, or give it as parts")
    published, updated = times
    return Article(
        ref=ref,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        source_text=text,
        text=text,
        title=fold(title),
        authors=tuple(a for a in (fold(author) for author in authors) if a),
        published=published,
        updated=updated if updated and updated != published else None,
        **more,
    )


def teaser_reason(text: str) -> str | None:
    """Return why *text* is only a teaser of an article, None when it is long and whole.

    >>> teaser_reason("The mayor resigned today. Read more")
    'a teaser of 6 words: the source gives no full text'
    """
    count = _count(text)
    if count >= TEASER_WORDS and not (_CUT.search(text[-60:]) and count < 2 * TEASER_WORDS):
        return None
    return f"a teaser of {count} words: the source gives no full text"


def kind_of(text: str) -> dict[str, Any]:
    """Return the `kind` and `kind_reason` of a unit whose source may give only a teaser."""
    if not text.strip():
        return {"kind": Kind.NOT_ARTICLE, "kind_reason": "empty: the item has no text"}
    reason = teaser_reason(text)
    return {"kind": Kind.TEASER, "kind_reason": reason} if reason else {}


def is_brief(text: str) -> bool:
    """Return whether *text* may be a whole brief: as long as one, with its last sentence ended.

    >>> is_brief("The quay closes today. " * 18), is_brief("The quay closes today. Read more")
    (True, False)
    """
    ended = _ENDED.search(text.rstrip()[-250:]) and not _CUT.search(text[-60:])
    return bool(ended) and BRIEF_WORDS <= _count(text) < TEASER_WORDS


def with_briefs(units: Sequence[Article | Failure]) -> tuple[Article | Failure, ...]:
    """Return the items of one feed, the briefs of one that gives whole texts being articles.

    Where nearly all others are there in full, a short one whose last sentence is ended is, too.
    Items that could not be read tell nothing.
    """
    read = [unit for unit in units if isinstance(unit, Article)]
    given = [unit for unit in read if unit.kind is not Kind.NOT_ARTICLE]
    whole = sum(unit.kind is Kind.ARTICLE for unit in given)
    if whole < _WHOLE_FEED * len(given):
        return tuple(units)
    return tuple(_as_brief(unit) if isinstance(unit, Article) else unit for unit in units)


def _as_brief(unit: Article) -> Article:
    """Return an item of a feed that gives whole texts: an article when it may be a whole brief."""
    if unit.kind is Kind.TEASER and is_brief(unit.source_text):
        return replace(unit, kind=Kind.ARTICLE, kind_reason=None)
    return unit


def _count(text: str) -> int:
    """Return about how many words a text has."""
    # Scripts without spaces between words: two characters are about a word.
    return len(text.split()) + len(_IDEOGRAPH.findall(text)) // 2


def no_object(thing: object) -> str:
    """Return what is wrong with a JSON value that stands where an article should.

    >>> no_object([])
    'a list stands where an article should; one is an object: {"title": …, "text": …}'
    """
    named = {str: "a text", list: "a list", dict: "an object", bool: "a truth", type(None): "null"}
    what = named.get(type(thing), "a number")
    told = 'one is an object: {"title": …, "text": …}'
    return f"{what} stands where an article should; {told}"


def rights(
    *,
    notice: str | None = None,
    usage: str | None = None,
    embargo: datetime | None = None,
    status: str | None = None,
) -> Rights | None:
    """Return the rights, None when the source says nothing of them."""
    found = Rights(copyright=fold(notice), usage=fold(usage), embargo=embargo, status=fold(status))
    return None if found == Rights() else found


def fold(text: str | None) -> str | None:
    r"""Return *text* on one line, None when nothing is left.

    >>> fold("  One\n two "), fold(" ")
    ('One two', None)
    """
    return " ".join(text.split()) or None if text else None


def moment(text: str | None) -> datetime | None:
    """Return the time that an ISO 8601 or RFC 5322 date names, aware and in UTC.

    A date alone is its midnight. A time without a date, or a date that is not whole, is none:
    it is never completed from the clock. Without a zone it counts as UTC, as feeds mean it.

    >>> str(moment("Mon, 02 Mar 2026 06:10:00 +0100")), str(moment("2026-03-02T06:10Z"))
    ('2026-03-02 05:10:00+00:00', '2026-03-02 06:10:00+00:00')
    >>> moment("10:30"), moment("March 2026")
    (None, None)
    """
    text = fold(text) or ""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return _mail_date(text)
    return _utc(found)


def parse_xml(source: Source) -> Any:
    """Return the root element of an XML source; no entity is expanded, nothing is fetched.

    Raises:
        FormatError: It is not well-formed XML, or declares entities of its own.
    """
    from lxml import etree

    body = as_utf8(source.body)
    refuse_entities(body)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FormatError(f"not well-formed XML ({error}); ask the sender for a valid file") from (
            error
        )


def refuse_entities(body: bytes) -> None:
    """Raise FormatError when an XML document declares entities: the way of every XML bomb.

    No feed or wire file of the evaluation material declares any.
    """
    # A text in UTF-32 without a mark has zeros beside each letter; entities stand in the prologue.
    if b"<!ENTITY" in body[:1_000_000].replace(b"\0", b"").upper():
        raise FormatError("refused: the XML declares entities of its own, as XML bombs do")


def _mail_date(text: str) -> datetime | None:
    """Return the time of an RFC 5322 date."""
    parts = parsedate_tz(text)
    # `parsedate_tz` also accepts fragments: the year must stand in the text.
    if not parts or not re.search(r"\d", text) or str(parts[0])[-2:] not in text:
        return None
    zone = text.rsplit(" ", 1)[-1].upper()
    seconds = _ZONES[zone] * 3600 if zone in _ZONES else parts[9] or 0
    try:
        local = datetime(*parts[:6], tzinfo=UTC)
        return datetime.fromtimestamp(local.timestamp() - seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _utc(found: datetime) -> datetime | None:
    """Return the time in UTC, None where UTC would leave the calendar."""
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        return None
