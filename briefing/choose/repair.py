"""The forms in which a sentence may be printed: as it stands, or visibly repaired.

The remedies: a leading connective elided under a visible mark; the sentence before shown with
it; a person named in [brackets] after the pronoun or bare surname, in the article's own words;
a quotation carried to its end. Whatever is done, the text without brackets and ellipses is the
article's, word for word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.choose.doubt import doubt
from briefing.choose.setting import Setting
from briefing.choose.standalone import Lean, Run, is_cut_short, leans, speaker
from briefing.model import Sentence
from briefing.words import count_words

# A quotation is carried to its end over at most this many sentences; longer ones are not points.
_LONGEST_RUN = 3
# What each remedy takes from the worth of a point, so that another sentence as good goes first.
# By judgement: two points of equal worth should differ by it, a better subject should not lose.
_OWN = re.compile(r"(?:['’](?:s|ll|d|ve|re|m)\b|(?<=s)['’](?=\s))?")
_DOUBLE = '"“”„‟«»'
# A single mark that opens a quotation, no word that begins with an apostrophe: 'em, '90s.
_OPENS_SINGLE = re.compile(r"[‘'](?<!\w.)(?=[^\W\d])(?!(?:em|til|cause|tis|twas|n|bout|round)\b)")
_CLOSES = re.compile(r"(?<=[^\s(\[])['’](?!\w)")
_COSTS = {"connective": 0.03, "surname": 0.03, "pronoun": 0.08, "before": 0.08, "quotation": 0.05}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A point that could be printed."""

    position: int
    """`Sentence.position` of the sentence it is about."""

    sentences: Run
    """What it shows, in order."""

    text: str
    words: int
    """How many words a reader meets in the text, brackets included."""

    cost: float = 0.0
    """What the repairs take from its worth, as a share."""

    speaker: str | None = None
    context: str | None = None
    named: tuple[str, ...] = ()
    """The names in its brackets."""

    doubt: float = 0.0
    """The chance that it leaves the reader asking whom or what, in [0, 1]."""

    reasons: tuple[str, ...] = ()


def candidates(setting: Setting, position: int) -> tuple[Candidate, ...]:
    """Return the forms in which a sentence can stand alone, mildest first; none when it cannot."""
    forms = _forms(setting, position)
    return tuple(c for c in forms if _is_balanced(c) and not _is_strange(setting, c))


def _is_balanced(candidate: Candidate) -> bool:
    """Return whether every quotation mark of a point has its partner in it."""
    text = " ".join(sentence.text for sentence in candidate.sentences)
    if sum(map(text.count, _DOUBLE)) % 2:
        return False
    opened = [found.end() for found in _OPENS_SINGLE.finditer(text)]
    if not opened:
        return True
    closed = max((found.start() for found in _CLOSES.finditer(text)), default=0)
    return opened[-1] <= closed


def _is_strange(setting: Setting, candidate: Candidate) -> bool:
    """Return whether a point holds the words of somebody who says "I" and is not named."""
    told = candidate.speaker is not None
    return not told and any(s.position in setting.said_by_me for s in candidate.sentences)


def _forms(setting: Setting, position: int) -> tuple[Candidate, ...]:
    """Return what `candidates` does, whoever says it."""
    sentence = setting.document.sentences[position]
    found = leans(setting, (sentence,))
    incurable = [lean for lean in found if not _is_cured(setting, lean)]
    if not incurable:
        return (_candidate(setting, (sentence,), found),)
    if incurable[-1].kind == "half-quotation":
        return tuple(_whole_quotation(setting, position))
    return tuple(_with_the_one_before(setting, position))


def _is_cured(setting: Setting, lean: Lean) -> bool:
    """Return whether a bracket or an elision cures it; no bracket parts an owner from the thing."""
    owns = lean.kind == "surname" and _own(setting.document.article.text, lean.end)
    return lean.is_curable and not owns


def _whole_quotation(setting: Setting, position: int) -> Iterator[Candidate]:
    """Yield the sentence with those in which the quotation it opens is closed."""
    for count in range(2, _LONGEST_RUN + 1):
        run = setting.document.sentences[position : position + count]
        if len(run) < count or run[-1].paragraph != run[0].paragraph:
            return
        found = leans(setting, run)
        if all(_is_cured(setting, lean) for lean in found):
            yield _candidate(setting, run, found, why="quotation")
            return


