"""Before: the counts of a story that the last edition printed otherwise than it is told today."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from briefing.differ import (
    LANGUAGES,
    claims_by_key,
    conflict,
    has_company,
    is_more,
    outgrows,
    touched,
    value_of,
)
from briefing.differ.counts import rank
from briefing.differ.numbers import tokens
from briefing.differ.statements import Claim, Statement, context, statements
from briefing.edition import Difference, Story
from briefing.model import Article

SINCE = "since"

_Claims = Mapping[tuple[str, ...], Sequence[Claim]]


def changes(
    articles: Sequence[Article],
    *,
    printed: Story,
    edition: str,
    bodies: Mapping[str, Sequence[str]],
) -> tuple[Difference, ...]:
    """Return the counts that an earlier edition printed and that all articles of today give anew.

    Only what all news counts (the dead, the injured, the arrested), of the same people, is
    compared, never sums, shares or dates. One article of today that agrees with what was printed,
    within rounding and limits, is enough for silence: what today's articles differ on is told
    apart. So is an earlier figure that its own article outdid, for then it was of a part. That a
    figure fell is told like one that rose; why it did is not asked. English only.

    Args:
        articles: Those of the story today, cleaned.
        printed: The story as the earlier edition printed it.
        edition: That edition's id.
        bodies: Of its articles by ref, each sentence's folded words.

    Returns:
        Each with what was printed first, under the edition's id, then what is said today.
    """
    before = _firsts(_printed(printed, bodies))
    today = _firsts(
        statements(a)
        for a in sorted(articles, key=lambda a: (str(touched(a) or "~"), a.ref))
        if (a.language or "en") in LANGUAGES
    )
    return tuple(
        _difference(before[key], today[key], edition=edition)
        for key in sorted(before.keys() & today.keys())
        if key[0] == "count" and _changed(before[key], today[key])
    )


def _firsts(told: Iterator[Sequence[Statement]]) -> _Claims:
    """Return by what it counts the first claim of each article that none of its own outdoes."""
    found: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for sentences in told:
        for key, claims in claims_by_key(sentences).items():
            if not any(outgrows(claim, claims[0]) for claim in claims[1:]):
                found[key].append(claims[0])
    return found


def _printed(story: Story, bodies: Mapping[str, Sequence[str]]) -> Iterator[list[Statement]]:
    """Yield what was printed of each article, then the rest of it, by which parts are known."""
    for cited in story.articles:
        article = Article(
            ref=cited.ref,
            sha256=cited.sha256,
            source_text="",
            text="",
            publisher=cited.outlet,
            language=cited.language,
        )
        said = {
            sentence.text: (sentence.position, sentence.start)
            for point in (*story.points, *story.new)
            if point.ref == cited.ref
            for sentence in point.sentences
        }
        lines = [(at, start, text) for text, (at, start) in said.items()]
        lines = sorted(lines) + [(0, 0, body) for body in bodies.get(cited.ref, ()) if lines]
        if (cited.language or "en") in LANGUAGES:
            yield [_statement(article, text, at=at, start=start) for at, start, text in lines]


def _statement(article: Article, text: str, *, at: int, start: int) -> Statement:
    """Return a sentence that an edition printed, cut into tokens."""
    return Statement(
        article=article,
        text=text,
        start=start,
        position=at,
        tokens=tokens(text),
        context=context(text, article.language or "en"),
    )


def _changed(before: Sequence[Claim], today: Sequence[Claim]) -> bool:
    """Return whether each figure of today is another than each that was printed, of one thing."""
    return all(_is_other(a, b) and has_company(b, [a, b]) for a, b in product(before, today))


def _is_other(old: Claim, new: Claim) -> bool:
    """Return whether a figure is not the one that was printed: `at least 12` then `15`, too."""
    if old.quantity is None or new.quantity is None or old.quantity.value == new.quantity.value:
        return False
    risen = new.quantity.value > old.quantity.value and is_more(new.quantity, old.quantity)
    return risen or conflict(old, new)


def _difference(before: Sequence[Claim], today: Sequence[Claim], *, edition: str) -> Difference:
    """Return what was printed and what is said today, each figure once."""
    old, new = _once(before), _once(today)
    values = [value_of(claim) for claim in old]
    return Difference(
        what=min((claim.what for claim in (*old, *new)), key=rank),
        values=(
            *(replace(v, edition=edition, ref=f"{edition}/{v.ref}") for v in values),
            *(value_of(claim) for claim in new),
        ),
        kind=SINCE,
    )


def _once(claims: Sequence[Claim]) -> list[Claim]:
    """Return the first claim of each figure."""
    found: dict[object, Claim] = {}
    for claim in claims:
        found.setdefault(claim.quantity.value if claim.quantity else None, claim)
    return list(found.values())
