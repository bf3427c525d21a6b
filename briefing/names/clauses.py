"""Which words of a sentence are verbs although they could be nouns: the town run to the pier."""

from collections.abc import Iterator, Sequence, Set
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
    "rep reps sen sens gov govs dr prof gen col lt capt sgt maj cmdr adm cpl rev insp det "
    "supt".split()
)
# Whom pronouns name to whom something is let or done.
_OBJECTS = frozenset("me him her it us them you everyone everybody anyone anybody someone".split())
# How many words stand at most between a verb and what its object does: let the pilots | visit.
_REACH = 6
# Behind these an object begins.
_OPENING = frozenset(
    "a an the this that these those his her its our their your my some any all".split()
)
# How those who act end, in the plural: protesters, Estonians.
_ACTORS = ("ians", "icans", "ists", "ants", "ers", "ors")
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

    def has(*tables: Set[str]) -> bool:
        return not all(table.isdisjoint(distinct) for table in tables)

    if has(known.unsure, known.invariant):
        found.update(token.start for clause in _clauses(words) if (token := _verb(clause, known)))
    if has(_SIGNS, known.invariant):
        found.update(token.start for token in _no_nouns(words, known))
    if has(known.caused, known.ing_nouns):
        found.update(token.start for token in _done(words, known))
    return frozenset(found)


def _done(words: Sequence[Token], known: Grammar) -> Iterator[Token]:
    """Yield what somebody does who is seen, let or told to: saw Halm boost sales, Kurds gathering.

    Not what could be part of a longer noun: behind one thing in small letters (saw harbour demand
    rise), or before a small word (made Halm change in May).
    """
    since, urged = -_REACH, False
    for place, (before, token, after) in enumerate(_threes(words)):
        reached = 1 < place - since <= _REACH
        if _is_done(before, token, known) or (
            token.word in known.caused
            and _is_actor(before, known, urged=reached and urged, reached=reached)
            and _is_object(after, known)
        ):
            yield token
        elif token.word in known.causing or token.word in known.urging:
            since, urged = place, token.word in known.urging
        elif not token.word[0].isalnum():
            since = -_REACH


def _threes(words: Sequence[Token]) -> Iterator[tuple[Token | None, Token, Token | None]]:
    """Yield each word with the ones beside it."""
    return zip([None, *words], words, [*words[1:], None], strict=False)


def _is_done(before: Token | None, token: Token, known: Grammar) -> bool:
    """Return whether a word in -ing says what those before it do: Kurds gathering."""
    if before is None or before.owner or token.capital or token.word not in known.ing_nouns:
        return False
    return _acts_together(before, known)


def _acts_together(token: Token, known: Grammar) -> bool:
    """Return whether a word names several who act, so that no noun in -ing depends on it."""
    word = token.word
    if word in known.compound_plurals:
        return False
    return word in known.peoples or (len(word) > 5 and word.endswith(_ACTORS))


def _is_actor(token: Token | None, known: Grammar, *, urged: bool, reached: bool) -> bool:
    """Return whether a word may be the subject of a second verb, if a first has *reached* it.

    People act without a first verb, too; what is one in small letters only where it is *urged*.
    """
    if token is None or token.owner:
        return False
    if token.word in _PLURALS or not reached:
        return token.word in _PLURALS
    if token.word in _OBJECTS or (token.capital and token.word not in known.function):
        return True
    return _is_plain(token, known) and (urged or _is_plural(token))


def _is_plain(token: Token, known: Grammar) -> bool:
    """Return whether a word is a noun and can be nothing else."""
    others = token.word in known.verbs or token.word in known.adjectives
    return _is_noun(token, known) and not others


def _is_object(token: Token | None, known: Grammar) -> bool:
    """Return whether a word may open the object of a verb."""
    if token is None or not token.word[0].isalnum():
        return False
    return token.word not in known.function or token.word in _OPENING or token.capital


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
    """Return whether a word of a clause is its verb beyond doubt; none behind "to (be)" is."""
    last, before = "", ""
    for token in clause:
        if last != "to" and (before, last) != ("to", "be") and _is_verb(token, known):
            return True
        last, before = token.word, last
    return False


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
