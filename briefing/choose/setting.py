"""What is known of an article while points are chosen: its names, its quotations, its title."""

import re
from dataclasses import dataclass
from functools import cached_property

from briefing.choose.lexis import Lexis, lexis
from briefing.model import Document, Quotation, Sentence
from briefing.names import Mention, NameBook, Person, book
from briefing.names.marks import Quoted
from briefing.summarisers.vectors import STEM
from briefing.words import count_words, stopwords, words

_MARKS = "\"'“”‘’«»()[].,;:!?…"
# Words from which a quotation is somebody's speech.
_SPOKEN = 4
# Titles of everybody: they tell that it is a person, not which.
_COURTESY = frozenset(
    "mr mrs ms miss dr prof m mme mlle herr frau sr sra don doña г-н г-жа пан пані".split()
)

# The first person singular, in English; a capital before "I" makes it a numeral: World War I.
_I = re.compile(r"(?<![\w’'.-])(?:I(?:['’](?:m|ve|d|ll))?|me|my|myself)(?![\w’'.-])")
# One of these is among the folded words of each sentence that says it.
_ME = frozenset(("i", "i'm", "i've", "i'd", "i'll", "me", "my", "myself"))
_NUMERAL = re.compile(r"(?<=[^.!?] )[A-Z][a-z]+ I\b(?!['’])")
# An article is its writer's own story when so many paragraphs say "I", and this share of them.
# By judgement: posts set among a report's paragraphs are one or two.
_OWN_STORY = 3, 0.1


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One document, with what every sentence of it is read against."""

    document: Document

    @property
    def language(self) -> str:
        """The article's language; English where nobody could tell, as in `segment`."""
        return self.document.article.language or "en"

    @cached_property
    def lexis(self) -> Lexis:
        """The words of the article's language that lean."""
        return lexis(self.language)

    @cached_property
    def book(self) -> NameBook:
        """The people of the article."""
        return book(self.document.article, self.document.sentences)

    @cached_property
    def title(self) -> frozenset[str]:
        """The folded words of the title, which every reader of a point sees."""
        return frozenset(
            part
            for word in words(self.document.article.title or "")
            for part in (word, word.removesuffix("'s"))
        )

    @cached_property
    def title_stems(self) -> frozenset[str]:
        """The stems of the title's content words."""
        common = stopwords(self.language)
        return frozenset(w[:STEM] for w in self.title if w not in common)

    @cached_property
    def met(self) -> dict[str, int]:
        """Where each stem first stands: the position of its sentence."""
        first: dict[str, int] = {}
        for position, found in enumerate(self.document.words):
            for word in found:
                first.setdefault(word[:STEM], position)
        return first

    @cached_property
    def said_by_me(self) -> frozenset[int]:
        """The positions of sentences in which somebody says "I" outside quotation marks.

        In a report that is a post or a quotation that lost its marks, and nobody knows whose;
        none where the whole article is its writer's own story.
        """
        if self.language != "en":
            return frozenset()
        found = [s for s in self.document.sentences if self._says_i(s)]
        paragraphs = {sentence.paragraph for sentence in self.document.sentences}
        least, share = _OWN_STORY
        if len({s.paragraph for s in found}) >= max(least, share * len(paragraphs)):
            return frozenset()
        return frozenset(s.position for s in found)

    def _says_i(self, sentence: Sentence) -> bool:
        """Return whether the first person singular stands outside quotation marks."""
        if _ME.isdisjoint(self.document.words[sentence.position]):
            return False
        numerals = {found.end() for found in _NUMERAL.finditer(sentence.text)}
        return any(
            found.end() not in numerals and not self.book.is_quoted(sentence.start + found.start())
            for found in _I.finditer(sentence.text)
        )

    @cached_property
    def ends_sentences(self) -> bool:
        """Whether most sentences end in a mark, as they don't in every script."""
        ends = [s.text.rstrip("\"'“”‘’«»)] ")[-1:] for s in self.document.sentences]
        return 2 * sum(1 for end in ends if end in set(".!?…。！？।؟")) > len(ends)

    def is_told_before(self, word: str, position: int) -> bool:
        """Return whether *word* is met before the sentence at *position*, but not in the title."""
        stem = word[:STEM]
        return self.met.get(stem, position) < position and stem not in self.title_stems

    @cached_property
    def proper(self) -> frozenset[str]:
        """The words that bear a capital within some sentence."""
        return frozenset(
            word.strip(_MARKS)
            for sentence in self.document.sentences
            for word in sentence.text.split()[1:]
            if word[0].isupper()
        )

    def has_rank(self, sentence: Sentence, start: int) -> bool:
        """Return whether a rank or office stands before the name at *start*: President Vale.

        Mr, Ms and the like tell nothing of who it is.
        """
        before = self.document.article.text[sentence.start : start].split()
        rank = before[-1].rstrip(".").lower() if before else ""
        return rank in self.book.words.titles and rank not in _COURTESY

    @cached_property
    def quoted(self) -> dict[int, list[Quoted]]:
        """What stands between quotation marks, by paragraph."""
        found: dict[int, list[Quoted]] = {}
        for stretch in self.book.quoted:
            found.setdefault(stretch.paragraph, []).append(stretch)
        return found

    @cached_property
    def speeches(self) -> tuple[Quotation, ...]:
        """The quotations that are somebody's speech: more than a word or two."""
        text, found = self.document.article.text, self.document.quotations
        return tuple(q for q in found if count_words(text[q.start : q.end]) >= _SPOKEN)

    def quoted_share(self, run: tuple[Sentence, ...]) -> float:
        """Return the share of *run* that stands between quotation marks, in [0, 1]."""
        start, end = run[0].start, run[-1].end
        inside = sum(
            min(q.end, end) - max(q.start, start)
            for paragraph in {s.paragraph for s in run}
            for q in self.quoted.get(paragraph, ())
            if q.start < end and start < q.end
        )
        return inside / max(1, end - start)

    def mentions(self, sentence: Sentence) -> tuple[tuple[Mention, Person], ...]:
        """Return who is named in *sentence*, in order."""
        return self.book.mentions(sentence.position)

    def is_named_in_title(self, person: Person) -> bool:
        """Return whether the title names *person*, by surname at least."""
        return person.surname.lower() in self.title
