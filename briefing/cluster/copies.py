"""Copies: the same text twice, edited lightly, cut short, or with something added."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

from briefing.cluster.records import Duplicate
from briefing.cluster.shingles import containment, runs_of, sampled
from briefing.cluster.terms import body
from briefing.cluster.versions import ALIKE, outlet, page, relation
from briefing.edition import Reason
from briefing.model import Article
from briefing.words import words

NEAR = 0.5
"""Containment from which two texts are copies. Changing every 14th word leaves a text half of
its runs; articles that only quote the same words share far less (docs/benchmarks/stories.md)."""

SHORTEST = 24
"""A text of fewer runs proves nothing by being contained: a statement all outlets quote."""

AS_FULL = 0.9
"""A copy with at least this share of the longest copy's runs counts as complete."""

LIKELY = ALIKE / 8
"""Two texts of whose sampled runs fewer are shared are not compared in full. Chance phrases join
each text to ever more others as a collection grows, by one run or two of some eighty; of pairs
that share `ALIKE` of all their runs, fewer than one in a thousand share so few of the sampled."""

LOOK_BACK = 50
"""Under each run only so many texts are filed, the fullest: boilerplate of a whole outlet would
make the work quadratic otherwise. A copy shares other runs with its original."""


def duplicates(articles: Sequence[Article]) -> tuple[Duplicate, ...]:
    """Return which of *articles* are superfluous, and for which other one.

    Whatever order they come in, the answer is the same. Time is linear in the number of
    articles: only texts that share a sampled run, a page or an outlet's title are compared.

    The copy that stays is the latest version of an outlet's article; between outlets the
    fullest (longest body, where a tenth more or less is no matter), of equals the earliest
    published, then the first by ref. A copy is compared with those that stay, never with other
    copies, so that a chain of small edits can't join two different texts.

    Returns:
        One entry for each article dropped, ordered by its ref. None for texts without words.

    >>> a, b = (Article(ref=ref, sha256=ref, source_text="", text="The dam above Velm burst.")
    ...     for ref in "ab")
    >>> [(d.kept, d.dropped, str(d.reason)) for d in duplicates([b, a])]
    [('a', 'b', 'exact-duplicate')]
    """
    texts = [_text(article) for article in sorted(articles, key=_fullest_first)]
    pairs = tuple(_alike(texts))
    drops = dict[int, _Drop]()
    for decide in (_versions, _copies):
        drops |= decide([p for p in pairs if not drops.keys() & {p.fuller, p.other}], texts=texts)
    found = (_duplicate(position, texts=texts, drops=drops) for position in drops)
    return tuple(sorted(found, key=lambda duplicate: duplicate.dropped))


@dataclass(frozen=True, slots=True)
class _Text:
    """An article, and what is kept of its body: some 10 kB, and nothing the collector walks."""

    article: Article
    digest: bytes
    """The digest of all its words in order; empty for a text without words."""

    packed: "array[int]"
    """Its runs of words, in no order."""

    sample: tuple[int, ...]
    """The runs that it is filed under."""

    def runs(self) -> frozenset[int]:
        """Return its runs of words."""
        return frozenset(self.packed)


class _Pair(NamedTuple):
    """Two texts, by position, that share words enough to be looked at."""

    fuller: int
    other: int
    share: float
    """Containment."""


class _Drop(NamedTuple):
    """Why one text goes, and for which other; that one may go later for a third."""

    kept: int
    reason: Reason


def _fullest_first(article: Article) -> tuple[int, datetime, str, str]:
    """Return the key that puts the longest first, of equals the earliest, then by ref."""
    size = sum(block.end - block.start for block in article.body()) or len(article.text)
    when = article.published or datetime.max.replace(tzinfo=UTC)
    return -size, when, article.ref, article.sha256


def _text(article: Article) -> _Text:
    """Return *article* with the words and runs of its body."""
    told = [word for paragraph in body(article) for word in words(paragraph)]
    runs = runs_of(told)
    digest = sha256(" ".join(told).encode()).digest() if told else b""
    return _Text(article, digest, array("Q", runs), tuple(sampled(runs)))


def _alike(texts: Sequence[_Text]) -> Iterator[_Pair]:
    """Yield the pairs that share many runs, a whole text, a page, or an outlet's title."""
    index: defaultdict[Hashable, list[int]] = defaultdict(list)
    times = Counter(run for text in texts for run in text.sample)
    for other, text in enumerate(texts):
        named = _filed(index, _names(text), other=other)
        # What only one text has joins nothing: most runs, and a list for each would be the work.
        runs = _filed(index, (run for run in text.sample if times[run] > 1), other=other)
        likely = {fuller for fuller in runs if runs[fuller] >= _fewest(texts[fuller], text)}
        unpacked = text.runs()
        for fuller in sorted(likely | named.keys()):
            share = containment(texts[fuller].runs(), unpacked)
            if share >= ALIKE or fuller in named:
                yield _Pair(fuller, other, share)


