"""The words of a sentence, with what is part of a name taken whole.

A saint's town (St. Brannoc), a number behind a name (Series 9), an ordinal before one (9th Circuit)
a day that has a name (Super Tuesday) and a title in quotation marks ("Tide and Tackle") are names
in which a mark, a number, a day or a small word would else be the end of a phrase.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from briefing.names.grammar import Grammar, Token, tokens

# The most words a title has that is a label; of a longer one no part is shown.
_MOST = 4

# The most digits a name has at its end: years and sums have more.
_DIGITS = 2

# What a number counts although no phrase holds it.
_COUNTED = frozenset(
    "days weeks months years hours minutes people men women times percent per million billion "
    "trillion hundred thousand dozen degrees am pm a.m p.m gmt day year week month points".split()
)

# Saint, mount and fort before a place, written short.
_SHORT = frozenset(("st", "mt", "ft"))
_QUOTED = re.compile(r"[“\"]([A-Z0-9][^“”\"]*?)[,.]?[”\"]")
# What joins two names to one, and how a sentence shows that there may be such.
_GLUES = frozenset("/-")
_GLUE = re.compile(r"[\w.][/-][A-Z]")
# The number of what a list has.
_LISTED = re.compile(r"^\d{1,3}\. ")
# Initials of the name before them.
_INITIALS = re.compile(r"\(([A-Z]{2,6})\)")
# Words that a title writes small.
_SMALL = frozenset("a an and as at by for from in of on or the to with & vs".split())
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
# Days that have a name.
_DAY = re.compile(
    r"\b(?:Super|Black|Good|Ash|Cyber|Palm|Bloody|Easter|Giving|Shrove|Maundy|Holy) "
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
# What goes by a number, whatever follows: the Phase 1 agreement.
_NUMBERED = frozenset("phase stage article section title proposition resolution flight".split())
# What shows that a sentence may have something of the kind.
_MAY = re.compile(
    rf"[\d“\"/(-]| (?:On|In|For|And|Of|At|By|To|With|From) [A-Z]|t\. |^United |{_DAY.pattern}"
)


def whole(text: str, grammar: Grammar) -> list[Token]:
    """Return the words and marks of a sentence, names whole.

    A quoted title is one token, its words with spaces between them; a title too long for a label is
    a mark. A number that belongs to a name bears a capital.

    >>> from briefing.names.grammar import grammar
    >>> [t.word for t in whole("The Halm 2 is sold in St. Brannoc.", grammar("en"))]
    ['the', 'halm', '2', 'is', 'sold', 'in', 'st', 'brannoc', '.']
    >>> [t.word for t in whole('She left "Tide and Tackle" in May.', grammar("en"))]
    ['she', 'left', '"', 'tide and tackle', '"', 'in', 'may', '.']
    """
    found = tokens(text)
    if not _MAY.search(text):
        return found  # as most sentences
    found = list(_glued(found, text))
    titles = [*_named(found, text)]
    if titles:
        apart = [t for t in found if not any(a <= t.start < b for a, b, _ in titles)]
        found = sorted([*apart, *(_title(*title) for title in titles)])
    _set_first(found, text)
    found = list(_saints(found, text))
    for place in _numbers(found, text, grammar):
        found[place] = found[place]._replace(capital=True, first=False)
    return found


def _set_first(found: list[Token], text: str) -> None:
    """Set which of the first words bears a capital only as it begins the sentence."""
    if text.startswith("United "):
        found[0] = found[0]._replace(first=False)  # United States
    if _LISTED.match(text) and len(found) > 2:
        found[2] = found[2]._replace(first=True)  # 2. Think of the harbour


def _named(found: list[Token], text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where names of several words stand that are one, and what they are."""
    yield from _titles(text)
    yield from _spelt(found, text)
    yield from _opened(found, text)
    for day in _DAY.finditer(text):
        yield *day.span(), day.group()


def _glued(found: list[Token], text: str) -> Iterator[Token]:
    """Yield tokens, two names that a stroke or hyphen glues as one: Halm/Vale, U.S.-Chinese."""
    if not _GLUE.search(text):
        yield from found
        return
    last, *rest = found
    for token in rest:
        if _is_glued(last, token, text):
            last = last._replace(end=token.end, word=last.word + token.word, owner=token.owner)
        else:
            yield last
            last = token
    yield last


def _is_glued(last: Token, token: Token, text: str) -> bool:
    """Return whether a token goes on with the name before it, at a stroke or hyphen."""
    if not last.capital or last.end != token.start:
        return False
    return token.word in _GLUES or (token.capital and text[last.end - 1] in _GLUES)


