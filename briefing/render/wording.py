"""What pages call the things of an edition: reasons, differences, standings, in the trade's words.

Said here once, so that all faces use the same words.
"""

import re
from datetime import date

from briefing.edition import (
    BY_EDITOR,
    Difference,
    Edition,
    Mark,
    Reason,
    Story,
    StoryArticle,
    Unit,
    UnitFate,
    Value,
    Window,
)
from briefing.model import Fate, Kind, SentenceFate, Summary
from briefing.render import safe, times

REASONS = {
    Reason.SAME_STORY: "same story",
    Reason.NEAR_DUPLICATE: "near duplicate",
    Reason.EXACT_DUPLICATE: "exact duplicate",
    Reason.EARLIER_VERSION: "earlier version",
    Reason.REPUBLICATION: "published again, unchanged",
    Reason.TEASER: "teaser only",
    Reason.NOT_ARTICLE: "not an article",
    Reason.EMPTY: "empty",
    Reason.UNREADABLE: "could not be read",
    Reason.OUT_OF_WINDOW: "outside the window",
    Reason.OVER_LENGTH: "over the length of the edition",
    Reason.VETOED: "not allowed by its agency",
}
"""How each reason is called on a page."""

NOTHING = "No story in this edition: nothing significant came in for this window."
"""What an edition without stories says."""

UNREAD = "This is no edition: every source failed, so what came in is not known."
"""What a notice says, which stands in the place of an edition when nothing could be read."""

EDITED = "Headline by the editor"
"""What stands with a headline that no article has."""

ANSWERS = {
    "failed": "Failed",
    "silent": "Silent: answered with nothing for this window",
    "unchanged": "Unchanged since the last edition",
    "ok": "Answered",
}
"""How each status of a source is called, failures first."""

SHORT = 100
"""Characters of a headline or failure on the front page, so that it stays one page."""

_NO_ARTICLE = {
    Kind.TEASER: "This is a teaser, not a whole article.",
    Kind.NOT_ARTICLE: "This is not an article.",
}
_DAYS = (*times.MONTHS, *(month[:3] for month in times.MONTHS), *times.DAYS)
_DATE = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b")


def nothing(of: Edition) -> str:
    """Return what an edition without stories says: a quiet day is told from one that went wrong.

    So is a day whose units were teasers: what came in may be news, but its text did not.
    """
    if of.account.unread:
        return UNREAD
    if teasers := of.account.teasers:
        held = counted(teasers, "item was a teaser", "items were teasers")
        return f"No story in this edition: {held} without full text."
    return NOTHING


def note(summary: Summary) -> str | None:
    """Return why a summary has no points, None when it has some."""
    if summary.points:
        return None
    if summary.article.kind_reason:
        return summary.article.kind_reason
    if summary.article.kind is Kind.ARTICLE and any(map(_would_do, summary.fates)):
        return "Nothing that stands on its own fits in the words asked for."
    return _NO_ARTICLE.get(summary.article.kind, "No sentence of this article stands on its own.")


def _would_do(of: SentenceFate) -> bool:
    """Return whether a sentence was weighed, not chosen, and not because it needs another."""
    return of.fate is Fate.NOT_CHOSEN and not any(r.startswith(_NEEDY) for r in of.reasons)


_NEEDY = "does not stand alone"


def standing(of: Story) -> str:
    """Return how a story stands to the editions before."""
    if of.mark is Mark.NEW:
        return ""
    since = f"since {_weekday(of.since)}" if of.since else ""
    if of.mark is Mark.UPDATE:
        return f"day {of.day}, new {since}".strip()
    return f"day {of.day}, {since}".strip(", ")


def _weekday(edition: str) -> str:
    """Return the day of an edition's id as a reader names it; an id of another form as it is."""
    try:
        day = date.fromisoformat(edition[:10])
    except ValueError:
        return f"edition {edition}"
    return f"{times.DAYS[day.weekday()]} {day.day} {times.MONTHS[day.month - 1]}"


