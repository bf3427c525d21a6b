"""The speaker of each quotation, carried from the words that name him to all that he says."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.model import Article, Document, Quotation, Sentence
from briefing.names import NameBook
from briefing.names.marks import Quoted
from briefing.names.roster import Reading, read_names
from briefing.quotes.cues import Cue, CueFinder

# A sentence is somebody's words when this share of it stands between quotation marks.
MOSTLY = 0.5
# A sentence of at most this many characters can be the tag of the quotation before it.
TAG = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributions:
    """Who says what in one article."""

    quotations: tuple[Quotation, ...]
    speakers: tuple[str | None, ...]
    """The speaker of each sentence. Shape: as the sentences."""


def quotations(article: Article, sentences: Sequence[Sentence]) -> tuple[Quotation, ...]:
    """Return what *article* gives as somebody's own words, in order, none overlapping.

    A quotation that goes on over several paragraphs is one for each paragraph. Words in
    quotation marks that nobody certain is named for have no speaker.

    >>> words = "“We won,” said Dr Ada Vale. “At last.”"
    >>> article = Article(ref="a", sha256="", source_text=words, text=words, language="en")
    >>> cut = [
    ...     Sentence(text=words[a:b], start=a, end=b, position=i, paragraph=0)
    ...     for i, (a, b) in enumerate([(0, 27), (28, 38)])
    ... ]
    >>> [(words[q.start : q.end], q.speaker) for q in quotations(article, cut)]
    [('“We won,”', 'Ada Vale'), ('“At last.”', 'Ada Vale')]
    """
    return _attribute(Reading(article.text, article.language, tuple(sentences))).quotations


def speaker_of(document: Document, sentence: Sentence) -> str | None:
    """Return who says *sentence*, by full name as the article gives it, None if not certain.

    Both for words between quotation marks and for what is only reported: "…, Ms Vale said".
    """
    article = document.article
    found = _attribute(Reading(article.text, article.language, document.sentences))
    return found.speakers[sentence.position]


@lru_cache(maxsize=4)
def _attribute(reading: Reading) -> Attributions:
    """Return who says what; kept for the few articles in hand, as several stages ask for it."""
    return _Speakers(read_names(reading)).attributions()


class _Speakers:
    """Carries speakers from cues to quotations, paragraph by paragraph."""

    def __init__(self, names: NameBook) -> None:
        """Find the cues of every sentence of *names*."""
        self.finder = CueFinder(names)
        self.names = names
        self.sentences = names.sentences
        self.cues = [tuple(self.finder.cues(sentence)) for sentence in self.sentences]

    def attributions(self) -> Attributions:
        """Return the quotations, and the speaker of each sentence."""
        found: list[Quotation] = []
        for quote in self.names.quoted:
            speaker, cue = self._speaker(quote, found)
            found.append(
                Quotation(
                    start=quote.start,
                    end=quote.end,
                    speaker=speaker,
                    cue=(cue.start, cue.end) if cue else None,
                )
            )
        return Attributions(
            quotations=tuple(found),
            speakers=tuple(self._sentence(s, found) for s in self.sentences),
        )

    def _touched(self, quote: Quoted) -> list[Sentence]:
        """Return the sentences that a quotation runs through."""
        return [s for s in self.sentences if s.start < quote.end and s.end > quote.start]

    def _speaker(self, quote: Quoted, found: list[Quotation]) -> tuple[str | None, Cue | None]:
        """Return who says *quote*, and the cue that says so."""
        touched = self._touched(quote)
        cues = [cue for s in touched for cue in self.cues[s.position]]
        if tag := self.finder.tag(quote.end):
            cues.append(tag)
        if not cues and touched and (lead := self.finder.introduced(quote.start, touched[0])):
            cues.append(lead)
        if not cues and touched:
            cues.extend(self._trailing(quote, touched[-1].position + 1))
        if cues:
            nearest = min(cues, key=lambda c: _distance(c, quote))
            return nearest.speaker, nearest
        return self._carried(quote, touched, found), None

    def _trailing(self, quote: Quoted, position: int) -> tuple[Cue, ...]:
        """Return the cue of a short sentence that only tags the quotation before it."""
        if position >= len(self.sentences) or self.sentences[position].start > quote.end + 2:
            return ()
        after = self.sentences[position]
        cues = self.cues[position]
        if not cues or cues[0].start > after.start + 2 or len(after.text) > TAG:
            return ()
        return cues[:1]

    def _carried(
        self, quote: Quoted, touched: list[Sentence], found: list[Quotation]
    ) -> str | None:
        """Return whose words go on in a quotation that no cue of its own attributes."""
        if not touched or not self._is_whole(quote, touched):
            return None
        if found and quote.continued:
            return found[-1].speaker
        for earlier in range(touched[0].position - 1, -1, -1):
            sentence = self.sentences[earlier]
            if sentence.paragraph < touched[0].paragraph - 1:
                break
            if speaker := self._said(sentence, found):
                return speaker
            if self.cues[earlier]:
                return None
            if sentence.paragraph < touched[0].paragraph and not self._is_in(sentence, found):
                return self._only_person(sentence.paragraph)
        return None

    def _only_person(self, paragraph: int) -> str | None:
        """Return the one person whom a paragraph that quotes nobody is about."""
        names: set[str] = set()
        for sentence in self.sentences:
            if sentence.paragraph == paragraph:
                if self.cues[sentence.position] or not self.names.trail.is_clear(sentence.position):
                    return None
                names.update(person.name for _, person in self.names.mentions(sentence.position))
        return names.pop() if len(names) == 1 else None

    def _is_whole(self, quote: Quoted, touched: list[Sentence]) -> bool:
        """Return whether a quotation leaves nothing of its sentences outside."""
        return touched[0].start >= quote.start - 1 and touched[-1].end <= quote.end + 1

    def _is_in(self, sentence: Sentence, found: list[Quotation]) -> bool:
        """Return whether a sentence lies wholly within a quotation."""
        return any(q.start <= sentence.start and sentence.end <= q.end for q in found)

    def _said(self, sentence: Sentence, found: list[Quotation]) -> str | None:
        """Return who speaks in an earlier sentence."""
        for quote in reversed(found):
            if quote.start < sentence.end and quote.end > sentence.start and quote.speaker:
                return quote.speaker
        cues = self.cues[sentence.position]
        return cues[-1].speaker if cues else None

    def _sentence(self, sentence: Sentence, found: list[Quotation]) -> str | None:
        """Return who says a sentence, quoted or reported."""
        inside = [q for q in found if q.start < sentence.end and q.end > sentence.start]
        if inside:
            longest = max(
                inside, key=lambda q: min(q.end, sentence.end) - max(q.start, sentence.start)
            )
            return longest.speaker
        cues = self.cues[sentence.position]
        return cues[0].speaker if cues else None


def _distance(cue: Cue, quote: Quoted) -> int:
    """Return how far a cue stands from a quotation, in characters."""
    return max(quote.start - cue.end, cue.start - quote.end, 0)
