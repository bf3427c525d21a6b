"""Summaries and editions of invented articles, for whoever needs one to print or to check."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from documents import joined

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
from briefing.model import Article, Failure, KeyPoint, Sentence, Source, Summary
from briefing.readers.kinds import ReadFunction


def articles(read: ReadFunction, source: Source) -> tuple[Article, ...]:
    """Return what *read* finds in *source*, none of which may have failed."""
    found = tuple(read(source))
    failures = [unit for unit in found if isinstance(unit, Failure)]
    assert not failures
    return tuple(unit for unit in found if isinstance(unit, Article))


COMPILED = datetime(2026, 3, 4, 6, 55, tzinfo=UTC)

HARBOUR = (
    "The harbour board voted on Tuesday to close the eastern basin for eleven weeks, the longest "
    "closure since the storm of 1987.",
    "“We would rather lose a summer than a pier,” said Ottoline Marsh, the board’s chief engineer.",
    "She said cracks had been found in 14 of the 22 caissons that divers examined in January.",
    "Ferries to Skerrow and Little Orran will sail from the coal quay, where the Courant counted "
    "room for 40 cars against 160 today.",
    "The board put the cost at £38.5 million, of which the county has promised half.",
)


def article(sentences: Sequence[str] = HARBOUR, **changes: Any) -> Article:
    """Return a cleaned article whose body holds each of *sentences* as a paragraph."""
    text, blocks = joined(sentences)
    text += "\n\n" if sentences else ""
    source = text.encode("utf-8", "replace")
    fields = {
        "ref": "inbox/harbour.txt",
        "sha256": hashlib.sha256(source).hexdigest(),
        "source_text": text,
        "text": text,
        "blocks": blocks,
        "title": "Eastern basin to close for eleven weeks after divers find cracks",
        "authors": ("Tobias Wren", "Ada Holm"),
        "publisher": "The Orran Courant",
        "published": datetime(2026, 3, 3, 16, 20, tzinfo=UTC),
        "updated": datetime(2026, 3, 3, 18, 5, tzinfo=UTC),
        "language": "en",
        "url": "https://courant.example/2026/03/03/eastern-basin",
    }
    return Article(**{**fields, **changes})


def points(of: Article, labels: Sequence[str] = ()) -> tuple[KeyPoint, ...]:
    """Return each paragraph of an article as a point, the second with a speaker."""
    found = []
    for position, block in enumerate(of.body()):
        text = of.text[block.start : block.end]
        sentence = Sentence(
            text=text, start=block.start, end=block.end, position=position, paragraph=position
        )
        label = (
            labels[position] if position < len(labels) else " ".join(text.split()[1:3]).strip(",.”")
        )
        speaker = "Ottoline Marsh" if text.startswith("“We would") else None
        context = None
        if text.startswith("She said"):
            context = "Ottoline Marsh"
            text = text.replace("She", "[Ottoline Marsh]", 1)
        found.append(
            KeyPoint(
                label=label,
                text=text,
                sentences=(sentence,),
                speaker=speaker,
                context=context,
                ref=of.ref,
            )
        )
    return tuple(found)


def summary(sentences: Sequence[str] = HARBOUR, **changes: Any) -> Summary:
    """Return the summary of an invented article, every sentence of it a point."""
    of = article(sentences, **changes)
    labels = (
        ("Eastern basin", "Chief engineer", "Cracks", "Ferries", "Cost")
        if sentences is HARBOUR
        else ()
    )
    return Summary(article=of, points=points(of, labels))


TOPICS = (
    ("Transport", "Ferry firm drops Sunday sailings after third engine fault", "sailings"),
    ("Health", "Trial of malaria jab in Vell shows two in three children protected", "children"),
    ("Economy", "Meridian Glass to cut 340 jobs as energy bills double", "jobs"),
    ("Transport", "Night trains return to the Orran line with twelve new carriages", "carriages"),
    ("Justice", "Harbour master cleared over sinking of the Aurelia", "jurors"),
    ("Economy", "Bank of Arden holds rate at 3.75 per cent and warns of a slow spring", "votes"),
)
OUTLETS = ("The Orran Courant", "Newline", "Gazette of Vell", "Tagblatt am Fluss", "Channel Nine")


def edition(count: int = 6, **changes: Any) -> Edition:
    """Return an edition with that many invented stories, of one to three outlets each."""
    made = tuple(story(number) for number in range(1, count + 1))
    titles = list(dict.fromkeys(TOPICS[(n - 1) % len(TOPICS)][0] for n in range(1, count + 1)))
    sections = tuple(
        Section(
            title=title,
            stories=tuple(s.id for n, s in enumerate(made) if TOPICS[n % len(TOPICS)][0] == title),
        )
        for title in titles
    )
    fields: dict[str, Any] = {
        "id": "2026-03-04-0655-5d41402abc",
        "title": "Morning briefing",
        "number": 42,
        "marking": None,
        "window": Window(
            start=datetime(2026, 3, 3, 6, 30, tzinfo=UTC),
            end=datetime(2026, 3, 4, 6, 30, tzinfo=UTC),
            zone="Europe/London",
        ),
        "cutoff": datetime(2026, 3, 4, 6, 30, tzinfo=UTC),
        "compiled": COMPILED,
        "sections": sections,
        "stories": made,
        "account": account(made),
        "failures": (
            Failure(
                ref="inbox/scan.pdf", stage="read", message="it is encrypted; ask for the password"
            ),
        ),
    }
    return Edition(**{**fields, **changes})


def story(number: int, **changes: Any) -> Story:
    """Return an invented story; its number decides its outlets, mark, differences and comments."""
    _, headline, counted = TOPICS[(number - 1) % len(TOPICS)]
    outlets = [OUTLETS[(number + k) % len(OUTLETS)] for k in range(1 + number % 3)]
    cited = tuple(_cited(number, outlet, headline, place=k) for k, outlet in enumerate(outlets))
    found = tuple(
        _point(number, k, cited[k % len(cited)], counted=counted) for k in range(3 + number % 3)
    )
    mark = (Mark.NEW, Mark.UPDATE, Mark.CONTINUING)[number % 3]
    fields: dict[str, Any] = {
        "id": f"s-{number}",
        "headline": headline,
        "mark": mark,
        "day": 1 if mark is Mark.NEW else 2 + number % 4,
        "since": None if mark is Mark.NEW else "2026-03-03-0655-098f6bcd46",
        "articles": cited,
        "points": found,
        "new": found[:1] if mark is Mark.UPDATE else (),
        "differences": (difference(cited, counted, number),) if len(cited) > 1 else (),
        "comments": (Comment(author="R. Quill", text="The minister is asked about this at ten."),)
        if number % 4 == 1
        else (),
        "reason": "both name the same ship",
        "importance": float(number % 7),
    }
    return Story(**{**fields, **changes})


def difference(cited: Sequence[StoryArticle], counted: str, number: int) -> Difference:
    """Return figures on which two articles differ, or that rise from one to the other."""
    values = tuple(
        Value(
            value=f"{12 + 2 * k} {counted}",
            ref=of.ref,
            outlet=of.outlet,
            text=f"It concerns {12 + 2 * k} {counted}.",
            start=0,
            end=20,
        )
        for k, of in enumerate(cited[:2])
    )
    return Difference(what=counted, values=values, kind=("differ", "rising")[number % 2])


def account(stories: Sequence[Story]) -> Account:
    """Return an account of the stories' articles and of some units that were dropped."""
    units = [
        Unit(
            ref=of.ref,
            fate=UnitFate.PRINTED if of.role == "lead" else UnitFate.MERGED,
            reason=None if of.role == "lead" else Reason.SAME_STORY,
            story=s.id,
        )
        for s in stories
        for of in s.articles
    ]
    dropped = (
        ("feeds/vell.xml#3", Reason.TEASER, "42 words, then a paywall"),
        ("feeds/vell.xml#4", Reason.TEASER, "38 words, then a paywall"),
        ("inbox/scan.pdf", Reason.UNREADABLE, "it is encrypted"),
        ("inbox/old.txt", Reason.OUT_OF_WINDOW, "published 12 February 2026"),
        ("inbox/cookies.html", Reason.NOT_ARTICLE, "a cookie notice"),
    )
    units += [Unit(ref=r, fate=UnitFate.DROPPED, reason=why, detail=d) for r, why, d in dropped]
    sources = (
        SourceReport(source="inbox", status="ok", units=len(units) - 2),
        SourceReport(source="https://vell.example/feed.xml", status="ok", units=2),
        SourceReport(source="https://newline.example/atom", status="silent", units=0),
        SourceReport(
            source="https://channel-nine.example/rss",
            status="failed",
            units=0,
            message="no answer within 20 s",
        ),
    )
    return Account(units=tuple(units), sources=sources)


