"""Names in [brackets]: how a point shows whom a word means, and where it does.

Before a bare surname stands what it lacks, "[Ada] Vale", as editors write; behind a pronoun or
anything else stands the whole name, "she [Ada Vale]". `KeyPoint.context` has the whole names
either way, parted by SEPARATOR. Other brackets in a point are the article's own.
"""

import re
from collections.abc import Iterable, Iterator

SEPARATOR = "; "

_BRACKET = re.compile(r"\[([^\[\]]*)\]")


def around(word: str, name: str) -> tuple[str, str]:
    """Return what to show before and behind a word that means a person.

    >>> around("Vale", "Ada Vale"), around("she", "Ada Vale")
    (('[Ada] ', ''), ('', ' [Ada Vale]'))
    """
    given = name.removesuffix(f" {word}")
    return (f"[{given}] ", "") if given != name else ("", f" [{name}]")


def joined(names: Iterable[str]) -> str | None:
    """Return names as a point's context, each once; None for none."""
    return SEPARATOR.join(dict.fromkeys(names)) or None


def named(text: str, context: str | None) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each bracket of *text* that shows a name of *context*, and that name.

    >>> [(m.group(), who) for m, who in named("[Ada] Vale [sic] left", "Ada Vale")]
    [('[Ada]', 'Ada Vale')]
    """
    names = context.split(SEPARATOR) if context else ()
    for bracket in _BRACKET.finditer(text) if names else ():
        who = next((name for name in names if _shows(text, bracket, name)), None)
        if who is not None:
            yield bracket, who


def _shows(text: str, bracket: re.Match[str], name: str) -> bool:
    """Return whether a bracket, with the surname behind it or without, shows a name."""
    inside = bracket.group(1)
    if inside == name or not inside:
        return bool(inside)
    end = bracket.end() + len(name) - len(inside)
    return f"{inside}{text[bracket.end() : end]}" == name and not text[end : end + 1].isalnum()


def without(text: str, context: str | None) -> str:
    """Return *text* without the brackets that show a name of *context*.

    >>> without("[Ada] Vale left with him [Otto Brandt].", "Ada Vale; Otto Brandt")
    'Vale left with him.'
    """
    return cut(text, [bracket for bracket, _ in named(text, context)])


def cut(text: str, brackets: Iterable[re.Match[str]]) -> str:
    """Return *text* without some of its *brackets*, in order, each with the blank set beside it.

    One that is not set as `around` sets it stays: without it two halves would be a word.
    """
    left, done = "", 0
    for bracket in brackets:
        before, behind = left + text[done : bracket.start()], text[bracket.end() :]
        if behind[:1].isspace() and not before[-1:].isalnum():
            left, done = before, bracket.end() + 1  # [Ada] Vale, she [Ada Vale] left
        elif before[-1:].isspace() and not _is_glued(before[:-1], behind):
            left, done = before[:-1], bracket.end()  # to her [Ada Vale].
    return left + text[done:]


def _is_glued(before: str, behind: str) -> bool:
    """Return whether what stands *before* and *behind* would be one word or number."""
    mark = behind[:1].isalnum() or behind[1:2].isalnum()
    return before[-1:].isalnum() and mark
