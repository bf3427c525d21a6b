"""Whether a sentence stands alone: would a reader who sees only the title and it know whom and
what it is about?

Nothing here repairs; each finding says what leans, where, and on whom if that is certain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.choose.setting import Setting
from briefing.model import Sentence
from briefing.names import Person

_OPENERS = "\"“”„«»‘’'‹›([—–- \u00a0"
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

Run = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lean:
    """Something in a sentence that leans on what a reader of the sentence does not see."""

    kind: str
    """connective, surname, pronoun, noun, pointer, phrase, demonstrative, fragment,
    half-quotation, unattributed."""

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
    found.extend(_pointers(setting, run))
    found.extend(_unattributed(setting, run))
    if half := _half_quotation(setting, run):
        found.append(half)
    return tuple(sorted(found, key=lambda lean: lean.start))


def speaker(setting: Setting, run: Run) -> str | None:
    """Return who is quoted in *run*, when it is one person and certain."""
    quoted = setting.quotations(run)
    names = {q.speaker for q in quoted}
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
    text, place, pattern = sentence.text, _skip(sentence.text, 0), setting.lexis.opening
    while pattern and (found := pattern.match(text, place)):
        kind = (found.lastgroup or "").rpartition("_")[0]
        if kind == "harmless":
            break
        if kind == "pronoun":
            yield _pronoun(setting, sentence, found.span())
            return
        yield _lean(sentence, kind, found.span())
        if kind != "connective":
            return
        place = _skip(text, found.end())
    yield from _inside(setting, sentence, place)


def _skip(text: str, place: int) -> int:
    """Return the place of the first character that is neither space, comma nor opening mark."""
    while place < len(text) and (text[place] in _OPENERS or text[place] == ","):
        place += 1
    return place


def _lean(sentence: Sentence, kind: str, span: tuple[int, int], who: Person | None = None) -> Lean:
    """Return a finding at *span* of the sentence's text."""
    start, end = span
    return Lean(kind=kind, start=sentence.start + start, end=sentence.start + end, person=who)


def _pronoun(setting: Setting, sentence: Sentence, span: tuple[int, int]) -> Lean:
    """Return a pronoun with the person it means, if it means one and that is certain."""
    start, end = sentence.start + span[0], sentence.start + span[1]
    word = sentence.text[slice(*span)].lower()
    sure = word in setting.lexis.persons and not setting.book.is_quoted(start)
    who = setting.book.resolve((start, end)) if sure else None
    return Lean(kind="pronoun", start=start, end=end, person=who)


def _inside(setting: Setting, sentence: Sentence, place: int) -> Iterator[Lean]:
    """Yield the first pronoun that no name before it in the sentence explains, or a noun."""
    text, known = sentence.text, setting.lexis
    tokens = list(_TOKEN.finditer(text, place))
    names = [m.start - sentence.start for m, _ in setting.mentions(sentence)]
    first_name = min(names, default=len(text))
    for n, token in enumerate(tokens):
        if token.start() >= first_name:
            break
        if token.group().lower() not in known.pronouns or setting.book.is_quoted(
            sentence.start + token.start()
        ):
            continue
        if _is_bound(setting, text, tokens, n, first_name):
            continue
        yield _pronoun(setting, sentence, token.span())
        return
    yield from _pointing(setting, sentence, tokens)


def _is_bound(
    setting: Setting, text: str, tokens: list[re.Match[str]], n: int, first_name: int
) -> bool:
    """Return whether the pronoun *n* is explained within its own sentence.

    It is when a name follows as the subject ("As she left, Ada Vale said"), or when it stands
    deep in a clause that has nouns of its own ("the minister will quit for her party's sake").
    """
    place = tokens[n].start()
    comma = text.find(",", tokens[n].end())
    if 0 < comma and first_name == comma + 2:
        return True
    if n < 2 or text[:place].rstrip().endswith((",", "—", "–")):
        return False
    if not tokens[n].group().lower() in setting.lexis.persons:
        return True
    return any(t.group()[0].isupper() for t in tokens[1:n]) or (
        tokens[0].group().lower() in setting.title
    )


def _pointing(setting: Setting, sentence: Sentence, tokens: list[re.Match[str]]) -> Iterator[Lean]:
    """Yield a definite noun at the opening that mostly points back: "the man"."""
    known = setting.lexis
    if len(tokens) < 2 or tokens[0].group().lower() not in known.articles:
        return
    for token in tokens[1:3]:
        word = token.group().lower()
        if word in known.nouns and word not in setting.title:
            yield _lean(sentence, "noun", (tokens[0].start(), token.end()))
            return
        if token.group()[0].isupper():
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
        if not setting.book.is_quoted(mention.start):
            span = mention.start - sentence.start, mention.end - sentence.start
            yield _lean(sentence, "surname", span, person)


def _pointers(setting: Setting, run: Run) -> Iterator[Lean]:
    """Yield what points back from within the first sentence: "these rulings", "there"."""
    sentence, pattern = run[0], setting.lexis.pointers
    for found in pattern.finditer(sentence.text) if pattern else ():
        if not setting.book.is_quoted(sentence.start + found.start()):
            yield _lean(sentence, "pointer", found.span())
            return


def _unattributed(setting: Setting, run: Run) -> Iterator[Lean]:
    """Yield a quotation that makes up most of *run* when neither text nor tag says whose it is."""
    start, end = run[0].start, run[-1].end
    inside = sum(
        min(q.end, end) - max(q.start, start)
        for p in {s.paragraph for s in run}
        for q in setting.quoted.get(p, ())
        if q.start < end and start < q.end
    )
    if inside < 0.5 * (end - start) or speaker(setting, run):
        return
    named = any(not setting.book.is_quoted(m.start) for s in run for m, _ in setting.mentions(s))
    outside = end - start - inside
    if not named and outside < 25:
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
