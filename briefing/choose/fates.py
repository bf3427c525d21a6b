"""What became of each sentence and each block that is not body, for the reader who asks why."""

from collections.abc import Sequence

from briefing.choose.repair import Candidate
from briefing.model import Block, Document, Fate, KeyPoint, Role, Sentence, SentenceFate

# From this kinship on, a sentence that was not chosen is said to be told by a chosen one.
_TOLD = 0.5


def fates(
    document: Document,
    points: Sequence[KeyPoint],
    *,
    worth: Sequence[float],
    kin: Sequence[Sequence[float]],
    forms: Sequence[Sequence[Candidate]],
    reasons: Sequence[Sequence[str]],
) -> tuple[SentenceFate, ...]:
    """Return a fate for each sentence and each not-body block, in the order of the text."""
    shown = {s.position: n for n, p in enumerate(points) for s in p.sentences}
    found = [_not_body(b) for b in document.article.blocks if b.role is not Role.BODY]
    for sentence in document.sentences:
        place = sentence.position
        why = tuple(reasons[place])
        if place in shown:
            found.append(_chosen(sentence, points[shown[place]], shown[place], worth[place]))
        else:
            told = _told_by(place, shown, kin)
            found.append(_left(sentence, told, worth[place], why, can=bool(forms[place])))
    return tuple(sorted(found, key=lambda f: (f.start, f.end)))


def _not_body(block: Block) -> SentenceFate:
    """Return the fate of a block that is not body: the cleaner's reason."""
    why = f"{block.role.value}: {block.rule}" if block.rule else block.role.value
    return SentenceFate(start=block.start, end=block.end, fate=Fate.NOT_BODY, reasons=(why,))


def _chosen(sentence: Sentence, point: KeyPoint, number: int, score: float) -> SentenceFate:
    """Return the fate of a sentence that a point shows."""
    repaired = point.text != " ".join(s.text for s in point.sentences) or point.context
    fate = Fate.REPAIRED if repaired else Fate.CHOSEN
    return SentenceFate(
        start=sentence.start,
        end=sentence.end,
        fate=fate,
        score=score,
        reasons=point.reasons,
        point=number,
    )


def _told_by(place: int, shown: dict[int, int], kin: Sequence[Sequence[float]]) -> int | None:
    """Return the point that tells of the same subject, if one does."""
    best = max(shown, key=lambda other: kin[place][other], default=None)
    return shown[best] if best is not None and kin[place][best] >= _TOLD else None


def _left(
    sentence: Sentence, told: int | None, score: float, why: tuple[str, ...], *, can: bool
) -> SentenceFate:
    """Return the fate of a sentence that no point shows."""
    reasons = why if can else ("does not stand alone, and no remedy was certain", *why)
    if told is not None:
        reasons = (f"point {told + 1} tells of the same subject", *reasons)
    return SentenceFate(
        start=sentence.start,
        end=sentence.end,
        fate=Fate.NOT_CHOSEN if told is None else Fate.REDUNDANT,
        score=score,
        reasons=reasons,
        point=told,
    )
