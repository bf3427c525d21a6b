"""Novelty: which of today's points tell what was not told of a story before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from briefing.cluster.terms import rarity, telling
from briefing.model import KeyPoint
from briefing.words import stopwords, words

# The three numbers below were set on `samples/week`, where one of the sixteen stories that go on
# tells nothing new. Three earlier sentences hold .79 to .86 of what each of its points tells, and
# .34 to .76 of the point that has the news in each of the others.
KNOWN = 0.78
"""A sentence was told before, in other words, when three earlier sentences hold this share of what
it tells, weighed by rarity. Lower, and an update of a few words is missed; higher, and a rewrite
by another outlet counts as news."""

SUPPORT = 3
"""Earlier sentences that may tell it together: a rewrite joins what two or three told. With all
that was ever told of a long story, any sentence could be pieced together."""

FOREMOST = 2
"""A new figure in one of the first points makes news of a story by itself: a toll that rose in a
text that is otherwise the old one told anew. Further down it may be anybody's age."""

TOO_SHORT = 2
"""A sentence with fewer terms that are new proves nothing: "You can see thumbs"."""

SOME = 0.5
"""A story has news when so many of its points that are not repeated word for word are new. One new
turn of phrase in an analysis of what is known is no news. In the week it is none of three in the
story without news, and at least two of three in the others."""

TYPO = 0.8
"""Two words are one, mistyped, from this ratio of `difflib` on. Set by hand: `recieve` and
`receive` have 0.86, `Vale` and `Varga` 0.44."""

NUMERALS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion".split()
)
"""Figures in letters; other languages' are not known, and count as any other word."""


class Told:
    """The sentences that were told of a story, to be asked what they hold."""

    def __init__(self, sentences: Iterable[str], language: str) -> None:
        """Take *sentences* as their folded words, joined by spaces, in *language*."""
        self._common = stopwords(language)
        self._language = language
        self._whole = frozenset(sentences)
        self._bags: dict[str, list[frozenset[str]]] = defaultdict(list)
        self._terms: dict[str, list[frozenset[str]]] = defaultdict(list)
        for sentence in sorted(self._whole):
            _file(frozenset(sentence.split()) - self._common, self._bags)
            _file(frozenset(telling(sentence, language)), self._terms)

    def __contains__(self, sentence: str) -> bool:
        """Return whether one of the sentences is this one, but for a light edit."""
        if sentence in self._whole:
            return True
        bag = frozenset(sentence.split()) - self._common
        return any(_is_light_edit(bag, other) for other in _sharing(bag, self._bags))

    def has_figures_of(self, sentence: str) -> bool:
        """Return whether every figure of the sentence was told, of whatever."""
        return all(word in self._bags for word in sentence.split() if is_figure(word))

    def covers(self, sentence: str) -> bool:
        """Return whether `SUPPORT` of the sentences hold most of what this one tells."""
        left = terms = frozenset(telling(sentence, self._language))
        for _ in range(SUPPORT):
            left -= self._nearest(left)
        return len(left) < TOO_SHORT or _weight(left) <= (1 - KNOWN) * _weight(terms)

    def _nearest(self, terms: frozenset[str]) -> frozenset[str]:
        """Return the terms of the sentence that holds most of *terms*."""
        sharing = _sharing(terms, self._terms)
        return max(sharing, key=lambda held: _weight(terms & held), default=frozenset())


def news(points: Sequence[KeyPoint], told: Told) -> tuple[KeyPoint, ...]:
    """Return those of *points* that tell what was not told, in order; none when it is too little.

    A point is new when one of its sentences has a figure that was not told, or tells much that
    no three earlier sentences tell. A figure in the foremost points makes news of a story; else
    `SOME` of its points that are not repeated word for word must be new.
    """
    verdicts = [_verdict(point, told) for point in points]
    told_anew = [verdict for verdict in verdicts if verdict is not _REPEATED]
    new = [verdict for verdict in told_anew if verdict is not _REWRITTEN]
    if _FIGURE not in verdicts[:FOREMOST] and len(new) < SOME * len(told_anew):
        return ()
    return tuple(p for p, verdict in zip(points, verdicts, strict=True) if verdict in new)


_REPEATED, _REWRITTEN, _FIGURE, _FACT = "repeated", "rewritten", "figure", "fact"


def _verdict(point: KeyPoint, told: Told) -> str:
    """Return whether a point repeats what was told, rewrites it, or has a new figure or fact."""
    folded = (" ".join(words(sentence.text)) for sentence in point.sentences)
    fresh = [sentence for sentence in folded if sentence not in told]
    if not fresh:
        return _REPEATED
    if not all(told.has_figures_of(sentence) for sentence in fresh):
        return _FIGURE
    return _REWRITTEN if all(told.covers(sentence) for sentence in fresh) else _FACT


def is_figure(word: str) -> bool:
    """Return whether a folded word is a number, in digits or in English letters.

    >>> is_figure("14"), is_figure("fourteen"), is_figure("fourteenth")
    (True, True, False)
    """
    return word[0].isdecimal() or word in NUMERALS


def _file(held: frozenset[str], index: dict[str, list[frozenset[str]]]) -> None:
    """File a sentence's words under each of them."""
    for word in held:
        index[word].append(held)


def _sharing(
    wanted: frozenset[str], index: dict[str, list[frozenset[str]]]
) -> list[frozenset[str]]:
    """Return the sentences that share a word with *wanted*, in an order that nothing shakes."""
    found = (held for word in sorted(wanted) for held in index.get(word, ()))
    return list(dict.fromkeys(found))


def _weight(terms: frozenset[str]) -> float:
    """Return how much *terms* tell together; sorted, for sums of floats depend on their order."""
    return sum(rarity(term) for term in sorted(terms))


def _is_light_edit(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether the telling words of two sentences are the same but for one mistyped."""
    gone, come = one - other, other - one
    if not gone and not come:
        return True
    if len(gone) != 1 or len(come) != 1:
        return False
    before, after = *gone, *come
    if is_figure(before) or is_figure(after):
        return False
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= TYPO
