"""Whether a sentence stands alone, for a reader who sees only the title and it.

Such a reader must know whom and what it is about. Nothing here repairs; each finding says what
leans, where, and on whom if that is certain.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import NamedTuple

from briefing.choose.lexis import opens
from briefing.choose.setting import Setting
from briefing.model import Sentence
from briefing.names import Gender, Person

_OPENERS = "\"“”„«»‘’'‹›([—–- \u00a0"
_STOPS = ".!?…。！？।؟"
_ENDED = re.compile(rf"[{_STOPS}][\"'“”‘’«»)\]\s]*$")
# Letters that a tag without a name takes at most ("the woman said on Monday").
_TAG = 25
# Words below which a sentence says too little to be a point ("Nobody knows why.").
_SHORT = 5
_ADDRESS = re.compile(r"(?<!\w)[@#]\w|https?://|\bwww\.|[a-z]\.[a-z]{2,9}/\w")
# Connectives in a row that are followed ("But then, however, …").
_CHAIN = 4
# Words of a sentence in which a pronoun is looked for; a reader of one this deep knows who it is.
_DEEP = 60
# Words of a sentence in which a noun that points back is looked for ("in the letter,").
_OPENING = 4
# Sentences back to which a pronoun is followed when rivals are looked for; `names` follows three.
_REACH = 4
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

Run = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lean:
    """Something in a sentence that leans on what a reader of the sentence does not see."""

    kind: str
    """connective, surname, pronoun, noun, pointer, phrase, demonstrative, voice,
    fragment, unfinished, half-quotation, unattributed."""

    start: int
    """Offset in `Article.text`."""

    end: int
    person: Person | None = None
    """Whom it means, when that is certain."""

    @property
    def is_curable(self) -> bool:
        """Whether a bracket or an elision cures it."""
        return self.kind == "connective" or self.person is not None


def leans(setting: Setting, run: Run) -> tuple[Lean, ...]:
    """Return what makes the sentences of *run*, shown together, lean on others, in order.

    The first sentence is judged as an opening; in the later ones only the names count, for what
    they open with leans on what is shown.
    """
    found = [*_opening(setting, run[0])]
    met = _introduced(setting, run, found)
    for sentence in run:
        found.extend(_surnames(setting, sentence, met))
    found.extend(_pointers(setting, run, found))
    found.extend(_unfinished(setting, run))
    found.extend(_unattributed(setting, run))
    if half := _half_quotation(setting, run):
        found.append(half)
    return tuple(sorted(found, key=lambda lean: lean.start))


def speaker(setting: Setting, run: Run) -> str | None:
    """Return who is quoted in *run*, when it is one person and certain.

    A word or two in quotation marks are the writer's as much as anybody's, and need no speaker.
    """
    start, end = run[0].start, run[-1].end
    names = {q.speaker for q in setting.speeches if q.start < end and start < q.end}
    return names.pop() if len(names) == 1 else None


def is_cut_short(setting: Setting, run: Run) -> bool:
    """Return whether *run* ends where its paragraph does, in a quotation that goes on."""
    last = run[-1]
    return any(
        not q.closed and q.start < last.end <= q.end + 1
        for q in setting.quoted.get(last.paragraph, ())
    )


def _opening(setting: Setting, sentence: Sentence) -> Iterator[Lean]:
    """Yield what leans in the opening of a sentence."""
    place = _skip(sentence.text, 0)
    for _ in range(_CHAIN):
        found = opens(setting.lexis, sentence.text, place)
        kind = _kind(setting, sentence, found)
        if found is None or kind == "harmless":
            place = found.end() if found else place
            break
        if kind == "pronoun":
            yield _pronoun(setting, sentence, found.span())
        elif kind:
            yield _lean(kind, sentence, span=found.span())
        if kind != "connective":
            return
        place = _skip(sentence.text, found.end())
    yield from _inside(setting, sentence, place)


def _kind(setting: Setting, sentence: Sentence, found: re.Match[str] | None) -> str:
    """Return what an opening phrase is, empty for nothing that leans.

    Within a quotation, "I" is its speaker and "who" its question; and a connective is more than
    one, for left out it would take the opening mark with it.
    """
    kind = (found.lastgroup or "").rpartition("_")[0] if found else ""
    if found and setting.book.is_quoted(sentence.start + found.start()):
        return {"voice": "", "fragment": "", "connective": "phrase"}.get(kind, kind)
    return kind


def _skip(text: str, place: int) -> int:
    """Return the place of the first character that is neither space, comma nor opening mark."""
    while place < len(text) and (text[place] in _OPENERS or text[place] == ","):
        place += 1
    return place


def _lean(kind: str, sentence: Sentence, *, span: tuple[int, int]) -> Lean:
    """Return a finding at *span* of the sentence's text, on nobody that is certain."""
    return Lean(kind=kind, start=sentence.start + span[0], end=sentence.start + span[1])


