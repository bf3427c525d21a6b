"""An edition as Markdown, and as the plain text of a mail: the words of the page, line by line.

Both are written by one function, `_edition`, with a hand of its own each: what a heading, an
item or a link looks like. So neither can say what the other does not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from briefing.edition import Difference, Edition, StoryArticle, Value
from briefing.render import safe, times, view, wording
from briefing.render.plain import address, credit, escaped, wrapped

COMMENT = "Editor’s comment, not the articles’ words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """How one dialect writes; each answers with the lines to print."""

    heading: Callable[[int, str], list[str]]
    """A heading of that level, 1 for the highest."""

    plain: Callable[[str], list[str]]
    item: Callable[[str, str, str], list[str]]
    """An item: its marker, what it is called (may be empty), its words."""

    link: Callable[[str, str], list[str]]
    """An item that leads somewhere: words, address."""

    quoted: Callable[[list[str]], list[str]]
    """Paragraphs that are not the articles' words."""


def markdown(edition: Edition) -> str:
    """Return an edition as Markdown; every stranger's character stands for itself."""
    return "\n".join(_edition(view.edition(edition), _MARKDOWN)) + "\n"


def text(edition: Edition, *, book: view.Book | None = None) -> str:
    """Return an edition as plain text, wrapped for a mail; *book* is its view if there is one."""
    return "\n".join(_edition(book or view.edition(edition), _PLAIN)) + "\n"


def _edition(book: view.Book, hand: Hand) -> Iterable[str]:
    """Yield the lines of an edition."""
    yield from _front(book, hand)
    for section in book.sections:
        yield from hand.heading(2, section.title)
        for shown in section.stories:
            yield from _story(shown, hand, zone=book.edition.window.zone)
    yield from _clips(book, hand)
    yield from _account(book, hand)
    if book.edition.marking:
        yield from hand.plain(book.edition.marking)


def _front(book: view.Book, hand: Hand) -> Iterable[str]:
    """Yield what stands on the front page."""
    of, zone = book.edition, book.edition.window.zone
    if of.marking:
        yield from hand.plain(of.marking)
    yield from hand.heading(1, of.title)
    numbered = f"Edition {of.number}" if of.number else "No edition"
    yield from hand.plain(f"{numbered} · {times.weekday(of.compiled, zone)}")
    window = (
        f"{times.moment(of.window.start, zone)} to {times.moment(of.window.end, zone)}"
        f"{wording.in_zone(of.window)}"
    )
    for called, words in (
        ("Window", window),
        ("Cut-off", times.moment(of.cutoff, zone)),
        ("Compiled", times.moment(of.compiled, zone)),
        ("Signed off", of.signed_off or ""),
        ("Inside", book.inside),
        ("Edition id", of.id),
    ):
        if words:
            yield from hand.item("-", called, words)
    yield ""
    yield from _leads(book, hand)


def _leads(book: view.Book, hand: Hand) -> Iterable[str]:
    """Yield the lead stories and what failed."""
    if not book.leads:
        yield from hand.plain(wording.nothing(book.edition))
    else:
        yield from hand.heading(2, "Lead stories" if len(book.leads) > 1 else "Lead story")
        for number, shown in enumerate(book.leads, 1):
            yield from hand.item(f"{number}.", "", shown.story.headline)
        yield ""
    if book.failed:
        yield from hand.heading(2, "What failed")
        for what, why in book.failed:
            yield from hand.item("-", what, why)
        yield ""


def _story(shown: view.StoryView, hand: Hand, *, zone: str) -> Iterable[str]:
    """Yield one story."""
    story = shown.story
    yield from hand.heading(3, story.headline)
    if shown.edited:
        yield from hand.plain(wording.EDITED)
    yield from hand.plain(" · ".join(part for part in (story.mark.value, shown.standing) if part))
    if shown.new:
        yield from hand.heading(4, "New")
        yield from _points(shown.new, hand)
        if shown.points:
            yield from hand.heading(4, "As before")
    yield from _points(shown.points, hand)
    for difference in story.differences:
        yield from hand.item("-", wording.differs(difference), _values(difference, shown, zone))
        for value in difference.values:
            yield from hand.item("  -", value.outlet, value.text)
        yield ""
    for comment in story.comments:
        yield from hand.quoted([COMMENT, comment.text, comment.author])
    for cited in shown.articles:
        yield from _linked(hand, _cited(cited, zone), cited.url)
    yield ""


def _points(points: Iterable[view.PointView], hand: Hand) -> Iterable[str]:
    """Yield points, numbered."""
    for number, shown in enumerate(points, 1):
        source = credit(shown.point, shown.outlet)
        words = f"{shown.point.text} ({source})" if source else shown.point.text
        yield from hand.item(f"{number}.", shown.point.label, words)
    yield ""


