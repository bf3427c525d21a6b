"""Segment: cut a cleaned article's body into sentences and words.

Paragraphs come first: no sentence crosses one. Within a paragraph a sentence ends after `.`, `!`,
`?` or `…`, with the closing quotation marks and brackets that follow it, where white space comes
next, unless what stands before or after says otherwise (`Mr. Vale`, `No. 5`, `"Why?" he asked`).
Scripts that put no space there (Chinese, Japanese) end at their own marks.
"""

import re
from collections import deque
from collections.abc import Iterator

from briefing.model import Article, Document, Sentence
from briefing.quotes import quotations
from briefing.words import abbreviations, starters, tokens

# Each run of marks is tried once (the lookbehind) and never given back (`++`): linear whatever
# the text. Marks of the last line need no white space after them; between a lower-case word and
# a capitalised one a single mark does not either ("the city.The mayor", as scraped pages have it).
_CLOSERS = "\"'”’»«›‹)\\]“"
_END = re.compile(
    rf"(?<![.!?…])[.!?…]++(?:[ \u00a0][.!?…]++)*+"
    rf"(?:[{_CLOSERS}]|[ \u00a0\u202f]»(?=\s|$)|\s?\[\d{{1,3}}\])*+(?=\s|$)"
    r"|(?<=[^\W\d_A-Z][^\W\d_A-Z])[.!?][\"”’]?(?!(?:Com|Net|Org)\b)(?=[“\"‘]?[A-ZА-Я][^\W\d_A-Z]{0,20}[\s,'’])"
    r"|[。！？｡।॥؟۔።፧]++[」』”’）)\"']*+"
)
_QUOTES = "\"'”’»«“"
_NEXT = re.compile(r"(\s*[\"'“‘„«»‹›(\[¿¡—–-]*\s?)(\w[\w'’]*(?:(?<=\b\w)\.)?)?")
_LAST = re.compile(r"([^\s\"'“”‘’„«»()\[\]/—–]+)[ \u00a0\u202f]?$")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")

# Languages that write "the 3rd" as "3.".
_ORDINALS = frozenset("cs da de et fi hr hu lv nb nn no pl sk sl sr".split())

_SAYS = re.compile(
    r"\s{1,20}(?:(?:[A-Z][\w'’.-]*|of|the|de|von|van|bin|al)\s+){1,4}"
    r"(?:said|says|asked|asks|added|cried|shouted|wrote|writes|told|replied|wondered)\b"
)


def segment(article: Article) -> Document:
    """Return the sentences of the body of *article*, their words, and who is quoted.

    Blocks that are not body have no sentences. Each sentence can be cut from `article.text` by
    its own offsets.
    """
    language = article.language or "en"
    sentences = tuple(_sentences(article, language))
    cut = tokens(article.text, [(s.start, s.end) for s in sentences])
    return Document(
        article=article,
        sentences=sentences,
        words=tuple(cut.sentences()),
        quotations=quotations(article, sentences),
        tokens=cut,
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


def _ends(text: str, language: str) -> Iterator[int]:
    """Yield the offset just past each sentence, the end of the text last."""
    breaks = deque(m.end() for m in _BLANK_LINE.finditer(text))
    opened = 0
    for mark in _END.finditer(text):
        while breaks and breaks[0] <= mark.start():
            opened = breaks.popleft()
            yield opened
        if _closes(text, mark, language=language, opened=opened):
            opened = mark.end()
            yield opened
    yield from breaks
    yield len(text)


def _closes(text: str, mark: re.Match[str], *, language: str, opened: int) -> bool:
    """Return whether the mark ends the sentence that began at *opened*."""
    marks = mark.group()
    if marks[0] not in ".!?…":
        return True
    follows = _NEXT.match(text, mark.end())
    after = (follows.group(2) if follows else None) or ""
    goes_on = after[:1].islower() and follows and set(follows.group(1)) & set("—–-")
    within = text[mark.start() - 1 : mark.start()] in {"[", "("} and marks[-1] in ")]"
    if goes_on or within:
        return False  # "No! — he said"; "[...]" stands for words of any place
    last = _LAST.search(text, max(opened, mark.start() - 40), mark.start())
    word = last.group(1) if last else ""
    if marks[0] in "!?":
        return _closes_loud(text, mark, language=language, around=(word, after))
    if marks[:2] in {"..", ". "} or marks[0] == "…":
        return not after[:1].islower()
    if word.isdecimal() and mark.start() - opened <= len(word) + 2 <= 4:
        return False  # "1. " opens an entry of a list
    return _closes_stop(marks, language=language, around=(word, after))


def _closes_loud(text: str, mark: re.Match[str], *, language: str, around: tuple[str, str]) -> bool:
    """Return whether `!` or `?` ends a sentence, not the name or the question in one."""
    word, after = around
    marks = mark.group()
    if marks[-1] in _QUOTES:
        return not (after[:1].islower() or _SAYS.match(text, mark.end()))
    if after[:1].islower():
        return word.islower()
    if marks == "!" and abbreviations(language).get(word.lower()) == "shout":
        return after.lower() in starters(language)
    return True


def _closes_stop(marks: str, *, language: str, around: tuple[str, str]) -> bool:
    """Return whether a full stop ends a sentence, and not an abbreviation or a number."""
    word, after = around
    kind = abbreviations(language).get(word.lower())
    initial = len(word) == 1 and word.isupper()
    if kind == "title" and not initial:
        return False
    ordinal = language in _ORDINALS and word.isdecimal() and len(word) <= 2
    dotted = initial or ordinal or (len(word) > 2 and word[-2] == ".")
    if after[:1].islower():
        # After a word that is no abbreviation: a writer careless with capitals, or a name
        # that is written small.
        whole = len(word) > 3 or not word or word.lower() in starters(language)
        return marks == "." and kind is None and not dotted and whole
    if dotted or kind == "other":
        return re.split("['’]", after.lower())[0] in starters(language)
    return kind != "number" or after[:1].isalpha()
