"""Whether a point is its article's own words, in their order, but for what is visibly added."""

import re
from collections.abc import Iterator

from briefing import brackets
from briefing.model import KeyPoint

_CUT = "…"


def wrong(point: KeyPoint) -> Iterator[str]:
    """Yield what is wrong with a point in itself: beside its sentences, and in its brackets."""
    # What a journalist has put into such brackets already may stand in the article, too.
    own = brackets.without(" ".join(s.text for s in point.sentences), point.context)
    if not stands_in(brackets.without(point.text, point.context), own):
        yield f"its words are not those of its sentences, in their order: {point.text!r}"
    shown = {name for _, name in brackets.named(point.text, point.context)}
    if point.context and shown != {*point.context.split(brackets.SEPARATOR)}:
        yield f"its context {point.context!r} is not what it shows in brackets"


def wrong_in(point: KeyPoint, text: str) -> Iterator[str]:
    """Yield what of a point does not stand where it should in the text of its article.

    Args:
        point: As it is printed.
        text: `Article.text`, in which the point's sentences have their offsets.
    """
    for sentence in point.sentences:
        if text[sentence.start : sentence.end] != sentence.text:
            yield astray(sentence.text, (sentence.start, sentence.end), text)
    names = point.context.split(brackets.SEPARATOR) if point.context else ()
    folded = " ".join(text.casefold().split())
    for added in filter(None, (point.speaker, *names, point.label)):
        words = re.escape(" ".join(added.casefold().split()))
        if not re.search(rf"(?<!\w){words}(?!\w)", folded):
            yield f"{added!r} does not stand in the article"


def astray(words: str, span: tuple[int, int], text: str) -> str:
    """Return what is wrong with *words* that are not at *span* of *text*."""
    if words in text:
        return f"in the source, but not at {span[0]}-{span[1]}, as it says: {words!r}"
    return f"not in the source at {span[0]}-{span[1]}: {words!r}"


def stands_in(shown: str, sentences: str) -> bool:
    """Return whether what is shown is *sentences*, or their end behind an ellipsis.

    White space counts as one blank. An ellipsis behind them says that the article is cut short.

    >>> stands_in("… he resigned.", "But he resigned."), stands_in("… he left.", "So she left.")
    (True, False)
    >>> stands_in("he resigned.", "But he resigned."), stands_in("He left …", "He left")
    (False, True)
    """
    whole, told = " ".join(sentences.split()), " ".join(shown.split())
    if told == whole:
        return True
    if told.endswith(_CUT) and not whole.endswith(_CUT):
        told = told.removesuffix(_CUT).rstrip()
    if not told.startswith(_CUT) or whole.startswith(_CUT):
        return bool(told) and told == whole
    rest = told.removeprefix(_CUT).lstrip()
    return bool(rest) and whole.endswith(f" {rest}")
