"""Where the phrases of an English sentence begin and end.

A run is words that no function word, verb or mark interrupts; tables of words and endings tell.
What of a run may be a label `phrases` says.
"""

from collections.abc import Iterator
from itertools import takewhile

from briefing.label.phrases import Known
from briefing.label.whole import whole
from briefing.names.clauses import acts
from briefing.names.grammar import Grammar, Token

# What tells a verb or an adverb that stands in no table.
_VERB_ENDINGS = ("ed", "ing", "ly")
_BE = frozenset("is are was were be been being am".split())
_PARTIES = frozenset(("d-", "r-", "i-"))
# Where one of these follows, what may be noun or verb is a verb: attacks the, but cuts this year.
_OBJECT = frozenset("a an the his her its their our your my these those some any all".split())
# Letters that are words.
_WORDS = frozenset(("a", "i"))
# Auxiliaries that are names too.
_NAMES_TOO = frozenset(("may", "will"))
# Words behind which what follows depends on the word before them.
_MISLEADING = _NAMES_TOO | {"to", "not"}
# What makes "not" one of the words behind which a verb stands: did not reference.
_DO = frozenset("do does did will would can could may might must shall should".split())
_CONTRACTED = ("n't", "'d", "'ll", "'ve", "'re", "'m")
# Function words that end a phrase, where a name or an adjective stands before them.
_PERSONS = frozenset("people man men woman women".split())
# What belongs to the verb before it, where that may be a noun.
_PARTICLES = frozenset(("out", "up", "off", "away", "back", "down"))
_APART = _PARTICLES | {"aside"}
# How adjectives of nations end, behind which no verb stands: Iraqi bases that.
_NATIONAL = ("ian", "ish", "ese", "aqi", "eli", "ani", "ican")
# After one of these, what looks like a participle is a verb, though they may open a phrase.
_RELATIVE = frozenset(("that", "which", "who"))


def chunks(text: str, known: Known) -> Iterator[list[Token]]:
    """Yield runs of words of a sentence that no function word, verb or mark interrupts."""
    found = whole(text, known.grammar)
    chunk: list[Token] = []
    before = ""
    for token, breaks in zip(found, _broken(found, known.grammar), strict=True):
        if breaks:
            if chunk:
                yield _claimed(_acted(chunk, token, known), before, token)
                chunk = []
            before = token.word
        elif chunk and _parts(chunk[-1], token, known):
            yield _acted(chunk, token, known, direct=True)
            chunk = [token]
        else:
            chunk.append(token)
    if chunk:
        yield chunk


def _broken(found: list[Token], g: Grammar) -> list[bool]:
    """Return for each token whether it interrupts a phrase."""
    acting = acts(found, g)
    folded = [token.word for token in found]
    befores = _befores(found, folded, g)
    folded.append("")
    broken = [
        (word in g.bounds and not token.capital)  # as half of all are
        or token.start in acting
        or _breaks(token, before, after, g=g)
        for before, token, word, after in zip(befores, found, folded, folded[1:], strict=False)
    ]
    for place in _paired(folded, g) if "and" in folded else ():
        broken[place] = False
    for place in () if _PERSONS.isdisjoint(folded) else _persons(found, broken, g):
        broken[place] = False
    return broken


def _persons(found: list[Token], broken: list[bool], g: Grammar) -> Iterator[int]:
    """Yield where people stand whom the word before them tells apart: Muslim women, poor people."""
    for place, token in enumerate(found[1:], 1):
        last = found[place - 1]
        beside = not broken[place - 1] and last.end + 1 == token.start and not token.capital
        beside = beside and not found[place - 2].word.endswith("ly")  # the mentally | ill people
        if token.word in _PERSONS and beside and _tells_apart(last, token, g):
            yield place


def _tells_apart(last: Token, token: Token, g: Grammar) -> bool:
    """Return whether a word says which people are meant; a nation's people are just people."""
    if last.capital:
        return token.word != "people" and not (last.first and last.word in g.ruled)
    return last.word in g.adjectives


def _paired(folded: list[str], g: Grammar) -> Iterator[int]:
    """Yield where "and" makes one of the words beside it: search and rescue."""
    for place, word in enumerate(folded):
        if word == "and" and f"{folded[place - 1]}-and-{folded[place + 1]}" in g.pairs:
            yield place


def _befores(found: list[Token], folded: list[str], g: Grammar) -> list[str]:
    """Return the word before each token, but none where it would mislead.

    A "to" that brings a noun (due to), and a "may" that is a month or a name.
    """
    befores = ["", *folded]
    for place, word in enumerate(folded):
        last = befores[place]
        if last in g.acting and word.endswith("ly"):
            befores[place + 1] = last  # could finally force
        elif word in _MISLEADING:
            befores[place + 1] = _seen(found[place], last, g)
    return befores


def _seen(token: Token, last: str, g: Grammar) -> str:
    """Return what a word counts as before the next: none in due to, in May; can't in did not."""
    if token.word == "not":
        return "can't" if last in _DO else "not"
    if token.word == "to":
        return "" if last in g.to_nouns else "to"
    return "" if token.capital and not token.first else token.word


def _claimed(chunk: list[Token], before: str, following: Token) -> list[Token]:
    """Return a run without the noun of a claim, where a name behind it begins the claim.

    It was proof | Vale is under pressure: a "that" is left out.
    """
    if before not in _BE or following.word not in _BE or not chunk[-1].capital:
        return chunk
    name = [*takewhile(lambda token: token.capital, reversed(chunk))]
    return name[::-1]