def _cited(number: int, outlet: str, headline: str, *, place: int) -> StoryArticle:
    """Return an article as a story cites it."""
    slug = outlet.rsplit(maxsplit=1)[-1].lower()
    ref = f"inbox/{number:03}-{slug}.txt"
    digest = hashlib.sha256(ref.encode()).hexdigest()
    return StoryArticle(
        ref=ref,
        outlet=outlet,
        title=headline if place == 0 else f"{headline}, says {OUTLETS[place]}",
        authors=("Tobias Wren",) if number % 2 else (),
        url=f"https://{slug}.example/2026/03/04/{number}",
        published=COMPILED - timedelta(hours=2 + number % 9, minutes=7 * place),
        updated=COMPILED - timedelta(hours=1) if number % 3 == 0 else None,
        sha256=digest,
        text_sha256=digest,
        words=380 + 17 * number,
        language="en",
        role="lead" if place == 0 else "also",
        duplicates=("Channel Nine",) if number % 5 == 0 and place == 0 else (),
    )


def _point(number: int, place: int, cited: StoryArticle, *, counted: str) -> KeyPoint:
    """Return an invented point, the second of a story a quotation."""
    texts = (
        f"The board said on Tuesday that {number + 3} {counted} were affected, more than in any "
        "March since records began in 1961.",
        f"“We owe people a date and we will give them one,” the director said of item {number}.",
        f"A review led by Dame Honor Pascoe is to report by {5 + number % 20} May.",
        f"The county has set aside £{number + 1}.4 million, a third of what was asked for.",
        f"Nobody was hurt, and the site of number {number} reopened before noon.",
    )
    text = texts[place]
    sentence = Sentence(text=text, start=0, end=len(text), position=place, paragraph=place)
    labels = ("Board", "A date", "Review", "Money", "Reopening")
    return KeyPoint(
        label=labels[place],
        text=text,
        sentences=(sentence,),
        speaker="Una Farrow" if place == 1 else None,
        ref=cited.ref,
    )
