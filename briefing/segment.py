"""Segment: cut a cleaned article's body into sentences and words.

Paragraphs come first: no sentence crosses one. Within a paragraph a sentence ends after `.`, `!`,
`?` or `…`, with the closing quotation marks and brackets that follow it, where white space comes
next, unless what stands before or after says otherwise (`Mr. Vale`, `No. 5`, `"Why?" he asked`).
Scripts that put no space there (Chinese, Japanese) end at their own marks.
"""

import importlib
import re
from collections.abc import Iterator

from briefing.model import Article, Document, Quotation, Sentence
from briefing.words import abbreviations, words

# Each run of marks is tried once (the lookbehind) and never given back (`++`): linear whatever
# the text. Marks of the second line need no white space after them.
_CLOSERS = "\"'”’»›)\\]“"
_END = re.compile(
    rf"(?<![.!?…])[.!?…]++[{_CLOSERS}]*+(?=\s|$)"
    r"|[。！？｡।॥؟۔።፧]++[」』”’）)\"']*+"
)
_NEXT = re.compile(r"\s*[\"'“‘„«‹(\[¿¡—–-]*\s?(\w[\w'’]*)?")
_LAST = re.compile(r"[^\s\"'“”‘’„«»()\[\]/—–]+$")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")

# Words that, with a capital, openly start an English sentence even after an abbreviation.
_STARTERS = frozenset(
    "the a an this that these those he she it they we i you his her its their our my there here "
    "in on at for from with after before when while if as since although though because but and "
    "or so yet however meanwhile what who why how where some many most several all both each no "
    "not one under by during despite according last earlier later now then".split()
)

_SAYS = re.compile(
    r"\s+(?:(?:[A-Z][\w'’.-]*|of|the|de|von|van|bin|al)\s+){1,4}"
    r"(?:said|says|asked|asks|added|cried|shouted|wrote|writes|told|replied|wondered)\b"
)


def segment(article: Article) -> Document:
    """Return the sentences of the body of *article*, their words, and who is quoted.

    Blocks that are not body have no sentences. Each sentence can be cut from `article.text` by
    its own offsets.
    """
    language = article.language or "en"
    sentences = tuple(_sentences(article, language))
    return Document(
        article=article,
        sentences=sentences,
        words=tuple(words(s.text) for s in sentences),
        quotations=_quotations(article, sentences),
    )


def spans(text: str, *, language: str = "en") -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of *text*, in order, white space at no end.

    >>> text = 'Mr. Vale left. “Why?” she asked. Nobody knew…'
    >>> [text[start:end] for start, end in spans(text)]
    ['Mr. Vale left.', '“Why?” she asked.', 'Nobody knew…']
    """
    found = []
    start = 0
    for end in _ends(text, language):
        piece = text[start:end]
        kept = piece.strip()
        if kept:
            first = start + len(piece) - len(piece.lstrip())
            found.append((first, first + len(kept)))
        start = end
    return found


def _sentences(article: Article, language: str) -> Iterator[Sentence]:
    """Yield the sentences of each paragraph of the body."""
    position = 0
    for paragraph, block in enumerate(article.body()):
        for start, end in spans(article.text[block.start : block.end], language=language):
            first, last = block.start + start, block.start + end
            yield Sentence(
                text=article.text[first:last],
                start=first,
                end=last,
                position=position,
                paragraph=paragraph,
            )
            position += 1


def _quotations(article: Article, sentences: tuple[Sentence, ...]) -> tuple[Quotation, ...]:
    """Return the quotations of the body."""
    try:
        quotes = importlib.import_module("briefing.quotes")
    except ImportError:
        return ()
    found: tuple[Quotation, ...] = quotes.quotations(article, sentences)
    return found


def _ends(text: str, language: str) -> Iterator[int]:
    """Yield the offset just past each sentence, the end of the text last."""
    kinds = abbreviations(language)
    breaks = [m.end() for m in _BLANK_LINE.finditer(text)]
    opened = 0
    for mark in _END.finditer(text):
        while breaks and breaks[0] <= mark.start():
            opened = breaks.pop(0)
            yield opened
        if _closes(text, mark, kinds=kinds, opened=opened):
            opened = mark.end()
            yield opened
    yield from breaks
    yield len(text)


def _closes(text: str, mark: re.Match[str], *, kinds: dict[str, str], opened: int) -> bool:
    """Return whether the mark ends the sentence that began at *opened*."""
    marks = mark.group()
    if marks[0] not in ".!?…":
        return True
    follows = _NEXT.match(text, mark.end())
    after = (follows.group(1) if follows else None) or ""
    if after[:1].islower():
        return False
    if marks[0] in "!?":
        return _closes_loud(text, mark, kinds=kinds, after=after)
    if marks[:2] == ".." or marks[0] == "…":
        return True
    return _closes_stop(text, mark, kinds=kinds, after=after, opened=opened)


def _closes_loud(text: str, mark: re.Match[str], *, kinds: dict[str, str], after: str) -> bool:
    """Return whether `!` or `?` ends a sentence before a word that is not lower-case."""
    marks = mark.group()
    if marks == "!":
        last = _LAST.search(text, max(0, mark.start() - 40), mark.start())
        if last and kinds.get(last.group().lower()) == "shout":
            return after.lower() in _STARTERS
    quoted = marks[-1] in "\"'”’»"
    return not (quoted and _SAYS.match(text, mark.end()))


def _closes_stop(
    text: str, mark: re.Match[str], *, kinds: dict[str, str], after: str, opened: int
) -> bool:
    """Return whether a full stop ends a sentence before a word that is not lower-case."""
    last = _LAST.search(text, max(opened, mark.start() - 40), mark.start())
    if last is None or mark.end() == len(text.rstrip()):
        return True
    word = last.group()
    if word.isdecimal() and len(word) <= 2 and not text[opened : last.start()].strip():
        return False  # "1. " opens an entry of a list
    kind = kinds.get(word.lower())
    if kind == "title":
        return len(mark.group()) > 1 and not after
    if kind == "number":
        return not after[:1].isdigit() and bool(after)
    initials = (len(word) == 1 and word.isupper()) or (len(word) > 2 and word[-2] == ".")
    if kind == "other" or initials:
        return after.lower() in _STARTERS
    return True