def _filed(
    index: defaultdict[Hashable, list[int]], keys: Iterable[Hashable], *, other: int
) -> Counter[int]:
    """Return under how many of *keys* each text is filed, and file *other* there too."""
    shared = Counter[int]()
    for key in keys:
        texts = index[key]
        shared.update(texts)
        if len(texts) < LOOK_BACK:
            texts.append(other)
    return shared


def _fewest(a: _Text, b: _Text) -> float:
    """Return how many sampled runs two texts must share to be compared in full."""
    return LIKELY * min(len(a.sample), len(b.sample))


def _names(text: _Text) -> Iterator[Hashable]:
    """Yield what names *text* as a whole; nothing for a text without words."""
    if not text.digest:
        return
    yield text.digest
    if page(text.article):
        yield page(text.article)
    if text.article.title:
        yield outlet(text.article), words(text.article.title)


def _versions(pairs: Sequence[_Pair], *, texts: Sequence[_Text]) -> dict[int, _Drop]:
    """Return which articles an outlet has published again, or published anew."""
    found = list[tuple[int, _Drop]]()
    for pair in pairs:
        a, b = texts[pair.fuller], texts[pair.other]
        same = a.digest == b.digest
        told = relation(a.article, b.article, containment=pair.share, same_text=same)
        if told is not None:
            reason, goes = told
            ends = (pair.fuller, pair.other)
            kept, dropped = ends if goes is b.article else ends[::-1]
            found.append((dropped, _Drop(kept, reason)))
    return _one_by_one(found, texts=texts)


def _one_by_one(found: Sequence[tuple[int, _Drop]], *, texts: Sequence[_Text]) -> dict[int, _Drop]:
    """Return the decisions that still hold when taken in turn.

    Republications go first, then each earlier version for the latest one there is. A decision
    on an article already gone is passed over, so that no two ever go for each other.
    """

    def turn(decision: tuple[int, _Drop]) -> tuple[bool, float, int, int]:
        dropped, (kept, reason) = decision
        when = texts[kept].article.updated or texts[kept].article.published
        return reason is not Reason.REPUBLICATION, -when.timestamp() if when else 0, dropped, kept

    drops = dict[int, _Drop]()
    for dropped, drop in sorted(found, key=turn):
        if dropped not in drops and drop.kept not in drops:
            drops[dropped] = drop
    return drops


def _copies(pairs: Sequence[_Pair], *, texts: Sequence[_Text]) -> dict[int, _Drop]:
    """Return which texts are copies of a fuller one."""
    centre = dict[int, int]()
    for pair in sorted(pairs, key=lambda p: (p.other, -p.share, p.fuller)):
        if pair.other in centre or pair.fuller in centre:
            continue
        if _is_copy(texts[pair.fuller], texts[pair.other], share=pair.share):
            centre[pair.other] = pair.fuller
    drops = dict[int, _Drop]()
    for middle in sorted(set(centre.values())):
        copies = [middle, *(c for c, m in centre.items() if m == middle)]
        kept = min(copies, key=lambda c: _best_first(texts[c], fullest=texts[middle]))
        drops |= {c: _Drop(kept, _copy_reason(texts[kept], texts[c])) for c in copies if c != kept}
    return drops


def _is_copy(fuller: _Text, other: _Text, *, share: float) -> bool:
    """Return whether *other* says nothing that *fuller* does not say in the same words."""
    if fuller.digest == other.digest:
        return True
    return share >= NEAR and min(len(fuller.packed), len(other.packed)) >= SHORTEST


def _best_first(text: _Text, *, fullest: _Text) -> tuple[bool, datetime, str]:
    """Return the key by which the copy that stays comes first."""
    when = text.article.published or datetime.max.replace(tzinfo=UTC)
    return len(text.packed) < AS_FULL * len(fullest.packed), when, text.article.ref


def _copy_reason(kept: _Text, dropped: _Text) -> Reason:
    """Return whether the copy is word for word."""
    same = kept.digest == dropped.digest
    return Reason.EXACT_DUPLICATE if same else Reason.NEAR_DUPLICATE


def _duplicate(position: int, *, texts: Sequence[_Text], drops: Mapping[int, _Drop]) -> Duplicate:
    """Return the decision on one text, led on to the copy that stays in the end."""
    kept = drops[position].kept
    while kept in drops:
        kept = drops[kept].kept
    share = containment(texts[kept].runs(), texts[position].runs())
    reason = drops[position].reason
    return Duplicate(
        kept=texts[kept].article.ref,
        dropped=texts[position].article.ref,
        reason=reason,
        containment=round(share, 3),
        evidence=f"{_SAID[reason]} {texts[kept].article.ref}: {share:.0%} of the shorter text's "
        "runs of four words stand in the other.",
    )


_SAID = {
    Reason.EXACT_DUPLICATE: "Word for word the text of",
    Reason.NEAR_DUPLICATE: "A copy, edited, cut or added to, of",
    Reason.EARLIER_VERSION: "The same outlet has a later version,",
    Reason.REPUBLICATION: "The same outlet had published the same text before,",
}
