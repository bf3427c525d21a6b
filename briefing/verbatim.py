"""Whether a point is its article's own words, in their order, but for what is visibly added."""

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
    folded = text.casefold()
    for added in filter(None, (point.speaker, *names, point.label)):
        if not all(word in folded for word in added.casefold().split()):
            yield f"{added!r} does not stand in the article"


def astray(words: str, span: tuple[int, int], text: str) -> str:
    """Return what is wrong with *words* that are not at *span* of *text*."""
    if words in text:
        return f"in the source, but not at {span[0]}-{span[1]}, as it says: {words!r}"
    return f"not in the source at {span[0]}-{span[1]}: {words!r}"


def stands_in(shown: str, sentences: str) -> bool:
    """Return whether what is shown is *sentences*, less what an ellipsis shows to be left out.

    White space counts as one blank. Nothing is left out within a word.

    >>> stands_in("… he resigned.", "But he resigned."), stands_in("… he left.", "So she left.")
    (True, False)
    >>> stands_in("he resigned.", "But he resigned."), stands_in("he …", "he resigned.")
    (False, True)
    """
    whole = " ".join(sentences.split())
    first, *others = [" ".join(piece.split()) for piece in shown.split(_CUT)]
    if not others:
        return first == whole
    if not whole.startswith(first) or _parts(whole, len(first)):
        return False
    at = len(first)
    for piece in others:
        at = _after(piece, whole, at)
        if at < 0:
            return False
    last = others[-1]
    return not last or (whole.endswith(last) and not _parts(whole, len(whole) - len(last)))


def _after(piece: str, whole: str, at: int) -> int:
    """Return where *piece*, of whole words, ends in *whole* behind *at*; -1 when it is not there.

    >>> _after("he", "she said he left", 0), _after("he", "she", 0)
    (11, -1)
    """
    while (at := whole.find(piece, at)) >= 0:
        end = at + len(piece)
        if not (_parts(whole, at) or _parts(whole, end)):
            return end
        at += 1
    return -1


def _parts(text: str, at: int) -> bool:
    """Return whether a cut at *at* would part a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