def _acted(
    chunk: list[Token], following: Token, known: Known, *, direct: bool = False
) -> list[Token]:
    """Return a run without the verb that ends it: Congress reignites | a debate.

    Or one with the particle behind it: a model pump | out. What follows a name *directly* without
    a word or mark between is an object: Quorrel shows | early galaxies.
    """
    if len(chunk) < 2 or chunk[-1].capital:
        return chunk
    g, named = known.grammar, _follows_name(*chunk[-2:])
    acts = _may_act(chunk[-1].word, g) or chunk[-1].word in g.counters
    if following.word in _PARTICLES:
        is_verb = named or acts
    else:
        is_verb = named and acts and (direct or following.word in g.after_name)
    return chunk[:-1] if is_verb else chunk


def _follows_name(name: Token, last: Token) -> bool:
    """Return whether a word that may be a verb stands behind a name, but for a nation's."""
    acts = last.word.endswith("s") and not last.word.endswith("ss")
    return acts and name.capital and not name.owner and not name.word.endswith(_NATIONAL)


def _may_act(word: str, g: Grammar) -> bool:
    """Return whether a word may be a verb although a phrase may hold it."""
    return word in g.nouns_too or word in g.base_too or word in g.thirds or word in g.invariant


def _parts(last: Token, token: Token, known: Known) -> bool:
    """Return whether a run ends behind a plural: methods | ancient craftsmen used.

    And behind an owner, but for one whose name goes on: St Brannoc's Hospital. A title is alone.
    """
    if " " in last.word or " " in token.word:
        return True
    if last.owner:
        return not (last.capital and token.capital and token.word in known.organisations)
    if last.capital or last.word in known.grammar.compound_plurals:
        return False
    return last.word in _PERSONS or _is_plural(last.word)


def _is_plural(word: str) -> bool:
    """Return whether a word ends as plurals do."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "gas"))


def _breaks(token: Token, before: str, after: str, *, g: Grammar) -> bool:
    """Return whether a token is none that a noun phrase holds."""
    word = token.word
    plain = word not in g.ruled and word.isalpha() and not word.endswith(_VERB_ENDINGS)
    if plain and before != "to" and len(word) > 1:  # as half of those are that come here
        return before in g.acting and not token.capital
    return _is_out(token, before, after, g=g)


def _is_out(token: Token, before: str, after: str, *, g: Grammar) -> bool:
    """Return whether a token is none that a noun phrase holds, by its tables and ending."""
    word = token.word
    named = token.capital and not token.first
    if named and _is_part(word, after):
        return False
    if word in g.function or _is_no_noun(word):
        return not _is_kept(word, before, g, named=named)
    return _is_verb(word, before, after, named=named, g=g)


def _is_part(word: str, after: str) -> bool:
    """Return whether what is no word is part of a name: a title, a number (`whole`), vitamin D."""
    letter = len(word) < 2 and word not in _WORDS and after != "."
    return letter or " " in word or word[0].isdigit()


def _is_verb(word: str, before: str, after: str, *, named: bool, g: Grammar) -> bool:
    """Return whether a word is a verb or an adverb where it stands."""
    if word in g.nouns_too:
        return _is_verb_here(word, before, after, g=g) and not (named and before == "to")
    if named:
        return False
    if word in g.ing_nouns and _is_gerund(before, after, g):
        return True
    return _acts(word, before, g) or (before == "to" and _is_infinitive(word, after, g))


def _is_gerund(before: str, after: str, g: Grammar) -> bool:
    """Return whether a noun in -ing has an object: for spending public funds, building a pier."""
    if before.isalpha() and (before not in g.function or before in g.determiners):
        return False
    told = after in g.adjectives or after in g.weak or "-" in after[1:]
    return told or after in _OBJECT or after in _APART


def _is_kept(word: str, before: str, g: Grammar, *, named: bool) -> bool:
    """Return whether a function word is part of a phrase: People Power Party, opening hours."""
    return word in g.in_names if named else word in g.heads and before in g.ing_nouns


def _is_no_noun(word: str) -> bool:
    """Return whether a token is a mark, a letter, a number, a contraction or a party: D-Del."""
    return (
        len(word) < 2 or not word[0].isalpha() or word.endswith(_CONTRACTED) or word[:2] in _PARTIES
    )


def _is_verb_here(word: str, before: str, after: str, *, g: Grammar) -> bool:
    """Return whether what may be noun or verb is a verb between the words beside it."""
    if word in g.telling and before.removesuffix("s") in g.tellers:
        return True
    if before in g.before_verb:
        return before != "to" or _is_infinitive(word, after, g)
    return after in _OBJECT and before not in g.function and not _opens(before, g)


def _is_infinitive(word: str, after: str, g: Grammar) -> bool:
    """Return whether a word behind "to" is a verb: to fix it, to be taken, to sway voters."""
    if after in g.function or word in g.bases:
        return True
    plural = word.endswith("s") and not word.endswith("ss")
    return word in g.nouns_too and not plural and word not in g.mass


def _acts(word: str, before: str, g: Grammar) -> bool:
    """Return whether a word is a verb or adverb, rather than what opens a phrase."""
    if word in g.ing_nouns:
        return before in _BE
    if word in g.verbs or (word.endswith("ed") and len(word) > 4):
        opened = _opens(before, g) and before not in _RELATIVE
        return not opened or not word.endswith(("ed", "en"))
    if word.endswith("ing") and len(word) > 5:
        return not _opens(before, g)
    return word.endswith("ly") and word not in g.ly_nouns


def _opens(before: str, g: Grammar) -> bool:
    """Return whether a word opens a phrase, so that what follows is part of it."""
    return before in g.determiners or before in g.weak
