"""Whether a sentence stands alone, for a reader who sees only the title and it.

Such a reader must know whom and what it is about. Nothing here repairs; each finding says what
leans, where, and on whom if that is certain.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest
from operator import attrgetter
from typing import NamedTuple

from briefing.choose.lean import Lean
from briefing.choose.lexis import opens
from briefing.choose.setting import Setting
from briefing.choose.statement import tells_nothing
from briefing.model import Document, Sentence
from briefing.names import Gender, Mention, Person

_OPENERS = "\"“”„«»‘’'‹›([—–- \u00a0,"
# Letters that a tag without a name takes at most ("the woman said on Monday").
_TAG = 25
# Connectives in a row that are followed ("But then, however, …").
_CHAIN = 4
# Words of a sentence in which a pronoun is looked for; a reader of one this deep knows who it is.
_DEEP = 60
# Words of a sentence in which a noun that points back is looked for ("in the letter,").
_OPENING = 4
# Characters that a role before a name may take: former secretary of state.
_ROLE = 50
# Sentences back to which a pronoun is followed when rivals are looked for; `names` follows three.
_REACH = 4
_PLACES = frozenset(("here", "there"))
_POSSESSIVE = re.compile(r"['’]s$")
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

Run = tuple[Sentence, ...]
"""Sentences of one paragraph that are shown together, in order."""


def leans(setting: Setting, run: Run) -> tuple[Lean, ...]:
    """Return what makes the sentences of *run*, shown together, lean on others, in order.

    The first sentence is judged as an opening; in the later ones only the names count, for what
    they open with leans on what is shown.
    """
    found = [*opening(setting, run[0])]
    found += _surnames(setting, run, found)
    found += _pointers(setting, run[0], found)
    found += _unfinished(setting, run)
    if setting.quoted(run):
        found += _unattributed(setting, run)
        if half := half_quotation(setting, run):
            found.append(half)
    return tuple(sorted(found, key=attrgetter("start")) if len(found) > 1 else found)


def speaker(setting: Setting, run: Run) -> str | None:
    """Return who is quoted in *run*, when it is one person and certain.

    A word or two in quotation marks are the writer's as much as anybody's, and need no speaker.
    """
    names = setting.speakers[run[0].position]
    for sentence in run[1:]:
        names = names | setting.speakers[sentence.position]
    return next(iter(names)) if len(names) == 1 else None


def is_cut_short(setting: Setting, run: Run) -> bool:
    """Return whether *run* ends where its paragraph does, in a quotation that goes on."""
    end = run[-1].end
    return any(not q.closed and q.start < end <= q.end + 1 for q in setting.quoted(run))


def opening(setting: Setting, sentence: Sentence) -> tuple[Lean, ...]:
    """Return what leans in the opening of a sentence; found once, whatever is shown with it."""
    found = setting.openings.get(sentence.position)
    if found is None:
        found = setting.openings[sentence.position] = tuple(_opening(setting, sentence))
    return found


def _opening(setting: Setting, sentence: Sentence) -> list[Lean]:
    """Return what leans in the opening of a sentence."""
    leaning: list[Lean] = []
    place = _skip(sentence.text, 0)
    for _ in range(_CHAIN):
        found = opens(setting.lexis, sentence.text, place)
        if found is None:
            break
        kind = _kind(setting, sentence, found)
        if kind == "harmless":
            place = found.end()
            break
        if kind == "pronoun":
            leaning.append(_pronoun(setting, sentence, found.span()))
        elif kind:
            leaning.append(_lean(kind, sentence, span=found.span()))
        if kind != "connective":
            return leaning
        place = _skip(sentence.text, found.end())
    inside = _inside(setting, sentence, place)
    return [*leaning, inside] if inside else leaning


def _kind(setting: Setting, sentence: Sentence, found: re.Match[str]) -> str:
    """Return what an opening phrase is, empty for nothing that leans.

    Within a quotation, "I" is its speaker and "who" its question; and a connective is more than
    one, for left out it would take the opening mark with it.
    """
    kind = (found.lastgroup or "").rpartition("_")[0]
    if setting.book.is_quoted(sentence.start + found.start()):
        return {"voice": "", "fragment": "", "connective": "phrase"}.get(kind, kind)
    return kind


def _skip(text: str, place: int) -> int:
    """Return the place of the first character that is neither space, comma nor opening mark."""
    if text[place : place + 1] not in _OPENERS:
        return place  # nearly always, and without two copies of the text
    return len(text) - len(text[place:].lstrip(_OPENERS))


def _lean(kind: str, sentence: Sentence, *, span: tuple[int, int]) -> Lean:
    """Return a finding at *span* of the sentence's text, on nobody that is certain."""
    return Lean(kind=kind, start=sentence.start + span[0], end=sentence.start + span[1])


