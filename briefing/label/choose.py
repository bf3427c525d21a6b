"""Which phrase labels each point: the best ones that differ."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from briefing.label.features import Reader, stem
from briefing.label.joins import phrases
from briefing.label.phrases import MOST, Known, Phrase
from briefing.label.plain import plain_phrases
from briefing.label.weigh import weighed
from briefing.model import Document
from briefing.names import book
from briefing.names.grammar import grammar
from briefing.words import WORD, words

# What a phrase loses for words that another point's label has, if all of them are. From .1 to .4 it
# makes no difference to how many labels a reader lets stand (scripts/train_labels.py).
_TAKEN = 0.4

# What it loses besides where one other label says all of it: "Vale" beside "Ada Vale". Where verbs
# are known: elsewhere what comes next is often one. It outweighs what a name is given besides what
# is learnt: two labels of one article that name the same person tell nobody anything.
_HALVED = 3.0

# What it loses where another label has its last word: "Russian war" beside "Putin's war". Of the
# readers' points .028 had such a label without this, .018 have one with it, and as many stand.
_SAME = 1.0

# A single word worth less is given up for the name of whom the point is about. From -1 to .65 it
# makes no difference to how many labels a reader lets stand; names are more often on the topic.
_WEAK = 0.65
# The same in a language without tables of verbs, whose weights were learnt otherwise.
_WEAK_PLAIN = 2.6

_ASKING = frozenset("why how what who when where which".split())

Weighed = list[tuple[float, Phrase]]


class Chooser:
    """Gives the points of one document their labels."""

    def __init__(self, document: Document) -> None:
        """Learn whom and what the article names."""
        article = document.article
        names = book(article, document.sentences)
        self._document = document
        self._names = names
        self._focus = names.trail.focus
        self._banned = frozenset(words(" ".join((article.publisher or "", *article.authors))))
        self._known = Known(
            grammar=grammar(article.language or "en"),
            people=frozenset([w for p in names.people for w in p.name.lower().split()]),
            roles=names.words.titles | names.words.roles,
            organisations=names.words.organisations,
            speech=names.words.speech,
            language=article.language or "en",
            counts=Counter(document.tokens.words),
            prepositions=names.words.prepositions,
        )
        self.reader = Reader(document, self._known, names.words)

    def labels(self, groups: Sequence[Sequence[int]]) -> tuple[str, ...]:
        """Return the labels, the surest given first so that it keeps the phrase it shares."""
        once = {group: self._ranked(group) or self._beside(group) for group in map(tuple, groups)}
        ranked = [once[tuple(group)] for group in groups]
        found = [""] * len(groups)
        weak = _WEAK_PLAIN if self.reader.plain else _WEAK
        taken: set[str] = set()
        stems: set[str] = set()
        for index in sorted(range(len(groups)), key=lambda i: -_best(ranked[i])):
            label, worth = self._free(ranked[index], taken, stems)
            label = self._in_full(label, taken)
            bare = worth < weak and label.islower() and " " not in label
            label = self._given_up(label, groups[index], taken) if bare or not label else label
            found[index] = label
            taken.add(label.casefold())
            stems.update(map(stem, words(label)))
        return tuple(found)

    def _ranked(self, group: Sequence[int]) -> Weighed:
        """Return the phrases of a point with their worth, best first."""
        return weighed(self.candidates(group), group, self.reader)

    def candidates(self, group: Sequence[int]) -> list[tuple[Phrase, int]]:
        """Return the phrases of a point, each with how many of its sentences stand before."""
        found: dict[tuple[str, ...], tuple[Phrase, int]] = {}
        for order, position in enumerate(group):
            for phrase in self._phrases(position):
                if not self._banned.issuperset(phrase.folded):
                    found.setdefault(phrase.folded, (phrase, order))
        return list(found.values())

    def _phrases(self, position: int) -> Iterator[Phrase]:
        """Return the phrases of a sentence."""
        read = phrases if self._known.grammar.verbs else plain_phrases
        return read(self._document.sentences[position], self._known)

    def _beside(self, group: Sequence[int]) -> Weighed:
        """Return the phrases of the sentence before: for a point such as "We know," he said."""
        first = min(group, default=0)
        sentences = self._document.sentences
        if not first or sentences[first - 1].paragraph != sentences[first].paragraph:
            return []
        return self._ranked([first - 1])

    def _free(self, ranked: Weighed, taken: set[str], stems: set[str]) -> tuple[str, float]:
        """Return the best phrase that no other point has, and its worth less what it shares."""
        best, most = "", float("-inf")
        halved, same = (_HALVED, _SAME) if self._known.grammar.verbs else (0.0, 0.0)
        others = [[*map(stem, words(label))] for label in taken]
        for worth, phrase in ranked:
            if worth <= most:
                break  # as those behind it are worth no more
            label = self._document.article.text[phrase.start : phrase.end]
            own = list(map(stem, phrase.folded))
            loss = _TAKEN * sum([one in stems for one in own]) / len(own)
            loss += halved * any(map(frozenset(own).issubset, others))
            loss += same * any(own[-1] == other[-1] for other in others if other)
            if label.casefold() not in taken and worth - loss > most:
                best, most = label, worth - loss
        return best, most

    def _given_up(self, label: str, group: Sequence[int], taken: set[str]) -> str:
        """Return what stands in for a label that says little, or for none."""
        return self._person(group, taken) or label or self._any(group, taken)

    def _person(self, group: Sequence[int], taken: set[str]) -> str:
        """Return the name of whom a point is about, where it says no more: He left."""
        names = (person.name for person in map(self._focus.__getitem__, group) if person)
        free = (n for n in names if n.casefold() not in taken and n.count(" ") < MOST)
        return next((n for n in free if not self._banned.issuperset(words(n))), "")

    def _in_full(self, label: str, taken: set[str]) -> str:
        """Return the whole name of whom a label names by the surname alone, where that is known."""
        *titles, last = label.split() or [""]
        bare = last.istitle() and self._known.roles.issuperset(map(str.lower, titles))
        person = self._names.find(label) if bare else None
        if not person or person.name.casefold() in taken or person.name.count(" ") >= MOST:
            return label
        return person.name if person.name in self._document.article.text else label

    def _any(self, group: Sequence[int], taken: set[str]) -> str:
        """Return any word of the point, or of the article, that may be a noun and is free.

        Where there is none, a word that asks is one: Why? Anything else would label nothing.
        """
        sentences = self._document.sentences
        own = [m.group() for p in group for m in WORD.finditer(sentences[p].text)]
        rest = (m.group() for s in sentences for m in WORD.finditer(s.text))
        free = (word for word in chain(own, rest) if word.casefold() not in taken)
        telling = (word for word in free if len(word) > 3 and self._is_telling(word))
        asking = (w for w in own if w.lower() in _ASKING and w.casefold() not in taken)
        return next(chain(telling, asking), "")

    def _is_telling(self, word: str) -> bool:
        """Return whether a word may be a noun, for all that is known."""
        g = self._known.grammar
        folded = word.lower().replace("’", "'")
        forms = {folded, folded.partition("'")[0]}
        return all(forms.isdisjoint(known) for known in (g.function, g.verbs, g.weak))


def _best(ranked: Weighed) -> float:
    """Return the worth of the best phrase."""
    return ranked[0][0] if ranked else float("-inf")
