"""What a line that is not body looks like, by the table `noise.txt`.

A rule speaks only where a reader would at once agree. All that is less certain is left to
`weigh`, which looks at the line's place and shape, too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from briefing.model import Role

# Longer lines than this are running text unless a rule for long lines says otherwise.
_SHORT = 220
# And beyond this it is a whole article on one line, whatever it opens with.
_LONGEST = 1500
# Marks that pages put before a label: "- Advertisement -", "► Read more".
_MARKS = "-–—[(*•#|►▶+»> "
# A label in capitals before a headline: "IN GAZA: Hope passes". In lower case it is anything.
_CAPITALS = re.compile(
    r"(?:IN|MORE|RELATED|STORY|WATCH|READ|VIDEO|PHOTOS|LIVE|ALSO)(?: [A-Z]+){0,3}: "
)

# Words that open what a page says of itself in a sentence of its own.
_OPENINGS = frozenset(
    """add additional author's be become caption chart check clarification click clockwise
    compiled consider contact content copy correction corrections cover credit diagram
    disclaimer disclosure download edit editing editor editor's editors email enter feature
    featured file fill find follow full gain get go grab graph graphic header help image
    infographic join lead learn leave listen looking main make map material media never note
    opinion opinions photo photograph photos picture pictured please post posted posts
    published publisher's reach read receive recommended refresh register related replay
    reporting republish reserve save secure securely see send share sign source stay story
    subscribe support take thank thanks tickets top update updated updates via video view views
    visit want watch we're writer's writing your""".split()
)
# Words that open any sentence: only with one of the others behind them.
_HALF_OPENINGS = frozenset(
    """a an are by don't e for have if in it just last let like more the this to we when
    you""".split()
)
_BEHIND = frozenset(
    """additional affected article can clicking column combination commentary complete content
    continue continuing copy earlier earn essay exclusive file from full further get handout
    has headline help interview is keep know latest licensing mail material may might miss
    moderate modified more on op opinion opinions original page partial piece post previous
    prior read receive regret report satellite signing site store story submitting subscribing
    the transcript undated updated us use using view views watched website welcome you
    your""".split()
)
_Found = tuple[Role, str]


def role_of(text: str) -> _Found | None:
    """Return the role of a line that a rule knows not to be body, and the rule's name.

    >>> role_of("Read more: Ferry strike enters third week")
    (<Role.READ_MORE: 'read-more'>, 'read-more')
    >>> role_of("The ferry strike entered its third week on Monday.") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    lowered = text.lower().replace("’", "'")
    short = len(text) <= _SHORT
    found = _match(lowered, short=short)
    if found or not short:
        return found
    if not lowered[0].isalnum():
        found = _match(lowered.lstrip(_MARKS) or lowered, short=True)
    if found is None and _CAPITALS.match(text):
        return Role.RELATED, "related-capitals"
    return found or _search(lowered)


def aside_of(text: str, words: Sequence[str]) -> _Found | None:
    """Return the role of a single sentence that is no body, wherever it stands, and the rule.

    What the rules for lines say of its beginning counts, too, if it may begin so by its words.

    Args:
        text: The sentence.
        words: Its words, folded.

    >>> aside_of("You can follow her on Twitter.", "you can follow her on twitter".split())
    (<Role.BIO: 'bio'>, 'on-the-web')
    >>> aside_of("We follow her to the quay.", "we follow her to the quay".split()) is None
    True
    """
    if may_open(words) and (found := role_of(text)):
        return found
    known = _aside_sections()
    if len(text) > _LONGEST or known.keys().isdisjoint(words):
        return None
    lowered = text.lower().replace("’", "'")
    sections = _searched("aside")
    for number in sorted({n for word in words if word in known for n in known[word]}):
        section, expression = sections[number]
        if expression.search(lowered):
            return section.role, section.rule
    return None


