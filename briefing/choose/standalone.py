"""Whether a sentence stands alone: would a reader who sees only it know whom and what it is about?

The words that lean on a sentence before are in one table a language, `tables/standalone-xx.json`.
A language without a table loses this knowledge and nothing else: half quotations are still
found, for they need no words.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from briefing.model import Document, Quotation, Sentence

_TABLES = Path(__file__).parents[1] / "tables"
_OPENERS = "\"“”„«»‘’'‹›([—–- \u00a0"
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_KINDS = ("pleonastic", "leaning_phrases", "elidable", "dangling", "demonstratives", "pronouns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lean:
    """A stretch of a sentence that leans on something a reader of the sentence does not see."""

    kind: str
    """half-quotation, pronoun, demonstrative, connective, phrase, fragment, or noun."""

    start: int
    """Offset in the sentence of the first character that leans."""

    end: int

    @property
    def is_elidable(self) -> bool:
        """Whether the sentence loses nothing but its link when the stretch is left out."""
        return self.kind == "connective"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What one language's table knows."""

    opening: re.Pattern[str] | None
    """Matches the phrases that a sentence may open with; the group says which kind."""

    pronouns: frozenset[str]
    persons: frozenset[str]
    """Pronouns that stand for one person."""

    nouns: frozenset[str]
    """Nouns that with an article ("the man") mostly point back."""


@cache
def table(language: str | None) -> Table:
    """Return the table of a language; an empty one where there is none.

    >>> "she" in table("en").pronouns, table("xx").pronouns
    (True, frozenset())
    """
    path = _TABLES / f"standalone-{language}.json"
    known = language is not None and language.isalpha() and path.is_file()
    raw = json.loads(path.read_text(encoding="utf-8")) if known else {}
    return Table(
        opening=_opening(raw),
        pronouns=frozenset(raw.get("pronouns", ())),
        persons=frozenset(raw.get("persons", ())),
        nouns=frozenset(raw.get("anaphoric_nouns", ())),
    )


def _opening(raw: dict[str, list[str]]) -> re.Pattern[str] | None:
    """Return one pattern for all phrases: longest first, then in the order of `_KINDS`."""
    phrases = [(phrase, kind) for kind in _KINDS for phrase in raw.get(kind, ())]
    if not phrases:
        return None
    phrases.sort(key=lambda pair: -len(pair[0]))
    by_kind = {phrase: kind for phrase, kind in reversed(phrases)}
    options = "|".join(
        f"(?P<{kind}_{n}>{re.escape(phrase)})"
        for n, (phrase, kind) in enumerate((p, by_kind[p]) for p, _ in phrases)
    )
    return re.compile(rf"(?:{options})\b,?", re.IGNORECASE)


def leans(document: Document, sentence: Sentence) -> tuple[Lean, ...]:
    """Return what makes *sentence* lean on its neighbours, in order; none when it stands alone."""
    if half := _half_quotation(document, sentence):
        return (half,)
    return tuple(_leaning_words(sentence.text, table(document.article.language)))


def quoting(document: Document, sentence: Sentence) -> Iterator[Quotation]:
    """Yield the quotations of which *sentence* shows some words."""
    for quotation in document.quotations:
        if quotation.start < sentence.end and sentence.start < quotation.end:
            yield quotation


def _half_quotation(document: Document, sentence: Sentence) -> Lean | None:
    """Return the part of the sentence that is in a quotation whose other part it lacks."""
    for quotation in quoting(document, sentence):
        if quotation.start < sentence.start or quotation.end > sentence.end:
            start = max(quotation.start - sentence.start, 0)
            end = min(quotation.end, sentence.end) - sentence.start
            return Lean(kind="half-quotation", start=start, end=end)
    if not _is_balanced(sentence.text):
        return Lean(kind="half-quotation", start=0, end=len(sentence.text))
    return None


def _is_balanced(text: str) -> bool:
    """Return whether each double quotation mark has its partner, in order.

    >>> [_is_balanced(t) for t in ("“Yes,” he said.", "“Yes.", "yes,” he said.", 'a "b" c')]
    [True, False, False, True]
    """
    if text.count('"') % 2:
        return False
    depth = 0
    for mark in re.findall("[“”]", text):
        depth += 1 if mark == "“" else -1
        if depth not in (0, 1):
            return False
    return depth == 0


def _leaning_words(text: str, known: Table) -> Iterator[Lean]:
    """Yield the connectives, pronouns and other words that lean, from the opening on."""
    place = _skip(text, 0)
    while known.opening and (found := known.opening.match(text, place)):
        kind = (found.lastgroup or "").rpartition("_")[0]
        if kind == "pleonastic":
            return
        yield Lean(kind=_NAMES[kind], start=place, end=found.end())
        if kind != "elidable":
            return
        place = _skip(text, found.end())
    yield from _leaning_inside(text, place, known)


_NAMES = {
    "leaning_phrases": "phrase",
    "elidable": "connective",
    "dangling": "fragment",
    "demonstratives": "demonstrative",
    "pronouns": "pronoun",
}


def _skip(text: str, place: int) -> int:
    """Return the place of the first character that is neither space nor an opening mark."""
    while place < len(text) and text[place] in _OPENERS:
        place += 1
    return place


def _leaning_inside(text: str, place: int, known: Table) -> Iterator[Lean]:
    """Yield the first pronoun for a person with no name before it, and a noun that points back."""
    tokens = list(_TOKEN.finditer(text, place))
    named = False
    for n, token in enumerate(tokens):
        word = token.group().lower()
        if n and token.group()[0].isupper() and token.group() != "I":
            named = True
        if word in known.persons and not named and not _is_quoted(text, token.start()):
            yield Lean(kind="pronoun", start=token.start(), end=token.end())
            return
    if len(tokens) > 1 and tokens[0].group() == "The":
        for token in tokens[1:3]:
            if token.group().lower() in known.nouns:
                yield Lean(kind="noun", start=tokens[0].start(), end=token.end())
                return


def _is_quoted(text: str, place: int) -> bool:
    """Return whether *place* stands between an opening and a closing double mark."""
    before = text[:place]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
