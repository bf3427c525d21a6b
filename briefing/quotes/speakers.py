"""The speaker of each quotation, carried from the words that name him to all that he says."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from briefing.model import Article, Document, Quotation, Sentence
from briefing.names import NameBook
from briefing.names.marks import Quoted
from briefing.names.roster import Reading, read_names
from briefing.quotes.cues import Cue, CueFinder
from briefing.words import Tokens

# A sentence of at most this many characters can be the tag of the quotation before it.
TAG = 90


# What makes the words of a cue part of somebody else's sentence; a title may stand between.
_WHAT = re.compile(r"\b[Ww]hat (?:[\w.]+ ){0,4}$")
# How many sentences back, at most, a quotation without a cue looks for whose words go on.
BACK = 12


def quotations(
    article: Article, sentences: Sequence[Sentence], *, tokens: Tokens | None = None
) -> tuple[Quotation, ...]:
    """Return what *article* gives as somebody's own words, in order, none overlapping.

    A quotation that goes on over several paragraphs is one for each paragraph. Words in
    quotation marks that nobody certain is named for have no speaker.

    Args:
        article: Cleaned.
        sentences: Those of its body.
        tokens: The words of *sentences*, when they are cut already.

    >>> words = "“We won,” said Dr Ada Vale. “At last.”"
    >>> article = Article(ref="a", sha256="", source_text=words, text=words, language="en")
    >>> cut = [
    ...     Sentence(text=words[a:b], start=a, end=b, position=i, paragraph=0)
    ...     for i, (a, b) in enumerate([(0, 27), (28, 38)])
    ... ]
    >>> [(words[q.start : q.end], q.speaker) for q in quotations(article, cut)]
    [('“We won,”', 'Ada Vale'), ('“At last.”', 'Ada Vale')]
    """
    return _attribute(Reading(article, sentences, tokens)).quotations


def speaker_of(document: Document, sentence: Sentence) -> str | None:
    """Return who says *sentence*, by full name as the article gives it, None if not certain.

    Both for words between quotation marks and for what is only reported: "…, Ms Vale said".
    """
    found = _attribute(Reading(document.article, document.sentences, document.tokens))
    return found.of(sentence)


@lru_cache(maxsize=4)
def _attribute(reading: Reading) -> "_Speakers":
    """Return who says what; kept for the few articles in hand, as several stages ask for it."""
    return _Speakers(read_names(reading))


class _Speakers:
    """Carries speakers from cues to quotations, paragraph by paragraph."""

    def __init__(self, names: NameBook) -> None:
        """Give each quotation of *names* its speaker."""
        self.finder = CueFinder(names)
        self.names = names
        self.sentences = names.sentences
        self.starts = [sentence.start for sentence in names.sentences]
        self.known: dict[int, tuple[Cue, ...]] = {}
        found: list[Quotation] = []
        self.ends: list[int] = []
        for quote in names.quoted:
            found.append(self._quotation(quote, found))
            self.ends.append(quote.end)
        self.quotations = tuple(found)

    def of(self, sentence: Sentence) -> str | None:
        """Return who says a sentence, quoted or reported."""
        inside = self._inside(sentence, self.quotations)
        if inside:
            return max(inside, key=lambda q: _shared(q, sentence)).speaker
        cues = self._cues(sentence.position)
        return cues[0].speaker if cues else None

    def _cues(self, position: int) -> tuple[Cue, ...]:
        """Return the attributions of a sentence, looked for once and only when asked."""
        if position not in self.known:
            self.known[position] = tuple(self.finder.cues(self.sentences[position]))
        return self.known[position]

    def _quotation(self, quote: Quoted, found: list[Quotation]) -> Quotation:
        """Return *quote* with its speaker; *found*: the quotations before it."""
        speaker, cue = self._speaker(quote, found)
        span = (cue.start, cue.end) if cue else None
        return Quotation(start=quote.start, end=quote.end, speaker=speaker, cue=span)

    def _touched(self, quote: Quoted) -> Sequence[Sentence]:
        """Return the sentences that a quotation runs through."""
        first = max(bisect_right(self.starts, quote.start) - 1, 0)
        touched = self.sentences[first : bisect_left(self.starts, quote.end)]
        return touched[1:] if touched and touched[0].end <= quote.start else touched

    def _inside(self, sentence: Sentence, found: Sequence[Quotation]) -> Sequence[Quotation]:
        """Return the quotations of *found* that run through a sentence."""
        first = bisect_right(self.ends, sentence.start)
        last = first
        while last < len(found) and found[last].start < sentence.end:
            last += 1
        return found[first:last]

    def _speaker(self, quote: Quoted, found: list[Quotation]) -> tuple[str | None, Cue | None]:
        """Return who says *quote*, and the cue that says so."""
        touched = self._touched(quote)
        cues = self._beside(quote, touched, found) or self._around(quote, touched)
        if not cues:
            return self._carried(quote, touched, found), None
        nearest = min(cues, key=lambda c: (c.cited, self._is_next(c, quote), _distance(c, quote)))
        return nearest.speaker, nearest

    def _beside(
        self, quote: Quoted, touched: Sequence[Sentence], found: list[Quotation]
    ) -> Sequence[Cue]:
        """Return the cues of a quotation's own sentences, and the tag right behind it."""
        said = [cue for s in touched for cue in self._cues(s.position)]
        cues = [cue for cue in said if not self._is_spent(cue, quote, found)]
        tag = self.finder.tag(quote.end)
        return [*cues, tag] if tag else cues

    def _around(self, quote: Quoted, touched: Sequence[Sentence]) -> Sequence[Cue]:
        """Return the cue that introduces a quotation, or else the one that trails after it."""
        if not touched:
            return ()
        lead = self.finder.introduced(quote.start, touched[0])
        return (lead,) if lead else self._trailing(quote, touched[-1].position + 1)

    def _is_spent(self, cue: Cue, quote: Quoted, found: list[Quotation]) -> bool:
        """Return whether a cue names no more than words quoted between it and a quotation.

        Ms Vale says what Mr Oakes calls “a blunder” was “a trap”: the trap is not Mr Oakes's.
        """
        if not (found and cue.end <= found[-1].start and found[-1].end <= quote.start):
            return False
        return _WHAT.search(self.names.text, max(0, cue.start - 60), cue.start) is not None

    def _is_next(self, cue: Cue, quote: Quoted) -> bool:
        """Return whether a cue behind a quotation begins a clause of its own: while Vale said."""
        between = self.names.text[quote.end : max(cue.start, quote.end)].lower().split()
        lead = [word.strip(",") for word in between[:2]]
        return not self.names.words.conjunctions.isdisjoint(lead)

    def _trailing(self, quote: Quoted, position: int) -> tuple[Cue, ...]:
        """Return the cue of a short sentence that only tags the quotation before it.

        In the same paragraph: the next one may begin with somebody else's deed.
        """
        if position >= len(self.sentences) or self.sentences[position].start > quote.end + 2:
            return ()
        after = self.sentences[position]
        if after.paragraph != self.sentences[position - 1].paragraph:
            return ()
        cues = self._cues(position)
        if not cues or cues[0].start > after.start + 2 or len(after.text) > TAG:
            return ()
        return cues[:1]

    def _carried(
        self, quote: Quoted, touched: Sequence[Sentence], found: list[Quotation]
    ) -> str | None:
        """Return whose words go on in a quotation that no cue of its own attributes.

        From the same paragraph, or from the one before if that ends in a quotation too: words
        that are only reported, or a paragraph about somebody, don't tell whose words follow.
        """
        if not touched or not self._is_whole(quote, touched):
            return None
        if found and quote.continued:
            return found[-1].speaker
        return self._speaking(touched[0], found)

    def _speaking(self, sentence: Sentence, found: list[Quotation]) -> str | None:
        """Return who speaks, as far as is certain, when a sentence begins."""
        first = max(sentence.position - BACK, 0)
        for earlier in reversed(self.sentences[first : sentence.position]):
            if earlier.paragraph < sentence.paragraph - 1:
                break
            same = earlier.paragraph == sentence.paragraph
            if (speaker := self._said(earlier, found)) and (same or self._inside(earlier, found)):
                return speaker
            if self._cues(earlier.position) or not same:
                return None
        return None

    def _is_whole(self, quote: Quoted, touched: Sequence[Sentence]) -> bool:
        """Return whether a quotation leaves nothing of its sentences outside."""
        return touched[0].start >= quote.start - 1 and touched[-1].end <= quote.end + 1

    def _said(self, sentence: Sentence, found: list[Quotation]) -> str | None:
        """Return who speaks in an earlier sentence."""
        for quote in reversed(self._inside(sentence, found)):
            if quote.speaker:
                return quote.speaker
        cues = self._cues(sentence.position)
        return cues[-1].speaker if cues else None


def _shared(quotation: Quotation, sentence: Sentence) -> int:
    """Return how many characters a quotation and a sentence share."""
    return min(quotation.end, sentence.end) - max(quotation.start, sentence.start)


def _distance(cue: Cue, quote: Quoted) -> int:
    """Return how far a cue stands from a quotation, in characters."""
    return max(quote.start - cue.end, cue.start - quote.end, 0)