def _with_the_one_before(setting: Setting, position: int) -> Iterator[Candidate]:
    """Yield the sentence after the one that it leans on, if that one stands alone."""
    if position == 0:
        return
    run = setting.document.sentences[position - 1 : position + 1]
    if run[0].paragraph != run[1].paragraph:
        return
    found = leans(setting, run)
    if all(_is_cured(setting, lean) for lean in found):
        yield _candidate(setting, run, found, why="before")


_WHY = {
    "before": "shown with the sentence it leans on",
    "quotation": "the quotation shown to its end",
}


def _candidate(setting: Setting, run: Run, found: tuple[Lean, ...], *, why: str = "") -> Candidate:
    """Return the printed form of *run*, with all that leans cured."""
    said = speaker(setting, run)
    leaning = [b for b in found if b.person and (b.kind == "pronoun" or b.person.name != said)]
    named = [b for b in leaning if not _is_name_of_thing(setting, b)]
    dropped = [b for b in found if b.kind == "connective"]
    text = _text(setting, run, named=named, dropped=dropped)
    names = _names(named)
    remedies = {b.kind for b in [*leaning, *dropped]} | ({why} if why else set())
    return Candidate(
        position=run[-1 if why == "before" else 0].position,
        sentences=run,
        text=text,
        words=count_words(text),
        cost=sum(map(_COSTS.__getitem__, remedies)),
        speaker=said,
        context="; ".join(names) or None,
        named=names,
        doubt=doubt(setting, run, told=bool(said or names)),
        reasons=tuple(_reasons(setting, dropped, names=names, why=why)),
    )


def _is_name_of_thing(setting: Setting, lean: Lean) -> bool:
    """Return whether a surname only names something, where no bracket fits: the Vale years."""
    text = setting.document.article.text
    after = text[lean.end : lean.end + 2]
    before = text[max(0, lean.start - 6) : lean.start].lower().split()
    article = bool(before) and before[-1] in {"a", "an", *setting.lexis.articles}
    return lean.kind == "surname" and article and after[:1] == " " and after[1:].islower()


def _names(named: Sequence[Lean]) -> tuple[str, ...]:
    """Return whom the brackets name, each once."""
    return tuple(dict.fromkeys(lean.person.name for lean in named if lean.person))


def _text(setting: Setting, run: Run, *, named: Sequence[Lean], dropped: Sequence[Lean]) -> str:
    """Return what a reader sees: brackets set in, the leading connective out, the cut marked."""
    shown = " ".join(_bracketed(s, named) for s in run)
    if dropped:
        shown = "… " + shown[dropped[-1].end - run[0].start :].lstrip(" ,")
    return f"{shown} …" if is_cut_short(setting, run) else shown


def _bracketed(sentence: Sentence, named: Sequence[Lean]) -> str:
    """Return the sentence with each person's name in brackets after the word that means them."""
    text, done = "", 0
    for lean in named:
        place = lean.end - sentence.start
        if lean.person and 0 < place <= len(sentence.text):
            place += _own(sentence.text, place)  # a possessive goes first
            text += f"{sentence.text[done:place]} [{lean.person.name}]"
            done = place
    return text + sentence.text[done:]


def _own(text: str, place: int) -> int:
    """Return the length of the possessive or contraction at *place*, 0 for none."""
    found = _OWN.match(text, place)
    return len(found.group()) if found else 0


def _reasons(
    setting: Setting, dropped: Sequence[Lean], *, names: tuple[str, ...], why: str
) -> Iterator[str]:
    """Yield what was done, in words."""
    if dropped:
        word = setting.document.article.text[dropped[0].start : dropped[-1].end]
        yield f"“{word}” left out at the opening"
    for name in names:
        yield naming(name)
    if why:
        yield _WHY[why]


def naming(name: str) -> str:
    """Return how the reasons tell of a name in brackets."""
    return f"named in brackets: {name}"