def _pronoun(setting: Setting, sentence: Sentence, span: tuple[int, int]) -> Lean:
    """Return a pronoun with the person it means, if it means one and that is certain."""
    start, end = sentence.start + span[0], sentence.start + span[1]
    word = sentence.text[slice(*span)].lower()
    sure = word in setting.lexis.persons and not setting.book.is_quoted(start)
    sure = sure and not sentence.text.lower().startswith(setting.lexis.compared)
    who = setting.book.resolve((start, end)) if sure else None
    if who and _has_rival(setting, who, before=sentence.position):
        who = None
    return Lean(kind="pronoun", start=start, end=end, person=who)


def _has_rival(setting: Setting, who: Person, *, before: int) -> bool:
    """Return whether somebody else whom the pronoun fits is named where *who* was named last.

    One whose things are named ("Vale's boat") is no rival.
    """
    for earlier in reversed(setting.document.sentences[max(0, before - _REACH) : before]):
        named = [(m, p) for m, p in setting.mentions[earlier.position] if not m.own]
        if any(p.name == who.name for _, p in named):
            return any(p.name != who.name and _fits(p, who) for _, p in named)
    return False


def _fits(other: Person, who: Person) -> bool:
    """Return whether a pronoun that means *who* could mean *other*."""
    return Gender.UNKNOWN in (other.gender, who.gender) or other.gender is who.gender


def _inside(setting: Setting, sentence: Sentence, place: int) -> Lean | None:
    """Return the first pronoun that no name before it in the sentence explains, or a noun."""
    words = setting.document.words[sentence.position]
    if not setting.lexis.pronouns.isdisjoint(words):
        free = _free(setting, sentence, place)
        if free:
            return _pronoun(setting, sentence, free.span())
    definite = setting.lexis.definite
    if not sentence.position or definite is None or setting.lexis.articles.isdisjoint(words):
        return None
    return _pointing(setting, sentence, place) if definite.match(sentence.text, place) else None


class _Clause(NamedTuple):
    """A sentence as pronouns are read in it."""

    text: str
    tokens: list[re.Match[str]]
    """Its words, up to the pronoun in question."""

    people: dict[int, Person]
    """Who is named, by where."""


def _free(setting: Setting, sentence: Sentence, place: int) -> re.Match[str] | None:
    """Return the first pronoun from *place* on, before any name, that its sentence leaves open."""
    named = {m.start - sentence.start: person for m, person in setting.mentions[sentence.position]}
    clause = _Clause(sentence.text, [], named)
    first_name = next(iter(named), len(sentence.text))
    pronouns, tokens = setting.lexis.pronouns, clause.tokens
    for token in islice(_TOKEN.finditer(sentence.text, place), _DEEP):
        if token.start() >= first_name:
            break
        tokens.append(token)
        if token.group().lower() not in pronouns:
            continue
        if len(tokens) > 2 and setting.book.is_quoted(sentence.start + token.start()):
            continue
        if not _is_bound(setting, clause):
            return token
    return None


def _is_bound(setting: Setting, clause: _Clause) -> bool:
    """Return whether the pronoun that is the last token is explained within its own sentence.

    It is when a name follows as the subject ("As she left, Ada Vale said"), or when it stands
    deep in a clause that has nouns of its own ("the minister will quit for her party's sake"); a
    pronoun for one person needs a capital before it, too ("Oslo said she").
    """
    token, n = clause.tokens[-1], len(clause.tokens) - 1
    pronoun = token.group().lower()
    subject = clause.text.find(",", token.end()) + 2
    if n > 0 and subject > 1 and (named := _named_next(setting, clause, subject)) >= 0:
        return not _contradicts(setting, pronoun, clause.people.get(named))
    if n < 2 or (pronoun in setting.book.words.subjects and _opens_clause(setting, clause)):
        return False
    return pronoun not in setting.lexis.persons or _follows_somebody(setting, clause)


