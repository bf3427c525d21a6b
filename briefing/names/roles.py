"""What the article says a person is, in its own words, where it stands beside the name."""

import re

from briefing.names.lexicon import Lexicon
from briefing.names.runs import Run, trimmed

Span = tuple[int, int]


# What looks like a verb and is part of a role: managing director.
_ROLE_INGS = frozenset(
    "acting managing leading founding sitting visiting ruling outgoing incoming nursing housing "
    "planning marketing engineering manufacturing shipping family assembly".split()
)
# How a word ends that is a verb or an adverb, in English.
_ACTS = ("ed", "ly", "ing")
# In Russian and Ukrainian only adjectives stand before an office, and no verb in the past.
_CYRILLIC = re.compile(r"[а-яёіїєґ]")
_ADJECTIVE = re.compile(r"(?:й|ая|яя|(?<!л)[ая])$")
_ROLE_WORD = re.compile(r"[\w’'-]+")
_WORDS_BEFORE = re.compile(r"(?<![\w’'-])(?:[\w’'-]+ ){1,5}$")
_APPOSED = re.compile(
    r", ((?:an?|the|his|her|its|their) [^,;:()\n]{3,90}?|[^,;:()\n]{3,90}?)(?=[,.;(]|$)"
)


def role_span(run: Run, text: str, words: Lexicon, *, name: int) -> Span | None:
    """Return where the words stand that say who a person is: beside the name, or before it.

    Args:
        run: The name, with any title.
        text: The article's.
        words: The tables of its language.
        name: Where the name begins, behind its title.

    >>> from briefing.names.lexicon import lexicon
    >>> run = Run(start=0, end=8, sentence=0, tokens=("Ada", "Vale"), initial=True, own=False)
    >>> text = "Ada Vale, the head of the harbour board, left."
    >>> start, end = role_span(run, text, lexicon("en"), name=0)
    >>> text[start:end]
    'the head of the harbour board'
    """
    return _beside(run, text, words) or _before(run, text, words, name=name)


def _beside(run: Run, text: str, words: Lexicon) -> Span | None:
    """Return the span of an apposition: Ada Vale, the head of the board."""
    if run.own or not text.startswith(", ", run.end):
        return None
    beside = _APPOSED.match(text, run.end, run.end + 110)
    if beside is None:
        return None
    lead = [word.lower() for word in beside.group(1).split(" ")[:8]]
    told = lead[0].endswith(("ing", "ed")) or not words.speech.isdisjoint(lead)
    told = told or lead[0] in words.relative
    return None if told or words.roles.isdisjoint(lead) else beside.span(1)


def _before(run: Run, text: str, words: Lexicon, *, name: int) -> Span | None:
    """Return the span of the words before a name that give a role: ferry union chief Ada Vale."""
    start = _phrase_start(run.start, text, words, name=name)
    if start == run.start < name and trimmed(run, words) and run.tokens[1].lower() in words.titles:
        start += len(run.tokens[0]) + 1  # Neither | Speaker Ada Vale
    end = start + len(text[start:name].rstrip())
    return (start, end) if end - start > 3 and _is_role(text[start:end], words) else None


def _phrase_start(place: int, text: str, words: Lexicon, *, name: int) -> int:
    """Return where the words begin that may give a role before *place*, *place* when none do.

    Args:
        place: Where a run begins: a name, or a title and a name.
        text: The article's.
        words: The tables of its language.
        name: Where the name begins, behind its title.
    """
    chain = _chain(text, place) if _may_end_role(text, place, words) else []
    if place < name and len(chain) > 1 and chain[-1].group() == "of":
        office = chain[-2]  # Secretary of State Ada Vale, but: the ire of President Vale
        if _is_role(office.group().removesuffix("s"), words):
            return name if office.group().endswith("s") else office.start()  # Chiefs of | Staff
        return place
    if chain and chain[-1].group().lower() in words.roles:
        return _role_start(chain, words, place)
    return place


def _is_role(before: str, words: Lexicon) -> bool:
    """Return whether words before a name give a role: not "le notaire de Valmure", a place."""
    said = {word.strip(".,").lower() for word in before.split()}
    return not (said.isdisjoint(words.roles) and said.isdisjoint(words.titles))


def _may_end_role(text: str, place: int, words: Lexicon) -> bool:
    """Return whether the word before *place* may end a role: a look before a search."""
    word = text[max(0, place - 80) : max(0, place - 1)].rpartition(" ")[2]
    return not word.isalnum() or word == "of" or word.lower() in words.roles


def _chain(text: str, place: int) -> list[re.Match[str]]:
    """Return the words that stand in a row right before *place*, at most five."""
    before = _WORDS_BEFORE.search(text, max(0, place - 80), place)
    return list(_ROLE_WORD.finditer(text, before.start(), place)) if before else []


def _role_start(chain: list[re.Match[str]], words: Lexicon, start: int) -> int:
    """Return where the role begins that ends a row of words, *start* when none does.

    Behind the last word that can be no part of it: a verb, an article, "of". None behind an office
    that goes on with "of", for half of it says something else: Chief of | Staff Ada Vale.
    """
    name = start
    for place, word in reversed([*enumerate(chain)]):
        bare = word.group().lower()
        acts = bare.endswith(_ACTS) and bare not in _ROLE_INGS
        acts = acts or not (bare in words.roles or _may_qualify(bare))
        if bare == "of" and place and chain[place - 1].group().lower().rstrip("s") in words.titles:
            return name
        if acts or bare in words.ends_role:
            break
        start = word.start()
    return start


def _may_qualify(word: str) -> bool:
    """Return whether a word may stand before an office, as part of a role: new, former.

    >>> _may_qualify("новий"), _may_qualify("бывшая"), _may_qualify("ancien")
    (True, True, True)
    >>> _may_qualify("виступив"), _may_qualify("сказала")
    (False, False)
    """
    return not _CYRILLIC.search(word) or _ADJECTIVE.search(word) is not None
