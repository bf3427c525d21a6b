"""Kinds: is it an article, the teaser of one, or something else, and why."""

import re

from briefing.model import Block, Kind, Rights, Role

# Fewer words of body than this are no article that could be briefed. The shortest wire flash of
# the evaluation material that is whole has about 60.
_FEWEST_WORDS = 40
# Beyond this many words a text is an article even when a paywall follows it.
_TEASER_WORDS = 250

_WALL = re.compile(
    r"(?:subscribe|sign in|log in|register|already a subscriber|become a (?:member|subscriber))"
    r"[^.\n]{0,60}(?:to (?:continue|read|keep|unlock|access)\b(?: reading)?"
    r"|for full access|to get full access)"
    r"|to (?:continue|keep) reading|to read the (?:full|rest)\b"
    r"|continue reading (?:with|for|your)\b"
    r"|(?:this|the) (?:article|story|content) is (?:for|reserved for|only available to|exclusive to"
    r"|available to) (?:our )?(?:paying |registered )?(?:subscribers|members)"
    r"|cet article est réservé aux abonnés|il vous reste [\d.,]+ ?% de cet article"
    r"|réservé aux abonnés|weiterlesen mit|jetzt abonnieren und weiterlesen|nur für abonnenten"
    r"|contenido exclusivo para suscriptores|полный текст доступен|только для подписчиков"
    r"|доступно за передплатою",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\"”’)\s]*$")


# Publication statuses of IPTC NewsML-G2 (`stat:canceled`, `stat:withheld`), in both spellings.
_WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})


def withdrawn(rights: Rights | None) -> str | None:
    """Return why an item is not to be printed at all, None when its agency lets it be.

    >>> withdrawn(Rights(status="stat:canceled"))
    'canceled by the agency: not to be printed'
    """
    status = ((rights.status or "") if rights else "").lower().rpartition(":")[2]
    return f"{status} by the agency: not to be printed" if status in _WITHDRAWN else None


def kind_of(text: str, blocks: tuple[Block, ...]) -> tuple[Kind, str | None]:
    """Return what the text is, and why it is not a whole article."""
    if not blocks:
        return Kind.NOT_ARTICLE, "it is empty: there is no text in it"
    body = [text[b.start : b.end] for b in blocks if b.role is Role.BODY]
    # Counted up to where the number says no more.
    words = 0
    for paragraph in body:
        words += len(paragraph.split(maxsplit=_TEASER_WORDS))
        if words >= _TEASER_WORDS:
            break
    if 0 < words < _TEASER_WORDS and (why := _cut_short(text, body[-1])):
        return Kind.TEASER, f"a teaser of {words} words: {why}"
    if words >= _FEWEST_WORDS:
        return Kind.ARTICLE, None
    return Kind.NOT_ARTICLE, _why_not(blocks, words)


def _cut_short(text: str, last: str) -> str | None:
    """Return why a text whose *last* paragraph of body is given is not whole, None if it is."""
    if wall := _WALL.search(text):
        return f"the rest is behind “{' '.join(wall[0].split())}”"
    return "its text breaks off" if _CUT.search(last) else None


def _why_not(blocks: tuple[Block, ...], words: int) -> str:
    """Return why a text with hardly any body is no article."""
    roles = [block.role for block in blocks]
    if Role.COOKIE in roles and len(blocks) <= 12:
        return f"a cookie or privacy notice: only {words} words of running text"
    if not words and len(blocks) <= 3:
        return "only a headline: there is no text under it"
    if len(blocks) >= 8:
        lines = f"{words} words of running text in {len(blocks)} lines"
        return f"a list of links or headlines: only {lines}"
    return f"too short for an article: {words} words of running text"