def _pronoun(setting: Setting, sentence: Sentence, span: tuple[int, int]) -> Lean:
    """Return a pronoun with the person it means, if it means one and that is certain."""
    start, end = sentence.start + span[0], sentence.start + span[1]
    word = sentence.text[slice(*span)].lower()
    sure = word in setting.lexis.persons and not setting.book.is_quoted(start)
    who = setting.book.resolve((start, end)) if sure else None
    if who and _has_rival(setting, who, before=sentence.position):
        who = None
    return Lean(kind="pronoun", start=start, end=end, person=who)


def _has_rival(setting: Setting, who: Person, *, before: int) -> bool:
    """Return whether somebody else whom the pronoun fits is named where *who* was named last.

    One whose things are named ("Vale's boat") is no rival.
    """
    for earlier in reversed(setting.document.sentences[max(0, before - _REACH) : before]):
        named = [(m, p) for m, p in setting.mentions(earlier) if not m.own]
        if any(p.name == who.name for _, p in named):
            return any(p.name != who.name and _fits(p, who) for _, p in named)
    return False


def _fits(other: Person, who: Person) -> bool:
    """Return whether a pronoun that means *who* could mean *other*."""
    return Gender.UNKNOWN in (other.gender, who.gender) or other.gender is who.gender


def _inside(setting: Setting, sentence: Sentence, place: int) -> Iterator[Lean]:
    """Yield the first pronoun that no name before it in the sentence explains, or a noun."""
    tokens = _tokens(setting, sentence, place)
    named = {m.start - sentence.start: person for m, person in setting.mentions(sentence)}
    clause = _Clause(sentence.text, tokens, named)
    first_name = min(named, default=len(sentence.text))
    for n, token in enumerate(tokens):
        if token.start() >= first_name:
            break
        is_pronoun = token.group().lower() in setting.lexis.pronouns
        if not is_pronoun or (n > 1 and setting.book.is_quoted(sentence.start + token.start())):
            continue
        if not _is_bound(setting, clause, n):
            yield _pronoun(setting, sentence, token.span())
            return
    yield from _pointing(setting, sentence, tokens)


def _tokens(setting: Setting, sentence: Sentence, place: int) -> list[re.Match[str]]:
    """Return the words from *place* on in which a pronoun is looked for, four if there is none."""
    words = setting.document.words[sentence.position]
    count = _OPENING if setting.lexis.pronouns.isdisjoint(words) else _DEEP
    return list(islice(_TOKEN.finditer(sentence.text, place), count))


class _Clause(NamedTuple):
    """A sentence as pronouns are read in it."""

    text: str
    tokens: list[re.Match[str]]
    people: dict[int, Person]
    """Who is named, by where."""


def _is_bound(setting: Setting, clause: _Clause, n: int) -> bool:
    """Return whether the pronoun that is token *n* is explained within its own sentence.

    It is when a name follows as the subject ("As she left, Ada Vale said"), or when it stands
    deep in a clause that has nouns of its own ("the minister will quit for her party's sake"); a
    pronoun for one person needs a capital before it, too ("Oslo said she").
    """
    token = clause.tokens[n]
    pronoun = token.group().lower()
    subject = clause.text.find(",", token.end()) + 2
    if n > 0 and subject > 1 and clause.text[subject : subject + 1].isupper():
        return not _contradicts(setting, pronoun, clause.people.get(subject))
    opens_clause = clause.text[: token.start()].rstrip().endswith((",", "—", "–"))
    if n < 2 or (opens_clause and pronoun in setting.book.words.subjects):
        return False
    return pronoun not in setting.lexis.persons or _follows_capital(setting, clause, n)


def _follows_capital(setting: Setting, clause: _Clause, n: int) -> bool:
    """Return whether a name of any kind stands before token *n*."""
    before = [token.group() for token in clause.tokens[:n]]
    return before[0] in setting.proper or any(word[0].isupper() for word in before[1:])


def _contradicts(setting: Setting, pronoun: str, person: Person | None) -> bool:
    """Return whether *pronoun* cannot mean *person*, as far as is known."""
    if person is None:
        return False
    words, gender = setting.book.words, person.gender
    return (gender is Gender.MALE and pronoun in words.female) or (
        gender is Gender.FEMALE and pronoun in words.male
    )


