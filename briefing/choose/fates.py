"""What became of each sentence and each block that is not body, for the reader who asks why."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from briefing.choose.subjects import Kin
from briefing.model import Block, Document, Fate, KeyPoint, Role, Sentence, SentenceFate

# From this kinship on, a sentence that was not chosen is said to be told by a chosen one: it
# shares a third of its weight in words, or less and stands beside it.
_TOLD = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What the choice rested on, a value a sentence."""

    worth: Sequence[float]
    kin: Kin
    """How far each sentence covers the subject of each other; asked only of those shown."""

    printable: Sequence[bool]
    """Whether the sentence, or it with a remedy, stands alone."""

    reasons: Sequence[Sequence[str]]
    """What speaks for the sentence."""


def fates(
    document: Document, points: Sequence[KeyPoint], grounds: Grounds
) -> tuple[SentenceFate, ...]:
    """Return a fate for each sentence and each not-body block, in the order of the text."""
    shown = {s.position: n for n, p in enumerate(points) for s in p.sentences}
    told = [(number, grounds.kin[position]) for position, number in shown.items()]
    found = [_not_body(b) for b in document.article.blocks if b.role is not Role.BODY]
    for sentence in document.sentences:
        if (number := shown.get(sentence.position)) is not None:
            score = grounds.worth[sentence.position]
            found.append(_shown(sentence, points[number], number=number, score=score))
        else:
            found.append(_left(sentence, told, grounds))
    return tuple(sorted(found, key=attrgetter("start", "end")))


def _not_body(block: Block) -> SentenceFate:
    """Return the fate of a block that is not body: the cleaner's reason."""
    why = f"{block.role.value}: {block.rule}" if block.rule else block.role.value
    return SentenceFate(start=block.start, end=block.end, fate=Fate.NOT_BODY, reasons=(why,))


def _shown(sentence: Sentence, point: KeyPoint, *, number: int, score: float) -> SentenceFate:
    """Return the fate of a sentence that a point shows."""
    as_it_stands = point.text == " ".join(s.text for s in point.sentences)
    return SentenceFate(
        start=sentence.start,
        end=sentence.end,
        fate=Fate.CHOSEN if as_it_stands else Fate.REPAIRED,
        score=score,
        reasons=point.reasons,
        point=number,
    )


def _left(
    sentence: Sentence, shown: Sequence[tuple[int, Sequence[float]]], grounds: Grounds
) -> SentenceFate:
    """Return the fate of a sentence that no point shows; *shown* says how near each point is."""
    place = sentence.position
    told, most = None, 0.0
    for number, row in shown:
        if row[place] > most:
            told, most = number, row[place]
    told = told if most >= _TOLD else None
    reasons = [*grounds.reasons[place]]
    if not grounds.printable[place]:
        reasons.insert(0, "does not stand alone, and no remedy was certain")
    if told is not None:
        reasons.insert(0, f"point {told + 1} tells of the same subject")
    fate = Fate.NOT_CHOSEN if told is None else Fate.REDUNDANT
    score = grounds.worth[place]
    return _new(SentenceFate, (sentence.start, sentence.end, fate, score, tuple(reasons), told))


_new = tuple.__new__  # half as long as with the function of the class
