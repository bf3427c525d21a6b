"""Explain: each sentence's fate, in the order of the text, as a face can print it."""

from dataclasses import dataclass

from briefing.model import Fate, SentenceFate, Summary

_TOLD = {
    Fate.NOT_BODY: "not body",
    Fate.NOT_CHOSEN: "not chosen",
    Fate.REDUNDANT: "told by point {point}",
    Fate.CHOSEN: "point {point}",
    Fate.REPAIRED: "point {point}, repaired",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One stretch of the article's text and what became of it."""

    text: str
    """The characters `article.text[start:end]`, unchanged: whoever prints them makes them safe."""

    start: int
    end: int
    fate: Fate | None
    """None for what stands between sentences and blocks: white space, stray marks."""

    verdict: str = ""
    """The fate in words: `point 2, repaired`."""

    reasons: tuple[str, ...] = ()
    score: float | None = None
    point: int | None = None
    """Number of the point, from 1, that shows it or that made it redundant."""

    shown: str | None = None
    """What the point prints, where that is not the text as it stands."""


def passages(summary: Summary) -> tuple[Passage, ...]:
    """Return the article's text from end to end, cut where fates change.

    Joined, the texts of the passages are `article.text` again, whatever the fates.

    >>> from briefing.model import Article
    >>> article = Article(ref="a", sha256="", source_text="Yes. No.", text="Yes. No.")
    >>> fate = SentenceFate(start=0, end=4, fate=Fate.NOT_CHOSEN, reasons=("stands early",))
    >>> [(p.text, p.verdict) for p in passages(Summary(article=article, points=(), fates=(fate,)))]
    [('Yes.', 'not chosen'), (' No.', '')]
    """
    text, place = summary.article.text, 0
    found: list[Passage] = []
    for fate in sorted(summary.fates, key=lambda f: (f.start, f.end)):
        if fate.start < place:
            continue
        if place < fate.start:
            found.append(_between(text, place, fate.start))
        found.append(_passage(summary, fate))
        place = fate.end
    if place < len(text):
        found.append(_between(text, place, len(text)))
    return tuple(found)


def tally(summary: Summary) -> dict[Fate, int]:
    """Return how many sentences and blocks met each fate, in the order of `Fate`.

    >>> from briefing.model import Article
    >>> article = Article(ref="a", sha256="", source_text="", text="")
    >>> sum(tally(Summary(article=article, points=())).values())
    0
    """
    return {fate: sum(f.fate is fate for f in summary.fates) for fate in Fate}


def _between(text: str, start: int, end: int) -> Passage:
    """Return a stretch that has no fate."""
    return Passage(text=text[start:end], start=start, end=end, fate=None)


def _passage(summary: Summary, fate: SentenceFate) -> Passage:
    """Return a stretch with its fate in words."""
    number = None if fate.point is None else fate.point + 1
    shown = None
    if fate.fate is Fate.REPAIRED and fate.point is not None:
        shown = summary.points[fate.point].text
    return Passage(
        text=summary.article.text[fate.start : fate.end],
        start=fate.start,
        end=fate.end,
        fate=fate.fate,
        verdict=_TOLD[fate.fate].format(point=number),
        reasons=fate.reasons,
        score=fate.score,
        point=number,
        shown=shown,
    )
