"""Runs of capitalised words, with what stands around them: what names are made of."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.model import Sentence
from briefing.names.lexicon import Lexicon

_UPPER = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper() or c.istitle())
# A full stop that belongs to a title; look-behinds have to be grouped by their width.
_STOP = (
    r"\.(?:(?<=\b[MDSJG]r\.)|(?<=\b(?:Ms|Lt|St|Sr)\.)"
    r"|(?<=\b(?:Mrs|Gen|Col|Sgt|Sen|Rep|Gov|Adm|Maj|Rev)\.)"
    r"|(?<=\b(?:Prof|Capt|Supt|Insp|Pres|Brig)\.))"
)
_WORD = (
    rf"[{_UPPER}](?<![^\W_].)(?:\.(?:-?[{_UPPER}]\.)*"
    rf"|[^\W_]*(?:[-’'](?!s\b)[^\W_]+)*(?:{_STOP})?)"
)
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|bin|ibn|ter|ten|af|zu|y)"
_RUN = re.compile(
    rf"{_WORD}(?:[ \u00a0]{{1,2}}(?:{_PARTICLE}[ \u00a0]){{0,2}}(?:(?:al|el|ad|as|ash)-)?{_WORD})*"
    r"(?P<own>['’]s\b|(?<=s)['’](?=\s))?"
)
# What makes a name the first half of an adjective.
_DESCRIBES = re.compile(
    r"-(?:born|bred|raised|educated|trained|based|led|backed|owned|run|listed|made|style|era|area)$"
)
# What stands behind a name without being part of it.
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_ARTICLE = re.compile(r"\b(?:al|el|ad|as|ash|d|l)[-’']$")


class Run(NamedTuple):
    """Capitalised words that follow one another within a sentence.

    A named tuple, as are all things of which an article makes hundreds: they are quicker made.
    """

    start: int
    """Offset in the article's text."""

    end: int
    """Offset just past the last word, without a possessive ending."""

    sentence: int
    tokens: tuple[str, ...]
    initial: bool
    """Whether a sentence or quotation begins with it."""

    own: bool
    """Whether it is a possessive: Ms Vale's."""


def runs(text: str, sentences: Sequence[Sentence]) -> Iterator[Run]:
    """Yield the runs of *sentences* in order.

    >>> words = "But Ms Ada van Vale's plan pleased Oslo."
    >>> one = Sentence(text=words, start=0, end=len(words), position=0, paragraph=0)
    >>> [run.tokens for run in runs(words, [one])]
    [('But', 'Ms', 'Ada', 'van', 'Vale'), ('Oslo',)]
    """
    for sentence in sentences:
        begins, ends, position = sentence.start, sentence.end, sentence.position
        found = [
            _run(text, match, begins, sentence=position)
            for match in _RUN.finditer(text, begins, ends)
        ]
        # Splitting is slow: only a sentence full of capitals can be a headline.
        capitals = sum([len(run.tokens) for run in found])
        if capitals < 4 or capitals * 14 < ends - begins or not is_headline(sentence.text):
            yield from found


def _run(text: str, match: re.Match[str], begins: int, *, sentence: int) -> Run:
    """Return the run that *match* found in the sentence that *begins* there."""
    start, end = match.span()
    own = match.lastindex is not None
    if own:
        end = match.start(1)
    if text[start - 1] in "-’'" and (article := _ARTICLE.search(text, start - 4, start)):
        start = article.start()  # al-Sabir, d’Oakes
    tokens = tuple(text[start:end].split())
    if len(tokens) > 1:
        start, end, tokens = _bare(text, (start, end), tokens, own=own)
    # Behind a space, as most are, only what stands near the beginning can be an opening.
    initial = start == begins or (
        (text[start - 1] != " " or start - begins < _NEAR) and _is_initial(text, begins, start)
    )
    # Without the function of the class: an article has a hundred runs.
    return _new(Run, (start, end, sentence, tokens, initial, own))


_new = tuple.__new__
# Letters before what still opens its sentence: marks of a quotation, a dash.
_NEAR = 3


def _bare(
    text: str, span: tuple[int, int], tokens: tuple[str, ...], *, own: bool
) -> tuple[int, int, tuple[str, ...]]:
    """Return start, end and words of a run without what describes it and the day behind it."""
    start, end = span
    if "-" in tokens[0] and _DESCRIBES.search(tokens[0]):
        # Finland-born Ada Vale; London-based Vale and Sons
        start, tokens = text.index(tokens[1], start + len(tokens[0])), tokens[1:]
    if len(tokens) > 2 and not own and tokens[-1] in _DAYS:
        # Governor Ada Vale Monday declared; but Ruby Tuesday, Black Friday
        end, tokens = start + len(text[start:end].rpartition(" ")[0].rstrip()), tokens[:-1]
    return start, end, tokens


def _is_initial(text: str, begins: int, start: int) -> bool:
    """Return whether a sentence that *begins* there, or a quotation, begins at *start*."""
    if start - begins < _NEAR and not text[begins:start].strip("\"'“‘«„—–(-… "):
        return True
    return text[start - 1] in '"“„«‘'


def is_headline(text: str) -> bool:
    """Return whether *text* is in title case, as a headline is; a full stop takes more words.

    >>> is_headline("Minister Quits Over Harbour Bridge"), is_headline("Ada Vale Met Martin Oakes.")
    (True, False)
    """
    longer = [word for word in text.split() if len(word) > 3]
    capitals = sum(not word[0].islower() for word in longer)
    if text.rstrip("\"'”’)").endswith("."):
        return len(longer) > 5 and capitals == len(longer)
    return len(longer) > 3 and capitals > 0.75 * len(longer)


def trimmed(run: Run, words: Lexicon) -> int:
    """Return how many tokens of *run* are capitalised only because a sentence begins."""
    if not run.initial:
        return 0
    return int(run.tokens[0].lower() in words.starters)
