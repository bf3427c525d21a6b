"""Who a person in brackets is: at first mention in a summary, with the role that the article gives.

"[Ada] Vale" becomes "[harbour master Ada] Vale", in the article's own words and order, where the
words are few and fit the length asked for. Later points keep the name alone in their brackets,
for each point of a summary stands by itself: of 31 annotated articles' points, one more in seventy
leaves its reader asking who without them. A story is read in order: see `acquaint`.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import takewhile

from briefing.brackets import SEPARATOR, joined, named
from briefing.choose.repair import Candidate
from briefing.choose.selection import Chosen
from briefing.choose.setting import Setting
from briefing.names import Person
from briefing.words import count_words

_OWNS = re.compile(r"['’]")
# A bracket longer than this stops the reader more than it helps.
_LONGEST = 9


def introduced(
    setting: Setting, taken: Sequence[Chosen], *, words: int | None
) -> tuple[Chosen, ...]:
    """Return *taken* with each person's role in the first bracket that names the person.

    Args:
        setting: The article.
        taken: What is printed, in order.
        words: At most this many in all; a role that does not fit is left out.
    """
    left = None if words is None else words - sum(c.candidate.words for c in taken)
    met: set[str] = set()
    done = []
    for chosen in taken:
        candidate = chosen.candidate
        for name in candidate.named:
            if name not in met and not _is_told(name, taken, before=chosen):
                fuller = _with_role(setting, candidate, name)
                longer = fuller.words - candidate.words
                if left is None or longer <= left:
                    left = None if left is None else left - longer
                    candidate = fuller
            met.add(name)
        done.append(chosen._replace(candidate=candidate))
    return tuple(done)


def _is_told(name: str, taken: Sequence[Chosen], *, before: Chosen) -> bool:
    """Return whether a point printed earlier gives the full name, and so most likely the role."""
    return any(name in chosen.candidate.text for chosen in _earlier(taken, before))


def _earlier(taken: Sequence[Chosen], before: Chosen) -> Iterable[Chosen]:
    """Return what is printed before a point."""
    return takewhile(lambda chosen: chosen is not before, taken)


def _with_role(setting: Setting, candidate: Candidate, name: str) -> Candidate:
    """Return the candidate with the person's role in the bracket, if the article gives one."""
    person = setting.book.find(name)
    told = introduction(setting.document.article.text, person) if person else None
    if told is None:
        return candidate
    text = _told(candidate.text, name, told, titles=setting.book.words.titles)
    if text is None:
        return candidate
    names = (candidate.context or "").split(SEPARATOR)
    context = joined(told if n == name else n for n in names)
    return candidate._replace(text=text, words=count_words(text), context=context)


def _told(text: str, name: str, told: str, *, titles: Collection[str]) -> str | None:
    """Return *text* with *told* where a bracket first shows *name*; None where it does not fit.

    A role does not stand between a title and a name.

    >>> _told("[Ada] Vale left", "Ada Vale", "pilot Ada Vale", titles=["ms"])
    '[pilot Ada] Vale left'
    >>> _told("Ms. [Ada] Vale left", "Ada Vale", "pilot Ada Vale", titles=["ms"])
    'Ms. Vale [pilot Ada Vale] left'
    >>> _told("[Ada] Vale's boat left", "Ada Vale", "Ada Vale, a pilot", titles=["ms"])
    """
    bracket = next((bracket for bracket, _ in named(text, name)), None)
    if bracket is None:
        return None
    before, inside, after = text[: bracket.start()], bracket.group(1), text[bracket.end() :]
    surname = name.removeprefix(inside)
    last = before.rpartition(" ")[0].rpartition(" ")[2].lower().strip("“\"‘'(.")
    if told.endswith(name) and not (surname and last in titles):
        return f"{before}[{told.removesuffix(surname)}]{after}"
    if not surname:
        return f"{before}[{told}]{after}"
    after = after.removeprefix(surname)
    if _OWNS.match(after):
        return None  # a bracket would part the owner from the thing
    return f"{before}{surname.lstrip()} [{told}]{after}"


def introduction(text: str, person: Person) -> str | None:
    """Return name and role as they stand together in *text*, None when they don't or are long.

    >>> from briefing.names import Mention
    >>> text = "Harbour master Ada Vale left."
    >>> at = Mention(sentence=0, start=15, end=23)
    >>> vale = Person(
    ...     name="Ada Vale", surname="Vale", full=True, role_span=(0, 14), mentions=(at,)
    ... )
    >>> introduction(text, vale)
    'Harbour master Ada Vale'
    """
    full = [m for m in person.mentions if text[m.start : m.end] == person.name]
    if person.role_span is None or not full:
        return None
    start, end = person.role_span
    name = min(full, key=lambda m: min(abs(m.start - end), abs(start - m.end)))
    if min(abs(name.start - end), abs(start - name.end)) > 2:
        return None
    told = text[min(start, name.start) : max(end, name.end)]
    plain = not any(mark in told for mark in '[]()\n…“”"')
    return told if plain and count_words(told) <= _LONGEST else None
