"""The name book of one article, and whom its pronouns mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.model import Article, Sentence
from briefing.names.evidence import Named, read
from briefing.names.lexicon import Lexicon, lexicon
from briefing.names.marks import Quoted, quoted
from briefing.names.persons import Mention, Person, gather
from briefing.names.runs import runs
from briefing.names.trail import Parts, Trail
from briefing.words import Tokens

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameBook:
    """Everybody an article names, and where."""

    text: str
    sentences: tuple[Sentence, ...]
    words: Lexicon
    people: tuple[Person, ...]
    named: tuple[Named, ...]
    """Every run of capitals that is not an ordinary word, in order."""

    quoted: tuple[Quoted, ...]
    """What stands between quotation marks, in order."""

    trail: Trail
    """Whom each sentence is about, for pronouns to lead back to."""

    tokens: Tokens
    """The words of the sentences."""

    def find(self, name: str) -> Person | None:
        """Return the one person whom *name* can mean: a surname, a given name, or more.

        Titles in front are ignored; None when nobody or several bear it.
        """
        wanted = {token.lower() for token in name.split()} - self.words.titles
        found = [p for p in self.people if wanted and wanted <= set(p.name.lower().split())]
        return found[0] if len(found) == 1 else None

    def mentions(self, position: int) -> tuple[tuple[Mention, Person], ...]:
        """Return who is named in the sentence at *position*, in order."""
        return self.trail.spots[position]

    def antecedent(self, position: int) -> Person | None:
        """Return whom the first pronoun of the sentence at *position* means, None if unsure.

        Only he, she, his, her and the like outside quotation marks, with nobody named before
        them in the sentence.
        """
        place = self.trail.pronoun(position)
        return self.resolve(place) if place else None

    def resolve(self, place: Span) -> Person | None:
        """Return whom the pronoun at *place* means, None when it is not certain."""
        return self.trail.resolve(place)

    def is_shared(self, named: Named) -> bool:
        """Return whether several people bear a name, so that it is not certain who is meant."""
        last = named.tokens[-1].lower()
        return sum(last in person.name.lower().split() for person in self.people) > 1

    def is_quoted(self, offset: int) -> bool:
        """Return whether *offset* stands between quotation marks."""
        return self.trail.is_quoted(offset)


def book(article: Article, sentences: Sequence[Sentence]) -> NameBook:
    """Return the name book of a cleaned article.

    >>> words = "Dr Ada Vale resigned. She was tired."
    >>> article = Article(ref="a", sha256="", source_text=words, text=words, language="en")
    >>> spans = [(0, 21), (22, 36)]
    >>> cut = [
    ...     Sentence(text=words[a:b], start=a, end=b, position=i, paragraph=0)
    ...     for i, (a, b) in enumerate(spans)
    ... ]
    >>> book(article, cut).antecedent(1).name
    'Ada Vale'
    """
    return read_names(Reading(article, sentences))


def people(article: Article, sentences: Sequence[Sentence]) -> tuple[Person, ...]:
    """Return the people of a cleaned article, in the order in which it brings them in."""
    return book(article, sentences).people


class Reading:
    """What a name book is made of; as a key it is found without hashing every sentence."""

    __slots__ = ("language", "sentences", "text", "tokens")

    def __init__(
        self, article: Article, sentences: Sequence[Sentence], tokens: Tokens | None = None
    ) -> None:
        """Take what is read of an article; *tokens*: the words of *sentences*, if cut already."""
        self.text = article.text
        self.language = article.language
        self.sentences = tuple(sentences)
        self.tokens = tokens

    def __eq__(self, other: object) -> bool:
        """Return whether the same is read; the tokens follow from the rest."""
        return isinstance(other, Reading) and (
            (self.text, self.language, self.sentences)
            == (other.text, other.language, other.sentences)
        )

    def __hash__(self) -> int:
        """Return the hash of the text, which Python keeps; equality still compares all."""
        return hash(self.text)

    def cut(self) -> Tokens:
        """Return the words of the sentences."""
        return self.tokens or Tokens(self.text, [(s.start, s.end) for s in self.sentences])


@lru_cache(maxsize=4)
def read_names(reading: Reading) -> NameBook:
    """Return the name book; kept for the few articles in hand, as several stages ask for it."""
    text, sentences = reading.text, reading.sentences
    words = lexicon(reading.language or "en")
    named = read(tuple(runs(text, sentences)), text, words)
    found = gather(named, text, words)
    marks = quoted(text, paragraphs(sentences), dashes=words.dashes)
    return NameBook(
        text=text,
        sentences=sentences,
        words=words,
        people=found,
        named=named,
        quoted=marks,
        trail=Trail(
            Parts(text=text, sentences=sentences, people=found, named=named, quoted=marks), words
        ),
        tokens=reading.cut(),
    )


def paragraphs(sentences: Sequence[Sentence]) -> list[Span]:
    """Return the spans of the paragraphs that *sentences* make up."""
    spans: list[Span] = []
    last = -1
    for sentence in sentences:
        if sentence.paragraph == last:
            spans[-1] = spans[-1][0], sentence.end
        else:
            spans.append((sentence.start, sentence.end))
            last = sentence.paragraph
    return spans
