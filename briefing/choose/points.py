"""From a document to its summary: weigh, repair, spread over the subjects, label."""

from collections.abc import Sequence

from briefing.choose.fates import fates
from briefing.choose.repair import Candidate, candidates
from briefing.choose.selection import Chosen, Limits, spread
from briefing.choose.setting import Setting
from briefing.choose.subjects import kinship
from briefing.model import Document, KeyPoint, Kind, Pick, Plan, Summariser, Summary

# A brief of six sentences gets two points, an article of thirteen the default five.
_MOST = 0.4


def choose(document: Document, plan: Plan, *, summarise: Summariser) -> Summary:
    """Return the key points of a document, in the order in which a reader wants them.

    What the plan asks is a limit, never a target: a short article gives fewer points, a teaser or
    what is not an article gives none. `Plan.words` counts all that a reader sees of the points'
    text, brackets included; where not even one sentence fits, there is no point.

    Args:
        document: A cleaned article, cut into sentences.
        plan: How many points, words, or what share of the sentences.
        summarise: The method that says how much each sentence matters.
    """
    if document.article.kind is not Kind.ARTICLE or not document.sentences:
        return Summary(article=document.article, points=())
    picks = {p.position: p for p in summarise(document, count=len(document.sentences))}
    worth = _worth(picks, len(document.sentences))
    kin = kinship(document)
    setting = Setting(document=document)
    forms = [
        candidates(setting, s.position) if s.position in picks else () for s in document.sentences
    ]
    taken = spread(
        [c for several in forms for c in several],
        worth=worth,
        kin=kin,
        limits=limits(document, plan),
    )
    reasons = [picks[s.position].reasons if s.position in picks else () for s in document.sentences]
    points = _points(document, taken, reasons)
    told = fates(document, points, worth=worth, kin=kin, forms=forms, reasons=reasons)
    return Summary(article=document.article, points=points, fates=told)


def limits(document: Document, plan: Plan) -> Limits:
    """Return how much may be printed of this document.

    `Plan.ratio` counts sentences, rounded down, but always allows one.
    """
    count = len(document.sentences)
    points = min(plan.points, max(1, int(count * _MOST)))
    sentences = count if plan.ratio is None else max(1, int(count * plan.ratio + 1e-9))
    return Limits(points=points, sentences=sentences, words=plan.words)


def _worth(picks: dict[int, Pick], count: int) -> list[float]:
    """Return the scores scaled to [0, 1]; 0 for what the method did not pick."""
    low = min(0.0, min((p.score for p in picks.values()), default=0.0))
    high = max((p.score for p in picks.values()), default=0.0) - low or 1.0
    return [(picks[n].score - low) / high if n in picks else 0.0 for n in range(count)]


def _points(
    document: Document, taken: Sequence[Chosen], reasons: Sequence[Sequence[str]]
) -> tuple[KeyPoint, ...]:
    """Return what is printed, each with its own label."""
    from briefing.label import labels

    groups = [tuple(s.position for s in c.candidate.sentences) for c in taken]
    names = labels(document, groups)
    return tuple(
        _point(chosen, label=label, ref=document.article.ref, why=reasons)
        for chosen, label in zip(taken, names, strict=True)
    )


def _point(chosen: Chosen, *, label: str, ref: str, why: Sequence[Sequence[str]]) -> KeyPoint:
    """Return one point as it is printed."""
    candidate: Candidate = chosen.candidate
    return KeyPoint(
        label=label,
        text=candidate.text,
        sentences=candidate.sentences,
        speaker=candidate.speaker,
        context=candidate.context,
        score=chosen.gain,
        reasons=(*why[candidate.position], *candidate.reasons),
        ref=ref,
    )
