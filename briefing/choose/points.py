"""From a document to its summary: weigh, repair, spread over the subjects, name, label."""

from collections.abc import Sequence

from briefing.choose.fates import Grounds, fates
from briefing.choose.introduce import introduced
from briefing.choose.repair import Candidate, candidates
from briefing.choose.selection import Chosen, Limits, spread
from briefing.choose.setting import Setting
from briefing.choose.subjects import Kinship
from briefing.label import labels
from briefing.model import Document, KeyPoint, Kind, Pick, Plan, SentenceFate, Summariser, Summary

# Points a sentence: a brief of six sentences gets two, an article of thirteen the default five.
_MOST = 0.4

# What speaks for a sentence of which nothing stands out.
_PLAIN = ("tells of what no other point does",)


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
        return Summary(article=document.article, points=(), fates=_unweighed(document))
    setting = Setting(document=document)
    forms, grounds = _weighed(setting, summarise)
    taken = spread(
        [form for several in forms for form in several],
        worth=grounds.worth,
        kin=grounds.kin,
        limits=limits(document, plan),
    )
    points = _points(setting, introduced(setting, taken, words=plan.words), grounds)
    return Summary(article=document.article, points=points, fates=fates(document, points, grounds))


def _weighed(
    setting: Setting, summarise: Summariser
) -> tuple[list[tuple[Candidate, ...]], Grounds]:
    """Return how each sentence could be printed, and what the choice rests on."""
    document = setting.document
    count = len(document.sentences)
    picks = {p.position: p for p in summarise(document, count=count)}
    forms = [candidates(setting, n) if n in picks else () for n in range(count)]
    return forms, Grounds(
        worth=_worth(picks, count),
        kin=Kinship(document),
        printable=[bool(several) for several in forms],
        reasons=[picks[n].reasons if n in picks else () for n in range(count)],
    )


def limits(document: Document, plan: Plan) -> Limits:
    """Return how much may be printed of this document.

    `Plan.ratio` counts sentences, rounded down, but always allows one.
    """
    count = len(document.sentences)
    return Limits(
        points=min(plan.points, max(1, int(count * _MOST))),
        # The sum makes up for binary fractions: 0.3 of 10 sentences is 3.
        sentences=count if plan.ratio is None else max(1, int(count * plan.ratio + 1e-9)),
        words=plan.words,
    )


def _worth(picks: dict[int, Pick], count: int) -> list[float]:
    """Return the scores scaled to [0, 1]; 0 for what the method did not pick."""
    scores = [0.0, *[p.score for p in picks.values()]]
    low = min(scores)
    high = max(scores) - low or 1.0
    return [(picks[n].score - low) / high if n in picks else 0.0 for n in range(count)]


def _points(setting: Setting, taken: Sequence[Chosen], grounds: Grounds) -> tuple[KeyPoint, ...]:
    """Return what is printed, each with its own label."""
    groups = [tuple(s.position for s in chosen.candidate.sentences) for chosen in taken]
    return tuple(
        _point(chosen, label, setting=setting, why=grounds.reasons[chosen.candidate.position])
        for chosen, label in zip(taken, labels(setting.document, groups), strict=True)
    )


def _point(chosen: Chosen, label: str, *, setting: Setting, why: Sequence[str]) -> KeyPoint:
    """Return one point as it is printed."""
    candidate = chosen.candidate
    return KeyPoint(
        label=label,
        text=candidate.text,
        sentences=candidate.sentences,
        speaker=candidate.speaker,
        context=candidate.context,
        score=chosen.gain,
        reasons=(*(why or _PLAIN), *candidate.reasons),
        ref=setting.document.article.ref,
    )


def _unweighed(document: Document) -> tuple[SentenceFate, ...]:
    """Return the fates in what is not summarised: all that is body is not chosen."""
    count = len(document.sentences)
    why = document.article.kind_reason or f"this is a {document.article.kind.value}"
    grounds = Grounds(
        worth=[0.0] * count,
        kin=(),
        printable=[True] * count,
        reasons=[(why,)] * count,
    )
    return fates(document, (), grounds)
