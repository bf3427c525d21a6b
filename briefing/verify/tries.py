"""A document held against what each look of ours makes of its edition: the best look is told.

A document does not say which look made it. Each that prints an edition is tried, and the one with
the fewest findings counts, if its words are on the pages at all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefing.edition import Edition
from briefing.errors import BriefingError
from briefing.verify import expected, legible, match
from briefing.verify.findings import Finding

# Looks of ours that print an edition, the usual one first.
LOOKS = ("daily", "front-page", "clips")

# A page of ours shows nearly every block that is expected; below this share found, it was made
# by a look of somebody's own, and only the edition's own words are looked for.
_OURS = 0.5
# Above this share found, no other look is tried: one changed block is seldom a tenth of a page.
_CLEARLY = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What came of holding a document's words against its edition."""

    findings: tuple[Finding, ...] = ()
    pages: int = 0
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a document is held against: what it carries, printed again."""

    edition: Edition
    texts: Mapping[str, str]
    """The source texts that it carries, by ref; a look for clips prints them."""

    template: str | Path | None = None
    """The look that made it; None: tried among ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Try(Shown):
    """What came of comparing with one look, and how much of it was there."""

    share: float = field(default=0.0)
    wanted: int = field(default=0)
    """How many blocks the look prints."""

    def is_clear(self) -> bool:
        """Return whether the look is the right one, whatever was changed.

        Nearly all words are its own, and few of its blocks are missing: a page that holds next to
        nothing is accounted for by looks that print much more.
        """
        return self.share >= _CLEARLY and len(self.findings) <= self.wanted * (1 - _CLEARLY)


def made(carried: Carried, *, face: str) -> Iterator[str]:
    """Yield the markup that each look makes of the edition."""
    from briefing.render import looks, page

    edition, template = carried.edition, carried.template
    setting = page.Setting(compiled=edition.compiled, zone=edition.window.zone, texts=carried.texts)
    for name in LOOKS if template is None else (template,):
        try:
            look = looks.find(name)
            yield page.make(edition, look, setting=setting, extra={"face": face})
        except BriefingError:
            if template is not None:
                raise


def against(  # noqa: PLR0913 - what is found and what is wanted, each in three parts
    found: match.Flow,
    links: Sequence[str],
    *,
    markup: str,
    edition: Edition,
    numbers: Mapping[str, int] | None = None,
    reading: legible.Reading = legible.EXACT,
) -> Try:
    """Return the findings against what one look makes of the edition."""
    pieces = expected.pieces(markup, edition=edition)
    fresh = match.Flow(text=found.text, gaps=found.gaps, starts=found.starts, pages=found.pages)
    findings = list(match.compare(fresh, pieces, numbers=numbers, reading=reading))
    findings += _links(links, expected.links(markup))
    share = sum(fresh.used) / max(1, len(found.text))
    return Try(findings=tuple(findings), share=share, wanted=len(pieces))


def _links(found: Sequence[str], wanted: Sequence[str]) -> Iterator[Finding]:
    """Yield each address that is linked and should not be, or the other way round."""
    for link in sorted({*found} - {*wanted}):
        yield Finding(where="links", what=f"leads to {link!r}, which the edition does not")
    for link in sorted({*wanted} - {*found}):
        yield Finding(where="links", what=f"does not lead to {link!r}, which the edition does")


def best(tries: Iterable[Try], found: match.Flow, edition: Edition) -> Shown:
    """Return the try with the fewest findings; of a look that is not ours, the edition's words.

    A look that prints little misses little, so only one whose words are on the pages counts.
    """
    ours: list[Try] = []
    for one in tries:
        if not one.findings or one.is_clear():
            return one
        if one.share >= _OURS:
            ours.append(one)
    if ours:
        return min(ours, key=lambda one: len(one.findings))
    return Shown(findings=tuple(_words(found, edition)), whole=False)


def _words(found: match.Flow, edition: Edition) -> Iterator[Finding]:
    """Yield each headline, point and value of the edition that is nowhere on the pages."""
    for story in edition.stories:
        wanted = [("headline", story.headline)]
        wanted += [(f"point {n}", p.text) for n, p in enumerate((*story.points, *story.new), 1)]
        wanted += [("difference", v.value) for d in story.differences for v in d.values]
        for what, words in wanted:
            if legible.squeeze(words) not in found.text:
                where = f"story {story.id}, {what}"
                yield Finding(where=where, what=f"missing from the page: {words!r}")
