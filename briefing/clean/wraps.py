"""Hard-wrapped text: find the line breaks that a narrow window made, not the writer."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

# Windows and mail programs wrap between these widths. Narrower is verse or a list, wider a
# paragraph that a writer broke.
_NARROWEST, _WIDEST = 40, 130
# Of the breaks inside paragraphs, this share must be where a word no longer fitted. Pages of the
# evaluation material wrapped by machine reach 1.0; the same pages unwrapped stay below .4.
_SHARE = 0.75
# Fewer breaks than this tell nothing.
_FEWEST = 3


def unwrap(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the span of each line break, with the spaces about it, and what should be there.

    A text is hard-wrapped when nearly each of its lines is as full as its width allows: the next
    line's first word would not have fitted. Where it would have, the break is the writer's. A
    hyphen at a line's end is the word's own unless what follows can only be a word's end. Where
    the text as a whole is of several widths, as mail is, each paragraph is judged alone.
    """
    lines = text.split("\n")
    if len(lines) <= _FEWEST:
        return
    width = _width(lines)
    widths = [width] * len(lines) if width else _widths(lines)
    if not any(widths):
        return
    place = 0
    for before, line, following, width in zip(["", *lines], lines, lines[1:], widths, strict=False):
        place += len(line) + 1
        end = place - 1 - (len(line) - len(line.rstrip()))
        start = place + _indent(following)
        if not width:
            continue
        if _is_cut(line, following):
            yield end - 1, start, ""
        elif _joins(line, following, width) or _is_headline(before, line, following):
            yield end, start, "" if _is_compound(line, following) else " "


# What ends words of several syllables and is no word itself: "depart-" "ment".
_WORD_ENDS = frozenset(
    """ment ments mental tion tions tional tionally sion sions sional ing ings tive tives sive ture
    tures tured turing cial cially tial tially tials ness nesses able ably ible ibly ence ences
    ance ances ency ancy ency ity ities ous ously tious cious ful fully ly ers ered ering ating ated
    ates ation ations ational ator ators ical ically gist gists gy ism isms ist ists ized ised izing
    ising ization isation ter ters tered tering ting tic tical tics cess cesses cessful
    ents ented enting nance nances mation rary tary tory tories sary
    ologist ologists ology dom""".split()
)
# A hyphen that stands for a word to come: "the pre- and post-war years".
_SUSPENDED = frozenset("and or to und oder bis et ou y o e en of".split())


def _is_cut(line: str, following: str) -> bool:
    """Return whether a word is cut by a hyphen that is not its own.

    >>> _is_cut("posts in the parks depart-", "ment unfilled."), _is_cut("a well-", "known man")
    (True, False)
    """
    left = line.rstrip().rpartition(" ")[2]
    word = re.match(r"[a-z]+", following.strip())
    return left.endswith("-") and left[:-1].isalpha() and word is not None and word[0] in _WORD_ENDS


def _is_compound(line: str, following: str) -> bool:
    """Return whether a line ends in the hyphen of a word that the next goes on with."""
    word = re.match(r"\w+", following.strip())
    return (
        bool(re.search(r"\w-$", line.rstrip()))
        and word is not None
        and word[0].lower() not in _SUSPENDED
    )


# A headline has more words than a section or an outlet's name.
_HEADLINE_WORDS = 5


def _is_headline(before: str, line: str, following: str) -> bool:
    """Return whether two lines in capitals are one headline, broken by sense."""
    return (
        not before.strip()
        and line.isupper()
        and following.isupper()
        and line.count(" ") + 1 >= _HEADLINE_WORDS
        and line.rstrip()[-1] not in ".!?:"
        and not following.lstrip().startswith("BY ")
    )


def _width(lines: list[str]) -> int:
    """Return the column at which the text was wrapped, 0 when it was not."""
    # A line without a space is a long address that could not be wrapped.
    width = max((len(line.rstrip()) for line in lines if " " in line.strip()), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    pairs = Counter(
        _full(line, following, width)
        for line, following in pairwise(lines)
        if following.strip() and len(line) > width / 2
    )
    enough = pairs[True] >= _FEWEST and pairs[True] >= _SHARE * pairs.total()
    return width if enough else 0


def _widths(lines: list[str]) -> list[int]:
    """Return for each line the width of its paragraph, 0 where that is not wrapped prose."""
    paragraphs = [list(group) for _, group in groupby(lines, key=lambda line: not line.strip())]
    found = [_prose_width(paragraph) for paragraph in paragraphs]
    most = max(found, default=0)
    for at, paragraph in enumerate(paragraphs):
        if most and not found[at] and _is_short_prose(paragraph, most):
            found[at] = most
    return [width for p, width in zip(paragraphs, found, strict=True) for _ in p]


# Lines of prose end this near to the width of the text: beyond it stood one longer word.
_RAGGED = 12


def _is_short_prose(paragraph: list[str], width: int) -> bool:
    """Return whether each line of a paragraph of two or three stops full, within a sentence."""
    return 2 <= len(paragraph) <= _FEWEST and all(
        width - _RAGGED <= len(line.rstrip()) <= width and _stops_within(line, following)
        for line, following in pairwise(paragraph)
    )


def _prose_width(paragraph: list[str]) -> int:
    """Return the width of a paragraph that is wrapped by its own lines alone, else 0.

    At least half of its breaks stand within a sentence: lists and verse have breaks of their own.
    """
    if len(paragraph) <= _FEWEST:
        return 0
    width = _width(paragraph)
    breaks = list(pairwise(paragraph))
    within = [_stops_within(line, following) for line, following in breaks]
    return width if width and 2 * sum(within) >= len(breaks) else 0


def _stops_within(line: str, following: str) -> bool:
    """Return whether a sentence goes on from one line to the next by its letters."""
    return line.rstrip()[-1:] not in ".!?:;" and following.strip()[:1].islower()


def _full(line: str, following: str, width: int) -> bool:
    """Return whether the next line's first word would not have fitted on *line*."""
    first = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(first) > width


def _joins(line: str, following: str, width: int) -> bool:
    """Return whether the break between two lines is the window's."""
    if not line.strip() or not following.strip():
        return False
    # One line may stick out and so be the widest: what stops within a sentence goes on as well.
    runs_on = (
        len(line) > width / 2 and line.rstrip()[-1].isalnum() and following.strip()[0].islower()
    )
    return runs_on or _full(line, following, width)


def _indent(line: str) -> int:
    """Return the number of spaces that *line* opens with."""
    return len(line) - len(line.lstrip())