def _named_next(setting: Setting, clause: _Clause, place: int) -> int:
    """Return where a capital stands at *place*, or a person behind a role there; -1 for neither.

    "In her first speech, former harbour mayor Ada Vale said".
    """
    if clause.text[place : place + 1].isupper():
        return place
    start = next((start for start in clause.people if start > place), -1)
    role = clause.text[place:start].rstrip(" .").lower()
    words = setting.book.words
    is_role = role.rpartition(" ")[2] in words.roles | words.titles and "," not in role
    return start if 0 < start < place + _ROLE and is_role else -1


def _opens_clause(setting: Setting, clause: _Clause) -> bool:
    """Return whether the last token begins a clause, but for one that takes a name up: as for."""
    before = clause.text[: clause.tokens[-1].start()]
    fronted = before.lower().startswith(setting.lexis.fronted)
    return before.rstrip().endswith((",", "—", "–")) and not fronted


def _follows_capital(setting: Setting, clause: _Clause) -> bool:
    """Return whether a name of any kind stands before the last token."""
    first, *others = [token.group() for token in clause.tokens[:-1]]
    return any(word[0].isupper() for word in others) or setting.is_proper(first)


def _follows_somebody(setting: Setting, clause: _Clause) -> bool:
    """Return whether a name stands before the last token, or whom else it means: a man, the judge.

    A pronoun behind somebody without a name means that one, not who was named before.
    """
    if _follows_capital(setting, clause):
        return True
    words = setting.book.words
    brings_in = words.indefinite | setting.lexis.articles
    before = [token.group().lower() for token in clause.tokens[:-1]]
    for n, word in enumerate(before):
        behind = before[n + 1 : n + 4]
        if word in brings_in and not (words.humans | words.titles).isdisjoint(behind):
            return True
    return False


def _contradicts(setting: Setting, pronoun: str, person: Person | None) -> bool:
    """Return whether *pronoun* cannot mean *person*, as far as is known."""
    if person is None:
        return False
    words, gender = setting.book.words, person.gender
    return (gender is Gender.MALE and pronoun in words.female) or (
        gender is Gender.FEMALE and pronoun in words.male
    )


def _pointing(setting: Setting, sentence: Sentence, place: int) -> Lean | None:
    """Return a definite noun at the opening that points back: "the man", "in the letter,"."""
    articles = setting.lexis.articles
    tokens = list(islice(_TOKEN.finditer(sentence.text, place), _OPENING))
    words = [token.group().lower() for token in tokens]
    if words and words[0] in articles:
        return _definite(setting, sentence, tokens)
    if (
        len(words) > 3
        and words[1] in articles
        and sentence.text[tokens[2].end()] == ","
        and setting.is_told_before(words[2], sentence.position)
    ):
        return _lean("noun", sentence, span=(tokens[1].start(), tokens[2].end()))
    return None


def _definite(setting: Setting, sentence: Sentence, tokens: list[re.Match[str]]) -> Lean | None:
    """Return a noun after the article that stands first, unless it is a name or is told of whom."""
    known = setting.lexis
    for token, after in zip_longest(tokens[1:3], tokens[2:4]):
        word = _POSSESSIVE.sub("", token.group().lower())
        if after and after.group().lower() in known.complements:
            break
        is_name = token.group()[0].isupper() and not known.capital_nouns
        if word in known.nouns and word not in setting.title and not is_name:
            return _lean("noun", sentence, span=(tokens[0].start(), token.end()))
    return None


def _introduced(setting: Setting, run: Run, found: Sequence[Lean]) -> set[str]:
    """Return the names that a reader of *run* knows without more."""
    known = {lean.person.name for lean in found if lean.person}
    if said := speaker(setting, run):
        known.add(said)
    return known