def differs(difference: Difference) -> str:
    """Return the heading of a difference, in the trade's words: on what the outlets differ.

    >>> from briefing.edition import Value
    >>> def of(what, *values, kind="differ"):
    ...     return differs(Difference(what=what, kind=kind, values=tuple(
    ...         Value(value=v, ref="", outlet="", text="", start=0, end=0) for v in values)))
    >>> of("killed", "71 people", "69"), of("walk", "16 March", "March 17")
    ('Outlets differ on the figure (killed)', 'Outlets differ on the date (walk)')
    >>> of("Aidan Creagh", "Aidan Creagh", "Aiden Creagh"), of("dead", "58", "63", kind="rising")
    ('Outlets differ on a name (Aidan Creagh)', 'The figure rises (dead)')
    """
    values = [v.value for v in difference.values]
    if difference.kind == "since":
        called = f"O{ours(difference.values[0])[1:]} had another figure"
    elif difference.kind == "rising":
        called = "The figure rises"
    elif difference.kind == "corrected":
        called = "An outlet corrected itself"
    elif difference.what in values:
        called = "Outlets differ on a name"
    elif all(map(_DATE.search, values)):
        called = "Outlets differ on the date"
    else:
        called = "Outlets differ on the figure"
    return f"{called} ({difference.what})" if difference.what else called


def ours(value: Value) -> str:
    """Return which earlier edition of ours printed a value; empty for what is of today.

    >>> ours(Value(value="12", ref="", outlet="", text="12", start=0, end=2,
    ...     edition="2026-03-02-0700-0123456789"))
    'our edition of Monday 2 March'
    """
    return (
        f"our edition of {_weekday(value.edition).removeprefix('edition ')}"
        if value.edition
        else ""
    )


SINCE = 2
"""What was printed and what is said today: two figures, of which one follows the other."""


def then(difference: Difference) -> str:
    """Return what stands between two values: `then` where they follow each other in time."""
    if difference.kind == "since":
        return ", now " if len(difference.values) == SINCE else " · "
    return ", then " if difference.kind in ("rising", "corrected") else " · "


def clip_parts(clip: StoryArticle, number: int, zone: str) -> tuple[str, ...]:
    """Return what the clip index says of an article of story *number* after its title."""
    rights = clip.rights
    parts = (
        ", ".join(clip.authors),
        f"published {times.published(clip, zone)}" if clip.published else "time not given",
        f"updated {times.moment(clip.updated, zone)}" if clip.updated else "",
        length(clip.words),
        f"story {number}",
        (rights.copyright or "") if rights else "",
        (rights.usage or "") if rights else "",
    )
    return tuple(part for part in parts if part)


def length(words: int) -> str:
    """Return how long an article is; empty where nothing of its text is its body.

    >>> length(1_200), length(1), length(0)
    ('1,200 words', '1 word', '')
    """
    return f"{words:,} word{'' if words == 1 else 's'}" if words else ""


def short(text: str) -> str:
    """Return *text* in one line of at most `SHORT` characters, cut between words with a mark.

    >>> short("A plain headline"), len(short("word " * 50)), short("word " * 50)[-6:]
    ('A plain headline', 96, 'word …')
    """
    line = safe.one_line(text)
    if len(line) <= SHORT:
        return line
    cut = line.rfind(" ", SHORT // 2, SHORT - 1)
    return line[: cut if cut > 0 else SHORT - 2].rstrip() + " …"


def reason(unit: Unit) -> str:
    """Return how the reason of a unit is called; who forbade it is told apart."""
    if unit.reason is Reason.VETOED and unit.detail == BY_EDITOR:
        return "by the editor"
    return REASONS[unit.reason] if unit.reason else "no reason given"


def balance(of: Edition) -> str:
    """Return the sum that must balance: what came in is what was printed, merged and dropped."""
    parts = (f"{of.account.count(fate)} {fate}" for fate in UnitFate)
    return f"{len(of.account.units)} in = {' + '.join(parts)}"


def counted(count: int, one: str, many: str) -> str:
    """Return a count with its noun."""
    return f"{count} {one if count == 1 else many}"


def in_zone(window: Window) -> str:
    """Return the zone's name in brackets, to stand behind times; of UTC they say it themselves."""
    return "" if window.zone == "UTC" else f" ({window.zone})"