def _pointing(setting: Setting, sentence: Sentence, tokens: list[re.Match[str]]) -> Iterator[Lean]:
    """Yield a definite noun at the opening that mostly points back: "the man", "in the letter,"."""
    articles = setting.lexis.articles
    words = [token.group().lower() for token in tokens[:_OPENING]]
    if words and words[0] in articles:
        yield from _definite(setting, sentence, tokens[:_OPENING])
    elif (
        len(words) > 3
        and words[1] in articles
        and sentence.text[tokens[2].end()] == ","
        and setting.is_told_before(words[2], sentence.position)
    ):
        yield _lean("noun", sentence, span=(tokens[1].start(), tokens[2].end()))


def _definite(setting: Setting, sentence: Sentence, tokens: list[re.Match[str]]) -> Iterator[Lean]:
    """Yield a noun after the article that stands first, unless it is a name or is told of whom."""
    known = setting.lexis
    for token, after in zip_longest(tokens[1:3], tokens[2:4]):
        word = token.group().lower()
        if after and after.group().lower() in known.complements:
            return
        is_name = token.group()[0].isupper() and not known.capital_nouns
        if word in known.nouns - setting.title and not is_name:
            yield _lean("noun", sentence, span=(tokens[0].start(), token.end()))
            return


def _introduced(setting: Setting, run: Run, found: list[Lean]) -> set[str]:
    """Return the names that a reader of *run* knows without more."""
    known = {lean.person.name for lean in found if lean.person}
    if said := speaker(setting, run):
        known.add(said)
    return known


def _surnames(setting: Setting, sentence: Sentence, met: set[str]) -> Iterator[Lean]:
    """Yield the first bare surname of each person whom nothing shown introduces."""
    for mention, person in setting.mentions(sentence):
        if person.name in met:
            continue
        met.add(person.name)
        shown = sentence.text[mention.start - sentence.start : mention.end - sentence.start]
        bare = person.name.split()[0] not in shown.split()
        if not bare or not person.full or setting.is_named_in_title(person):
            continue
        if setting.has_rank(sentence, mention.start):
            continue
        if not setting.book.is_quoted(mention.start):
            yield Lean(kind="surname", start=mention.start, end=mention.end, person=person)


def _pointers(setting: Setting, run: Run, known: Sequence[Lean]) -> Iterator[Lean]:
    """Yield what points back from within the first sentence: "these rulings", "there"."""
    sentence, pattern, needed = run[0], setting.lexis.pointers, setting.lexis.pointer_words
    if pattern is None or (needed and needed.isdisjoint(setting.document.words[sentence.position])):
        return
    for found in pattern.finditer(sentence.text):
        start = sentence.start + found.start()
        if any(lean.start <= start < lean.end for lean in known):
            continue
        if not setting.book.is_quoted(start):
            yield _lean("pointer", sentence, span=found.span())
            return


def _unfinished(setting: Setting, run: Run) -> Iterator[Lean]:
    """Yield what tells nothing: a heading, a list or a post that the cleaner let pass, a question.

    A question within quotation marks is somebody's, and may tell something.
    """
    for sentence in run:
        text = sentence.text
        ended = text[-1:] in _STOPS or _ENDED.search(text) or not setting.ends_sentences
        short = len(setting.document.words[sentence.position]) < _SHORT and setting.ends_sentences
        if not ended or short or _has_address(text) or text.endswith("?"):
            yield Lean(kind="unfinished", start=sentence.start, end=sentence.end)


def _has_address(text: str) -> bool:
    """Return whether *text* names a page or an account, as posts and captions do.

    >>> _has_address("Ask @valeferry."), _has_address("Ask the ferry.")
    (True, False)
    """
    may = "@" in text or "#" in text or "/" in text or "www." in text
    return may and _ADDRESS.search(text) is not None


def _unattributed(setting: Setting, run: Run) -> Iterator[Lean]:
    """Yield a quotation that makes up most of *run* when neither text nor tag says whose it is."""
    share = setting.quoted_share(run)
    if share < 0.5 or speaker(setting, run):
        return
    named = any(not setting.book.is_quoted(m.start) for s in run for m, _ in setting.mentions(s))
    start, end = run[0].start, run[-1].end
    if not named and (1 - share) * (end - start) < _TAG:
        yield Lean(kind="unattributed", start=start, end=end)


def _half_quotation(setting: Setting, run: Run) -> Lean | None:
    """Return a quotation that *run* shows only one end of."""
    start, end = run[0].start, run[-1].end
    for paragraph in {s.paragraph for s in run}:
        for q in setting.quoted.get(paragraph, ()):
            begins_before = q.start < start < q.end
            goes_on = q.start < end < q.end
            if begins_before or (goes_on and q.closed) or (goes_on and end < q.end - 1):
                return Lean(kind="half-quotation", start=max(q.start, start), end=min(q.end, end))
    return None
