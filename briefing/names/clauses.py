"""Which words of a sentence are verbs although they could be nouns: the town run to the pier."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from briefing.names.grammar import Grammar, Token

# Plurals without an ending.
_PLURALS = frozenset("children people men women police crowds cattle fishermen".split())
# What begins a clause of its own.
_SUBORDINATE = frozenset(
    "that which who whom whose when while where because if as although though whether".split()
)
_TOLD = frozenset(("told", "tells", "tell"))
_BE = frozenset("be been being is are was were get gets got".split())
_SHORTENED = frozenset(
    "rep sen gov dr prof gen col lt capt sgt maj cmdr adm cpl rev insp det supt".split()
)
# Without one of these or a verb that is its own participle, `_no_nouns` finds nothing.
_SIGNS = _TOLD | _SHORTENED | {"than"}
_FINITE = frozenset(
    "is are was were be been has have had do does did will would can could may might must should "
    "cannot isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't".split()
)


def acts(words: Sequence[Token], known: Grammar) -> frozenset[int]:
    """Return where the verbs stand that could be nouns, as offsets in the sentence.

    One in a clause at most, and only where the clause has no other verb: a word behind a noun,
    followed as verbs are, in a form that its subject may have.

    >>> from briefing.names.grammar import grammar, tokens
    >>> sorted(acts(tokens("Boys in the town run to the pier."), grammar("en")))
    [17]
    >>> sorted(acts(tokens("The town run to the pier was won by boys."), grammar("en")))
    []
    """
    if not known.base_too:
        return frozenset()
    found: set[int] = set()
    # Most sentences have no word that could be either, and no sign: asking so first takes a
    # third of the time.
    distinct = {token.word for token in words}
    if not (known.unsure.isdisjoint(distinct) and known.invariant.isdisjoint(distinct)):
        verbs = (_verb(clause, known) for clause in _clauses(words))
        found.update(token.start for token in verbs if token)
    if not (_SIGNS.isdisjoint(distinct) and known.invariant.isdisjoint(distinct)):
        found.update(token.start for token in _no_nouns(words, known))
    return frozenset(found)


def _no_nouns(words: Sequence[Token], known: Grammar) -> Iterator[Token]:
    """Yield what the word beside it shows to be no noun of a phrase.

    Participles (will be cut), comparatives (stranger than), titles cut short (Rep. Vale) and
    those who are told something (told the BBC meetings were held).
    """
    told = False
    folded = ["", *(token.word for token in words), ""]
    for place, (last, token, following) in enumerate(zip(folded, words, folded[2:], strict=False)):
        told = token.capital and (told or last in _TOLD)
        is_told = told and _ends_name(words[place + 1 : place + 2], known)
        if is_told or _is_no_noun(last, token, following, known=known):
            yield token


def _ends_name(following: Sequence[Token], known: Grammar) -> bool:
    """Return whether the one word that follows, if any, is a noun behind a name, no part of it."""
    plain = [t.word for t in following if t.word.isalpha() and not t.capital]
    return bool(plain) and known.function.isdisjoint(plain)


def _is_no_noun(last: str, token: Token, following: str, *, known: Grammar) -> bool:
    """Return whether the word before or behind one shows that it is no noun."""
    if following == "than" and token.word.endswith("er"):
        return True
    if following == "." and token.capital and token.word in _SHORTENED:
        return True
    return last in _BE and token.word in known.invariant


def _clauses(words: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the words between marks and the words that open a clause."""
    clause: list[Token] = []
    for token in words:
        if token.word in _SUBORDINATE or not token.word[0].isalnum():
            yield clause
            clause = []
        else:
            clause.append(token)
    yield clause


def _verb(clause: Sequence[Token], known: Grammar) -> Token | None:
    """Return the word that must be the verb of a clause, None if another is or none can be."""
    if _has_verb(clause, known):
        return None
    plural = False
    for before, token, after in zip(clause, clause[1:], clause[2:], strict=False):
        plural = plural or _is_plural(before)
        goes_on = after.word in known.after_act or after.capital
        is_subject = _is_noun(before, known) and before.word not in known.verbs
        if goes_on and is_subject and _fits(token, known, plural=plural):
            return token
    return None


def _has_verb(clause: Sequence[Token], known: Grammar) -> bool:
    """Return whether a word of a clause is its verb beyond doubt; none behind "to" is."""
    pairs = zip(["", *(token.word for token in clause)], clause, strict=False)
    return any(last != "to" and _is_verb(token, known) for last, token in pairs)


def _is_noun(token: Token, known: Grammar) -> bool:
    """Return whether a word may be a noun: it is of no kind that never is."""
    return token.word not in known.function and token.word not in known.weak


def _is_verb(token: Token, known: Grammar) -> bool:
    """Return whether a word is a verb by itself."""
    word = token.word
    if word in _FINITE:
        return True
    if token.capital or (word.endswith("ed") and len(word) > 4):
        return not token.capital
    unsure = word in known.nouns_too or word in known.base_too or word in known.adjectives
    return word in known.verbs and not unsure


def _fits(token: Token, known: Grammar, *, plural: bool) -> bool:
    """Return whether a word may be a verb in the form that its subject asks for."""
    if token.capital:
        return False
    if plural:
        return token.word in known.base_too or token.word in known.invariant
    return token.word in known.invariant or token.word in known.thirds


def _is_plural(token: Token) -> bool:
    """Return whether a word looks like a plural."""
    word = token.word
    return word in _PLURALS or (word.endswith("s") and not word.endswith(("ss", "us", "is")))


# The most words of a phrase that keeps what turns its role.
_MOST = 4


def in_full(
    words: Sequence[Token], known: Grammar, *, roles: frozenset[str], people: frozenset[str]
) -> list[Token] | None:
    """Return a phrase about who once was or half is something, or the bare name if it is long.

    None for other phrases. A former harbour master must not become a harbour master.

    >>> from briefing.names.grammar import grammar, tokens
    >>> roles, people = frozenset({"minister"}), frozenset({"ada", "vale"})
    >>> for text in "the former minister", "the former harbour minister Ada Vale", "the minister":
    ...     found = in_full(tokens(text), grammar("en"), roles=roles, people=people)
    ...     print(found and [token.word for token in found])
    ['former', 'minister']
    ['ada', 'vale']
    None
    """
    if known.role_turns.isdisjoint([token.word for token in words]):
        return None  # as of nearly all phrases
    turns = (i for i, token in enumerate(words) if token.word in known.role_turns)
    whole = words[next(turns) :]
    if not any(token.word in roles or token.word in people for token in whole[1:]):
        return None
    if len(whole) <= _MOST:
        return [*whole]
    names = takewhile(lambda t: t.capital and t.word not in roles, reversed(whole))
    return [*names][::-1]
