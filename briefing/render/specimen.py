"""Invented things to try a template on: hard on it, for a look must bear what news brings."""

from datetime import UTC, datetime, timedelta

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
from briefing.model import Article, Block, Failure, KeyPoint, Role, Sentence, Summary

COMPILED = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
REF = "inbox/specimen.txt"
WORDS = (
    "The harbour board closed the eastern basin on Tuesday, for eleven weeks.",
    "“We would rather lose a summer than a pier,” said Ottoline Marsh & <Co>.",
    "Музей на набережной откроют в марте. Το λιμάνι έκλεισε. {{ 7 * 7 }}",
)


def summary() -> Summary:
    """Return the summary of an invented article, in three scripts and with markup in its words."""
    text = "\n".join(WORDS)
    article = Article(
        ref=REF,
        sha256="0" * 64,
        source_text=text,
        text=text,
        blocks=tuple(Block(start=a, end=b, role=Role.BODY) for a, b in _spans()),
        title="Eastern basin to close for eleven weeks after divers find cracks <b>",
        authors=("Ada Holm",),
        publisher="The Specimen Courant",
        published=COMPILED - timedelta(hours=3),
        language="en",
        url="https://specimen.example/basin",
    )
    return Summary(article=article, points=_points())


def edition() -> Edition:
    """Return an edition with one story that has all that a story can have."""
    story = Story(
        id="s-1",
        headline="Eastern basin to close for eleven weeks after divers find cracks <b>",
        mark=Mark.UPDATE,
        day=2,
        since="2026-03-03-0730-0000000000",
        articles=(_cited("The Specimen Courant", REF), _cited("Newline", "inbox/other.txt")),
        points=_points(),
        new=_points()[:1],
        differences=(_difference(),),
        comments=(Comment(author="R. Quill", text="Ask the ministry before ten."),),
    )
    window = Window(start=COMPILED - timedelta(days=1), end=COMPILED, zone="UTC")
    failure = Failure(ref="inbox/scan.pdf", stage="read", message="it is encrypted")
    return Edition(
        id="2026-03-04-0730-0000000000",
        title="Specimen briefing",
        number=1,
        marking="TLP:GREEN",
        window=window,
        cutoff=COMPILED,
        compiled=COMPILED,
        sections=(Section(title="Transport", stories=("s-1",)),),
        stories=(story,),
        account=_account(),
        failures=(failure,),
    )


def _account() -> Account:
    """Return the account of the specimen edition."""
    units = (
        Unit(ref=REF, fate=UnitFate.PRINTED, story="s-1"),
        Unit(ref="inbox/other.txt", fate=UnitFate.MERGED, reason=Reason.SAME_STORY, story="s-1"),
        Unit(ref="inbox/scan.pdf", fate=UnitFate.DROPPED, reason=Reason.UNREADABLE),
    )
    sources = (
        SourceReport(source="inbox", status="ok", units=3),
        SourceReport(source="https://silent.example/feed", status="silent", units=0),
    )
    return Account(units=units, sources=sources)


def _cited(outlet: str, ref: str) -> StoryArticle:
    """Return an article as the specimen story cites it."""
    return StoryArticle(
        ref=ref,
        outlet=outlet,
        title="Eastern basin to close",
        authors=("Ada Holm",),
        url="https://specimen.example/basin",
        published=COMPILED - timedelta(hours=3),
        updated=None,
        sha256="0" * 64,
        text_sha256="0" * 64,
        words=412,
        language="en",
        role="lead" if ref == REF else "also",
        duplicates=("The Evening Specimen",) if ref == REF else (),
    )


def _difference() -> Difference:
    """Return figures on which the two outlets differ."""
    other = "The basin stays shut for twelve weeks."
    said = (
        ("eleven weeks", REF, "The Specimen Courant", WORDS[0]),
        ("twelve weeks", "inbox/other.txt", "Newline", other),
    )
    return Difference(
        what="weeks",
        kind="differ",
        values=tuple(
            Value(value=value, ref=ref, outlet=outlet, text=text, start=0, end=len(text))
            for value, ref, outlet, text in said
        ),
    )


def _points() -> tuple[KeyPoint, ...]:
    """Return the sentences of the specimen as points, the second a quotation."""
    return tuple(
        KeyPoint(
            label=("Eastern basin", "A pier", "Музей")[n],
            text=WORDS[n],
            sentences=(Sentence(text=WORDS[n], start=a, end=b, position=n, paragraph=n),),
            speaker="Ottoline Marsh" if n == 1 else None,
            ref=REF,
        )
        for n, (a, b) in enumerate(_spans())
    )


def _spans() -> list[tuple[int, int]]:
    """Return where each line of the specimen stands in its text."""
    starts = [sum(len(line) + 1 for line in WORDS[:n]) for n in range(len(WORDS))]
    return [(start, start + len(line)) for start, line in zip(starts, WORDS, strict=True)]
