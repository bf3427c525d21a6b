"""What is known of an article while points are chosen: its names, its quotations, its title."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from briefing.choose.asides import asides
from briefing.choose.lean import Lean
from briefing.choose.lexis import Lexis, lexis
from briefing.model import Document, Quotation, Sentence
from briefing.names import Mention, NameBook, Person, book
from briefing.names.marks import Quoted
from briefing.summarisers.vectors import STEM
from briefing.words import count_words, stopwords, words

_ENDS = frozenset(".!?…。！？।؟")
_MARKS = "\"'“”‘’«»()[].,;:!?…"
# Words from which a quotation is somebody's speech.
_SPOKEN = 4
# Letters that have as many words, nearly always.
_OPENING = 40
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

    openings: dict[int, tuple[Lean, ...]] = field(default_factory=dict, compare=False, repr=False)
    """What leans in the opening of each sentence that was judged: alone, and with others, it is
    the same."""

    telling: dict[int, bool] = field(default_factory=dict, compare=False, repr=False)
    """Whether each sentence that was judged tells anything: asked alone and with others, too."""

    @cached_property
    def language(self) -> str:
        """The article's language; English where nobody could tell, as in `segment`."""
        return self.document.article.language or "en"

    @cached_property
    def asides(self) -> Mapping[int, str]:
        """The positions of sentences that are no body, each with the rule that says so."""
        return asides(self.document)

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
    def common(self) -> frozenset[str]:
        """The language's words that tell of nothing."""
        return stopwords(self.language)

    @cached_property
    def title_stems(self) -> frozenset[str]:
        """The stems of the title's content words."""
        return frozenset(w[:STEM] for w in self.title if w not in self.common)

    @cached_property
    def met(self) -> dict[str, int]:
        """Where each stem first stands, as an index of `Document.tokens`."""
        stems = [word[:STEM] for word in self.document.tokens.words]
        return dict(zip(reversed(stems), range(len(stems) - 1, -1, -1), strict=True))

    @cached_property
    def said_by_me(self) -> frozenset[int]:
        """The positions of sentences in which somebody says "I" outside quotation marks.

        In a report that is a post or a quotation that lost its marks, and nobody knows whose;
        none where the whole article is its writer's own story.
        """
        if self.language != "en":
            return frozenset()
        if _ME.isdisjoint(self.document.tokens.words):
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
        text = sentence.text
        free = [
            found.end()
            for found in _I.finditer(text)
            if not self.book.is_quoted(sentence.start + found.start())
        ]
        return bool(free) and not {found.end() for found in _NUMERAL.finditer(text)}.issuperset(
            free
        )

    @cached_property
    def ends_sentences(self) -> bool:
        """Whether most sentences end in a mark, as they don't in every script."""
        ends = [s.text.rstrip("\"'“”‘’«»)] ")[-1:] for s in self.document.sentences]
        return 2 * sum([end in _ENDS for end in ends]) > len(ends)

    def is_told_before(self, word: str, position: int) -> bool:
        """Return whether *word* is met before the sentence at *position*, but not in the title."""
        stem = word[:STEM]
        first = self.document.tokens.bounds[position]
        return self.met.get(stem, first) < first and stem not in self.title_stems

    def is_proper(self, word: str) -> bool:
        """Return whether *word* bears its capital within some sentence, too."""
        return word[0].isupper() and any(
            other.strip(_MARKS) == word
            for sentence in self.document.sentences
            if word in sentence.text
            for other in sentence.text.split()[1:]
            if other.startswith(word)
        )

    def has_rank(self, sentence: Sentence, start: int) -> bool:
        """Return whether a rank or office stands before the name at *start*: President Vale.

        Mr, Ms and the like tell nothing of who it is.
        """
        before = self.document.article.text[sentence.start : start].split()
        rank = before[-1].rstrip(".").lower() if before else ""
        return rank in self.book.words.titles and rank not in _COURTESY

    def quoted(self, run: tuple[Sentence, ...]) -> tuple[Quoted, ...]:
        """Return what stands between quotation marks within or beside *run*, in order."""
        first, after = self._quoted[run[0].position]
        if len(run) > 1:
            after = self._quoted[run[-1].position][1]
        return self.book.quoted[first:after]

    @cached_property
    def _quoted(self) -> list[tuple[int, int]]:
        """Of each sentence the first stretch between quotation marks, and the first behind it."""
        starts, ends = [q.start for q in self.book.quoted], [q.end for q in self.book.quoted]
        return [
            (bisect_left(ends, s.start), bisect_left(starts, s.end))
            for s in self.document.sentences
        ]

    @cached_property
    def speeches(self) -> tuple[Quotation, ...]:
        """The quotations that are somebody's speech: more than a word or two."""
        text, found = self.document.article.text, self.document.quotations
        return tuple([q for q in found if _is_spoken(text[q.start : q.end])])

    @cached_property
    def speakers(self) -> list[frozenset[str | None]]:
        """Who speaks in each sentence, None for somebody who is not certain."""
        sentences = self.document.sentences
        starts, ends = [s.start for s in sentences], [s.end for s in sentences]
        found: list[frozenset[str | None]] = [frozenset()] * len(sentences)
        for speech in self.speeches:
            for n in range(bisect_right(ends, speech.start), bisect_left(starts, speech.end)):
                found[n] = found[n] | {speech.speaker}
        return found

    @cached_property
    def mentions(self) -> Sequence[tuple[tuple[Mention, Person], ...]]:
        """Who is named in each sentence, in order."""
        return self.book.trail.spots

    def is_named_in_title(self, person: Person) -> bool:
        """Return whether the title names *person*, by surname at least."""
        return person.surname.lower() in self.title


def _is_spoken(text: str) -> bool:
    """Return whether what is quoted has the words of somebody's speech.

    >>> _is_spoken("“We lost the ferry”"), _is_spoken("“so-called”")
    (True, False)
    """
    # Counting its words takes longer than seeing that its opening has enough of them.
    opening = [piece for piece in text[:_OPENING].split() if piece[0].isalnum()]
    return len(opening) >= _SPOKEN or count_words(text) >= _SPOKEN