def _surnames(setting: Setting, run: Run, found: Sequence[Lean]) -> list[Lean]:
    """Return the first bare surname of each person whom nothing shown introduces."""
    spots = [(sentence, spot) for sentence in run for spot in setting.mentions[sentence.position]]
    if not spots:
        return []
    met = _introduced(setting, run, found)
    bare = []
    for sentence, (mention, person) in spots:
        if person.name in met:
            continue
        met.add(person.name)
        if _is_bare(setting, sentence, (mention, person)):
            bare.append(Lean(kind="surname", start=mention.start, end=mention.end, person=person))
    return bare


def _is_bare(setting: Setting, sentence: Sentence, spot: tuple[Mention, Person]) -> bool:
    """Return whether a mention leaves its reader asking who bears the surname."""
    mention, person = spot
    if not person.full or setting.is_named_in_title(person):
        return False
    start = mention.start - sentence.start
    shown = sentence.text[start : mention.end - sentence.start]
    if person.name.split()[0] in shown.split() or setting.has_rank(sentence, mention.start):
        return False
    if sentence.text.endswith("] ", 0, start):
        return False  # a journalist has completed it
    return not setting.book.is_quoted(mention.start)


def _pointers(setting: Setting, sentence: Sentence, known: Sequence[Lean]) -> list[Lean]:
    """Return what points back from within the first sentence: "these rulings", "there".

    In a lead nothing does but the place: it stands in the dateline, which is cut off.
    """
    needed = setting.lexis.pointer_words
    if needed and needed.isdisjoint(setting.document.words[sentence.position]):
        return []
    for found in _pointer_matches(setting, sentence):
        start = sentence.start + found.start()
        if any(lean.start <= start < lean.end for lean in known):
            continue
        place = found.group().lower() in _PLACES
        if (place or sentence.position) and not setting.book.is_quoted(start):
            return [_lean("pointer", sentence, span=found.span())]
    return []


def _pointer_matches(setting: Setting, sentence: Sentence) -> Iterator[re.Match[str]]:
    """Yield the matches of the language's pointers in a sentence, in order.

    Where their words are known, they are tried at those and at the word before, no further: that
    takes a fifth of the time of a search.
    """
    pattern, needed = setting.lexis.pointers, setting.lexis.pointer_words
    if pattern is None or not needed:
        yield from pattern.finditer(sentence.text) if pattern else ()
        return
    done = 0
    for place in _pointer_places(setting.document, needed, sentence):
        found = pattern.match(sentence.text, place) if place >= done else None
        if found:
            done = found.end()
            yield found


def _pointer_places(document: Document, needed: frozenset[str], sentence: Sentence) -> list[int]:
    """Return where a pointer can begin in the text of a sentence, in order."""
    words = document.words[sentence.position]
    hits = [n for n, word in enumerate(words) if word in needed]
    places = document.tokens.places(sentence.position, count=hits[-1] + 1) if hits else []
    return [places[max(0, n)] - sentence.start for hit in hits for n in (hit - 1, hit)]


def _unfinished(setting: Setting, run: Run) -> list[Lean]:
    """Return what tells nothing: a heading, a list or a post that the cleaner let pass, a question.

    A question within quotation marks is somebody's, and may tell something.
    """
    return [
        Lean(kind="unfinished", start=sentence.start, end=sentence.end)
        for sentence in run
        if tells_nothing(setting, sentence)
    ]


def _unattributed(setting: Setting, run: Run) -> Iterator[Lean]:
    """Yield a quotation that makes up most of *run* when neither text nor tag says whose it is."""
    start, end = run[0].start, run[-1].end
    inside = sum([max(0, min(q.end, end) - max(q.start, start)) for q in setting.quoted(run)])
    share = inside / max(1, end - start)
    if share < 0.5 or speaker(setting, run):
        return
    named = any(
        not setting.book.is_quoted(m.start) for s in run for m, _ in setting.mentions[s.position]
    )
    if not named and (1 - share) * (end - start) < _TAG:
        yield Lean(kind="unattributed", start=start, end=end)


def half_quotation(setting: Setting, run: Run) -> Lean | None:
    """Return a quotation that *run* shows only one end of."""
    start, end = run[0].start, run[-1].end
    for q in setting.quoted(run):
        begins_before = q.start < start < q.end
        goes_on = q.start < end < q.end
        if begins_before or (goes_on and (q.closed or end < q.end - 1)):
            return Lean(kind="half-quotation", start=max(q.start, start), end=min(q.end, end))
    return None