def may_open(words: Sequence[str]) -> bool:
    """Return whether a look at the first words does not rule out that a rule knows them.

    >>> may_open(["sign", "up"]), may_open(["the", "views"]), may_open(["the", "ferry"])
    (True, True, False)
    """
    if not words:
        return False
    first = words[0]
    return (
        first in _OPENINGS
        or first.isdigit()
        or (first in _HALF_OPENINGS and len(words) > 1 and words[1] in _BEHIND)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """One section of the table."""

    how: str
    role: Role
    rule: str
    hints: tuple[str, ...]
    words: frozenset[str]
    """The hints once more, to be looked up among words."""

    expressions: tuple[str, ...]


def _match(lowered: str, *, short: bool) -> _Found | None:
    """Return what the rules for a line's beginning make of it."""
    found = [
        int((match.lastgroup or "g0")[1:])
        for first in (lowered[:1], "")
        if (expression := _starting(first, short)) and (match := expression.match(lowered))
    ]
    if not found:
        return None
    section = _table()[min(found)]
    return section.role, section.rule


def _search(lowered: str) -> _Found | None:
    """Return what the rules for words within a line make of it."""
    for section, expression in _searched("within"):
        for hint in section.hints:  # any() of them takes half as long again
            if hint in lowered:
                if expression.search(lowered):
                    return section.role, section.rule
                break
    return None


@cache
def _starting(first: str, short: bool) -> re.Pattern[str] | None:
    """Return one expression of the rules whose matches begin with the letter *first*.

    With no letter, of those rules that may begin with several kinds: they are half of what
    there is to compile, so they are not repeated for each letter. One letter rules out nearly all
    of the others: that makes it ten times faster. The group is named by the section's number.
    """
    parts: list[str] = []
    for number, section in enumerate(_table()):
        if section.how in ("within", "aside") or (section.how != "long" and not short):
            continue
        fitting = [e for e in section.expressions if _fits(_openings(e), first)]
        if fitting:
            end = r"\W*$" if section.how == "whole" else ""
            parts.append(f"(?P<g{number}>(?:{'|'.join(fitting)}){end})")
    return re.compile("|".join(parts)) if parts else None


def _fits(openings: str, first: str) -> bool:
    """Return whether a rule with these first letters belongs to the expression for *first*."""
    return first in openings if first else not openings


def _openings(expression: str) -> str:
    """Return the letters that *expression* can begin with, none when they cannot be told.

    >>> _openings("share now"), _openings("(?:top|more) news"), _openings("[a-z]+")
    ('s', 'tm', '')
    """
    if expression.startswith("(?:"):
        options = _options(expression)
        return "".join(option[0] for option in options) if options else ""
    if not expression[0].isalnum() or _is_optional(expression[1:]):
        return ""
    return expression[0]


def _options(expression: str) -> list[str]:
    """Return the alternatives of the group that opens *expression*, none when one is no letter."""
    depth = 0
    options = [""]
    end = 0
    for end, letter in enumerate(expression, 1):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            break
        if letter == "|" and depth == 1:
            options.append("")
        elif end > len("(?:"):
            options[-1] += letter
    plain = all(o[:1].isalnum() and not _is_optional(o[1:]) for o in options)
    return options if plain and not _is_optional(expression[end:]) else []


def _is_optional(behind: str) -> bool:
    """Return whether what stands *behind* a letter or group lets it be absent."""
    return behind[:1] in ("?", "*", "{")


@cache
def _searched(how: str) -> tuple[tuple[_Section, re.Pattern[str]], ...]:
    """Return the sections that are searched for, each with its expression."""
    found = (section for section in _table() if section.how == how)
    return tuple((section, re.compile("|".join(section.expressions))) for section in found)


@cache
def aside_words() -> frozenset[str]:
    """Return the words one of which each sentence has that a rule for sentences could know.

    >>> "newsletter" in aside_words()
    True
    """
    return frozenset(_aside_sections())


@cache
def _aside_sections() -> dict[str, list[int]]:
    """Return which sections for sentences each of their words belongs to, in order."""
    found: dict[str, list[int]] = {}
    for number, (section, _) in enumerate(_searched("aside")):
        for word in section.words:
            found.setdefault(word, []).append(number)
    return found


@cache
def _table() -> tuple[_Section, ...]:
    """Return the sections of the table."""
    text = Path(__file__).with_name("noise.txt").read_text(encoding="utf-8")
    return tuple(_sections(text))


def _sections(text: str) -> Iterator[_Section]:
    """Yield each section of the table's text, those for long lines first."""
    pieces = re.split(r"(?m)^\[(whole|start|long|within|aside) ([\w-]+) ([\w-]+)\](.*)$", text)[1:]
    found = [
        _Section(
            how=how,
            role=Role(role),
            rule=rule,
            hints=tuple(hints.split()),
            words=frozenset(hints.split()),
            expressions=tuple(row for row in rows.splitlines() if row and not row.startswith("#")),
        )
        for how, role, rule, hints, rows in zip(*[iter(pieces)] * 5, strict=True)
    ]
    yield from sorted(found, key=lambda section: section.how != "long")
