"""A small edition to test with: two stories, three articles, one difference, all invented."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from briefing.codec import named
from briefing.edition import (
    Account,
    Comment,
    Difference,
    Edition,
    Mark,
    Reason,
    Section,
    SourceReport,
    Story,
    StoryArticle,
    Unit,
    UnitFate,
    Value,
    Window,
)
from briefing.model import Failure, KeyPoint, Rights, Sentence

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
EARLY = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)

TEXTS = {
    "day/newline.txt": (
        "The ferry Aurelia ran aground off Port Selden on Tuesday. "
        "Twelve passengers were hurt, the harbour master said."
    ),
    "day/courant.html": "Fourteen passengers were hurt when the ferry Aurelia ran aground.",
    "day/feed.xml#2": "The council of Marrow voted to keep its library open.",
}
"""Source text of each article, as read; nothing was repaired."""


def edition(**changes: Any) -> Edition:
    """Return the small edition with *changes*, under the id that its content gives it."""
    made = Edition(
        id="",
        title="Morning briefing",
        number=3,
        marking="TLP:AMBER",
        window=Window(start=datetime(2026, 3, 3, 7, 30, tzinfo=UTC), end=EARLY, zone="UTC"),
        cutoff=EARLY,
        compiled=EARLY,
        sections=(
            Section(title="Transport", stories=("s-1",)),
            Section(title="Other news", stories=("s-2",)),
        ),
        stories=(ferry(), library()),
        account=account(),
        failures=(Failure(ref="day/scan.pdf", stage="read", message="it is encrypted"),),
    )
    return named(replace(made, **changes))


def ferry() -> Story:
    """Return a story of two outlets that differ on a number."""
    first, second = "day/newline.txt", "day/courant.html"
    return Story(
        id="s-1",
        headline="Ferry runs aground",
        mark=Mark.UPDATE,
        day=2,
        since="2026-03-03-0730-0123456789",
        articles=(
            article(first, outlet="Newline", title="Ferry runs aground", role="lead"),
            article(second, outlet="The Courant", title="Fourteen hurt on ferry", role="also"),
        ),
        points=(point(first, 0, label="Ferry"), point(first, 1, label="Passengers")),
        new=(point(first, 1, label="Passengers"),),
        differences=(
            Difference(
                what="hurt",
                kind="differ",
                values=(
                    _value(first, "Newline", "Twelve passengers", position=1),
                    _value(second, "The Courant", "Fourteen passengers", position=0),
                ),
            ),
        ),
        comments=(Comment(author="A. Editor", text="Ask the ministry."),),
        reason="both name the Aurelia",
        importance=2.5,
    )


def library() -> Story:
    """Return a story of one article of a feed."""
    ref = "day/feed.xml#2"
    return Story(
        id="s-2",
        headline="Library stays open",
        mark=Mark.NEW,
        day=1,
        since=None,
        articles=(article(ref, outlet="Marrow Post", title="Library stays open", role="lead"),),
        points=(point(ref, 0, label="Library"),),
    )


def account() -> Account:
    """Return where the five units of the small edition went."""
    return Account(
        units=(
            Unit(
                ref="day/courant.html", fate=UnitFate.MERGED, reason=Reason.SAME_STORY, story="s-1"
            ),
            Unit(ref="day/feed.xml#1", fate=UnitFate.DROPPED, reason=Reason.TEASER),
            Unit(ref="day/feed.xml#2", fate=UnitFate.PRINTED, story="s-2"),
            Unit(ref="day/newline.txt", fate=UnitFate.PRINTED, story="s-1"),
            Unit(ref="day/scan.pdf", fate=UnitFate.DROPPED, reason=Reason.UNREADABLE),
        ),
        sources=(SourceReport(source="day", status="ok", units=5),),
    )


def article(ref: str, *, outlet: str, title: str, role: str) -> StoryArticle:
    """Return an article as a story cites it."""
    digest = hashlib.sha256(TEXTS[ref].encode()).hexdigest()
    return StoryArticle(
        ref=ref,
        outlet=outlet,
        title=title,
        authors=("Ada Vale",),
        url="https://example.org/" + outlet.rsplit(maxsplit=1)[-1].lower(),
        published=datetime(2026, 3, 4, 5, 0, tzinfo=UTC),
        updated=None,
        sha256=digest,
        text_sha256=digest,
        words=len(TEXTS[ref].split()),
        language="en",
        role=role,
        rights=Rights(copyright=f"© {outlet}"),
    )


def point(ref: str, position: int, *, label: str) -> KeyPoint:
    """Return a point of one sentence of the article *ref*."""
    sentence = _sentence(ref, position)
    return KeyPoint(label=label, text=sentence.text, sentences=(sentence,), score=0.5, ref=ref)


def _sentence(ref: str, position: int) -> Sentence:
    """Return a sentence of the article *ref*; each ends with a full stop and a space."""
    sentences = [s.rstrip(".") + "." for s in TEXTS[ref].split(". ")]
    text = sentences[position]
    start = TEXTS[ref].index(text)
    end = start + len(text)
    return Sentence(
        text=text, start=start, end=end, position=position, paragraph=0, source=(start, end)
    )


def _value(ref: str, outlet: str, value: str, *, position: int) -> Value:
    """Return what one outlet says."""
    s = _sentence(ref, position)
    return Value(
        value=value,
        ref=ref,
        outlet=outlet,
        text=s.text,
        start=s.start,
        end=s.end,
        source=s.source,
    )
