"""Rights: how many of whose words an edition prints, kept within caps and kept on record."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from briefing.edition import Edition, Story, StoryArticle
from briefing.model import KeyPoint
from briefing.words import count_words, words

COLUMNS = (
    "edition", "cutoff", "outlet", "title", "url", "ref", "points", "words", "of", "share",
    "copyright", "usage",
)  # fmt: skip
"""Of the ledger, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """How much of a publisher's articles may be printed."""

    share: float = 1.0
    """Of the words of one article, in (0, 1]."""

    words: int | None = None
    """Of all the publisher's articles together, in one edition; None: as many as the share."""

    links_only: bool = False
    """No points at all: headline, outlet, time and link."""

    attach: bool = True
    """The whole text may travel inside the finished document, for whoever checks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """The caps of all publishers."""

    default: Cap = Cap()
    by_outlet: tuple[tuple[str, Cap], ...] = ()
    """Outlet names as the user wrote them; upper and lower case are alike, and so is `The`."""

    def of(self, outlet: str) -> Cap:
        """Return the cap of *outlet*.

        >>> Caps(by_outlet=(("The Courant", Cap(words=50)),)).of("COURANT").words
        50
        """
        wanted = outlet_key(outlet)
        return next((c for name, c in self.by_outlet if outlet_key(name) == wanted), self.default)


class Purse:
    """The words that may still be taken, while an edition is made."""

    def __init__(self, caps: Caps) -> None:
        self._caps = caps
        self._articles: Counter[str] = Counter()
        self._outlets: Counter[str] = Counter()

    def take(
        self, points: Iterable[KeyPoint], articles: Mapping[str, StoryArticle]
    ) -> tuple[KeyPoint, ...]:
        """Return those of *points* that the caps allow, in order, and book their words.

        Args:
            points: Best first: an earlier one is never given up for a later one.
            articles: The article of each point, by its ref.
        """
        return tuple(p for p in points if self._allows(p, articles[p.ref]))

    def _allows(self, point: KeyPoint, article: StoryArticle) -> bool:
        """Return whether a point may be taken, and book it when it may."""
        cap = self._caps.of(article.outlet)
        count = count_words(point.text)
        of_article = self._articles[article.ref] + count
        of_outlet = self._outlets[outlet_key(article.outlet)] + count
        if cap.links_only or (cap.words is not None and of_outlet > cap.words):
            return False
        if cap.share < 1 and of_article > cap.share * article.words:
            return False
        self._articles[article.ref] = of_article
        self._outlets[outlet_key(article.outlet)] = of_outlet
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """What one edition took of one article."""

    edition: str
    cutoff: str
    outlet: str
    title: str
    url: str
    ref: str
    points: int
    words: int
    """Printed in points, bracketed names included: what a recount of the page finds."""

    of: int
    """Words of the article's body."""

    share: float
    """`words` of `of`, in [0, 1] to three places; 0 for an article without body."""

    copyright: str
    usage: str


def outlet_key(outlet: str) -> str:
    """Return what tells outlets apart, however their name is written.

    >>> outlet_key("The Courant") == outlet_key("COURANT")
    True
    """
    return " ".join(word for word in words(outlet) if word != "the")


def takings(edition: Edition) -> tuple[Taking, ...]:
    """Return what *edition* took of each article it cites, in the order of its pages.

    Only the words of points count, each point once: titles, links and the few words of a figure
    set side by side are how an article is cited.
    """
    return tuple(
        _taking(edition, story, article) for story in edition.stories for article in story.articles
    )


def by_outlet(ledger: Iterable[Taking]) -> dict[str, int]:
    """Return the words taken of each outlet, the most first."""
    totals: Counter[str] = Counter()
    for taking in ledger:
        totals[taking.outlet] += taking.words
    return dict(sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])))


def ledger_csv(ledger: Sequence[Taking]) -> str:
    r"""Return the ledger as CSV of RFC 4180, safe to open in a spreadsheet.

    What a spreadsheet would take for a formula gets an apostrophe before it.

    >>> ledger_csv([]).split(",")[:3]
    ['edition', 'cutoff', 'outlet']
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for taking in ledger:
        row = asdict(taking)
        writer.writerow([_safe(row[column]) for column in COLUMNS])
    return out.getvalue()


def ledger_json(ledger: Sequence[Taking]) -> str:
    """Return the ledger as JSON: each taking, and the words of each outlet together."""
    plain = {
        "format": "briefing.rights/1",
        "outlets": by_outlet(ledger),
        "words": sum(taking.words for taking in ledger),
        "takings": [asdict(taking) for taking in ledger],
    }
    text = json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
    return _STEERING.sub(lambda found: json.dumps(found[0])[1:-1], text)


def _taking(edition: Edition, story: Story, article: StoryArticle) -> Taking:
    """Return what an edition took of one article of one of its stories."""
    points = [p for p in story.points if p.ref == article.ref]
    count = sum(count_words(p.text) for p in points)
    rights = article.rights
    return Taking(
        edition=edition.id,
        cutoff=edition.cutoff.isoformat(),
        outlet=article.outlet,
        title=article.title,
        url=article.url or "",
        ref=article.ref,
        points=len(points),
        words=count,
        of=article.words,
        share=round(count / article.words, 3) if article.words else 0.0,
        copyright=(rights.copyright if rights else None) or "",
        usage=(rights.usage if rights else None) or "",
    )


# What a terminal obeys or nobody sees: controls, changes of direction, zero-width characters, tags.
_CONTROL = re.compile("[\x00-\x1f]")
_STEERING = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)


def _safe(value: object) -> object:
    """Return a cell that no spreadsheet runs.

    Formulas begin with = + - @, or with one of these behind white space or its full-width form
    (OWASP, CSV injection); a tab or carriage return can move the next cell's beginning.
    """
    if not isinstance(value, str):
        return value
    opening = value.lstrip()[:1]
    runs = opening in set("=+-@＝＋－＠") or value[:1] in set("\t\r\n")
    return f"'{_shown(value)}" if runs else _shown(value)


def _shown(value: str) -> str:
    """Return *value* with a visible mark for each character that a terminal obeys or hides."""
    return _CONTROL.sub("\ufffd", _STEERING.sub("\ufffd", value))