def _values(difference: Difference, shown: view.StoryView, zone: str) -> str:
    """Return what each outlet says, side by side."""

    def said(value: Value) -> str:
        cited = shown.article(value.ref)
        parts = (wording.ours(value), value.outlet, times.hour(cited, zone) if cited else "")
        return f"({', '.join(part for part in parts if part)})"

    return wording.then(difference).join(f"{v.value} {said(v)}" for v in difference.values)


def _cited(cited: StoryArticle, zone: str) -> str:
    """Return outlet, times and copies of an article as a story cites it."""
    published = times.published(cited, zone) or "time not given"
    updated = f", updated {times.moment(cited.updated, zone)}" if cited.updated else ""
    also = f"; also: {', '.join(cited.duplicates)}" if cited.duplicates else ""
    return f"{cited.outlet}, {published}{updated}{also}"


def _clips(book: view.Book, hand: Hand) -> Iterable[str]:
    """Yield the clip index."""
    if not book.clips:
        return
    yield from hand.heading(2, "Clip index")
    for shown, clip in book.clips:
        words = " · ".join(wording.clip_parts(clip, shown.number, book.edition.window.zone))
        yield from _linked(hand, f"{clip.outlet}: {clip.title} · {words}", clip.url or None)
    yield ""


def _account(book: view.Book, hand: Hand) -> Iterable[str]:
    """Yield where every unit went, and how every source answered."""
    yield from hand.heading(2, "Account")
    yield from hand.plain(book.sum)
    for group in book.fates:
        yield from hand.heading(
            3, f"{group.fate.capitalize()}: {group.reason} ({len(group.units)})"
        )
        for unit in group.units[: view.LISTED]:
            number = book.story_numbers.get(unit.story or "")
            parts = (unit.ref, f"story {number}" if number else "", unit.detail)
            yield from hand.item("-", "", " · ".join(part for part in parts if part))
        yield from _more(hand, len(group.units))
        yield ""
    yield from hand.heading(3, f"Sources asked ({len(book.edition.account.sources)})")
    for called, sources in book.by_status:
        yield from hand.plain(f"{called} ({len(sources)})")
        for report in sources[: view.LISTED]:
            units = f"{report.units} unit{'' if report.units == 1 else 's'}"
            message = f" · {report.message}" if report.message else ""
            yield from hand.item("-", report.source, units + message)
        yield from _more(hand, len(sources))
        yield ""


def _more(hand: Hand, count: int) -> Iterable[str]:
    """Yield the line for what a list of *count* leaves out, if it does."""
    if count > view.LISTED:
        yield from hand.item("-", "", f"and {count - view.LISTED} more, listed in edition.json")


def _linked(hand: Hand, words: str, url: str | None) -> list[str]:
    """Return an item with its link, or without one where the address is not to be linked."""
    found = safe.link(url)
    return hand.link(words, found) if found else hand.item("-", "", words)


def _markdown_item(marker: str, called: str, words: str) -> list[str]:
    """Return an item of a Markdown list."""
    strong = f"**{escaped(called)}:** " if called else ""
    return [f"{marker} {strong}{escaped(words)}"]


def _plain_item(marker: str, called: str, words: str) -> list[str]:
    """Return an item of plain text, its further lines indented."""
    line = f"{called}: {words}" if called else words
    return wrapped(line, indent=" " * (len(marker) + 1), first=f"{marker} ")


def _plain_heading(level: int, words: str) -> list[str]:
    """Return a heading of plain text: capitals say nothing of a name, so a line says it."""
    lines = wrapped(words)
    under = {1: "=", 2: "="}.get(level, "-" if level == 3 else "")
    return [
        *([""] if level < 3 else []),
        *lines,
        *([under * max(map(len, lines), default=0)] if under else []),
        "",
    ]


_MARKDOWN = Hand(
    heading=lambda level, words: [f"{'#' * level} {escaped(words)}", ""],
    plain=lambda words: [escaped(words), ""],
    item=_markdown_item,
    link=lambda words, url: [f"- {escaped(words)} [link]({address(url)})"],
    quoted=lambda paragraphs: (
        [*[line for p in paragraphs for line in (f"> {escaped(p)}", ">")][:-1], ""]
    ),
)

_PLAIN = Hand(
    heading=_plain_heading,
    plain=lambda words: [*wrapped(words), ""],
    item=_plain_item,
    link=lambda words, url: [*_plain_item("-", "", words), f"  {url}"],
    quoted=lambda paragraphs: [*(line for p in paragraphs for line in wrapped(p, indent="| ")), ""],
)