def _opened(found: list[Token], text: str) -> Iterator[tuple[int, int, str]]:
    """Yield names that a small word with a capital goes through, if short: Life On Air."""
    for place, token in enumerate(found):
        if token.word not in _SMALL or not text[token.start].isupper() or token.first:
            continue
        left = [*takewhile(_is_name, found[:place][::-1])]
        right = [*takewhile(lambda t: t.capital, found[place + 1 :])]
        if left and right and len(left) + len(right) < _MOST:
            start, end = left[-1].start, right[-1].end
            if not text.startswith(" and ", end):  # Council For Trade | and Work
                yield start, end, text[start:end]


def _is_name(token: Token) -> bool:
    """Return whether a word bears a capital that says something."""
    return token.capital and not token.first


def _spelt(found: list[Token], text: str) -> Iterator[tuple[int, int, str]]:
    """Yield names of which the initials follow in brackets, where "and" or "for" is in them.

    Of Immigration and Customs Enforcement (ICE) no half is a name.
    """
    for match in _INITIALS.finditer(text):
        name = _with_initials(match[1].lower(), [t for t in found if t.end < match.start()])
        if any(not t.capital and t.word not in ("of", "the") for t in name):
            start, end = name[-1].start, name[0].end
            yield start, end, text[start:end]


def _with_initials(left: str, before: list[Token]) -> list[Token]:
    """Return the words at the end of *before* that begin with some letters, the last one first."""
    name: list[Token] = []
    for token in reversed(before):
        if not left:
            break
        if token.capital and token.word[0] == left[-1]:
            left = left[:-1]
        elif token.word not in _SMALL:
            break
        name.append(token)
    return [] if left else name


def _titles(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where titles of several words stand in quotation marks, and what they are."""
    for match in _QUOTED.finditer(text):
        words = match[1].split()
        if len(words) > 1 and _is_title(words):
            yield match.start(1), match.start(1) + len(match[1]), match[1]


def _is_title(words: list[str]) -> bool:
    """Return whether words bear capitals as a title's do."""
    ends = words[0][0].isupper() and (words[-1][0].isupper() or words[-1].isdigit())
    return ends and all(not word[0].islower() or word in _SMALL for word in words)


def _title(start: int, end: int, title: str) -> Token:
    """Return a title as one token."""
    short = title.count(" ") < _MOST and "  " not in title
    word = title.lower() if short else '"'
    return Token(start, end, word, capital=short, first=False, owner=False)


def _saints(found: list[Token], text: str) -> Iterator[Token]:
    """Yield tokens, the full stop of St. Brannoc's part of the word before it."""
    if "t. " not in text:
        yield from found
        return
    skip = -1
    for place, token in enumerate(found):
        if place == skip:
            continue
        short = token.word in _SHORT and text[token.start].isupper()
        short = short and text.startswith(". ", token.end)
        if short and text[token.end + 2 : token.end + 3].isupper():
            skip = place + 1
            yield token._replace(end=token.end + 1, capital=True, first=False)
        else:
            yield token


def _numbers(found: list[Token], text: str, g: Grammar) -> Iterator[int]:
    """Yield where numbers stand that are part of a name."""
    digits = [place for place, token in enumerate(found) if token.word[0].isdigit()]
    for place in digits:
        token, last = found[place], found[place - 1] if place else None
        following = found[place + 1] if place + 1 < len(found) else None
        beside = last and text[last.end : token.start] == " "
        if (beside and last and _is_behind(token, last, following, g=g)) or _is_before(
            token, following
        ):
            yield place


def _is_behind(token: Token, last: Token, following: Token | None, *, g: Grammar) -> bool:
    """Return whether a number is the end of a name: Series 9, but not Tarnow 9 sailors drowned."""
    named = last.capital and not last.owner and last.word not in g.function
    if not named or not token.word.isdigit() or len(token.word) > _DIGITS:
        return False
    return last.word in _NUMBERED or _counts_nothing(following, g)


def _counts_nothing(following: Token | None, g: Grammar) -> bool:
    """Return whether a number counts nothing of what follows, nor is an age: (Vale 90)."""
    if following is None or not following.word[0].isalpha():
        return following is None or following.word != ")"
    return _is_bound(following, g)


def _is_bound(token: Token, g: Grammar) -> bool:
    """Return whether a word is none that a number counts."""
    return not token.capital and token.word in g.function and token.word not in _COUNTED


def _is_before(token: Token, following: Token | None) -> bool:
    """Return whether a number is an ordinal before a name: 9th Circuit."""
    named = following and following.capital and following.start == token.end + 1
    return bool(named and _ORDINAL.fullmatch(token.word))
