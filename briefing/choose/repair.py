"""The forms in which a sentence may be printed: as it stands, or visibly repaired.

The remedies: a leading connective elided under a visible mark; the sentence before shown with
it; a person named in [brackets] after the pronoun or before the bare surname, in the article's
own words; a quotation carried to its end. Whatever is done, the text without brackets and
ellipses is the article's, word for word.
"""

import re
from collections.abc import Sequence, Set
from typing import NamedTuple

from briefing.brackets import around, joined
from briefing.choose.doubt import doubt
from briefing.choose.lean import Lean
from briefing.choose.setting import Setting
from briefing.choose.standalone import (
    Run,
    half_quotation,
    is_cut_short,
    leans,
    opening,
    speaker,
)
from briefing.choose.statement import tells_nothing
from briefing.model import Sentence
from briefing.words import count_words

# Characters below which sentences without a figure say too little for a point. Of 17 shorter ones
# that were printed of 748 judged articles 2 told a topic, and 14 leaned.
_BRIEF = 36
_FIGURE = re.compile(r"\d")
# A quotation is carried to its end over at most this many sentences; longer ones are not points.
_LONGEST_RUN = 3
_OWN = re.compile(r"(?:['’](?:s|ll|d|ve|re|m)\b|(?<=s)['’](?=\s))?")
_NOUN_AFTER = re.compile(r" ([a-z]+)")
_DOUBLE = '"“”„‟«»'
# A single mark that opens a quotation, no word that begins with an apostrophe: 'em, '90s.
_OPENS_SINGLE = re.compile(r"[‘'](?<!\w.)(?=[^\W\d])(?!(?:em|til|cause|tis|twas|n|bout|round)\b)")
_CLOSES = re.compile(r"(?<=[^\s(\[])['’](?!\w)")
# What each remedy takes from the worth of a point, so that another sentence as good goes first.
# By judgement: two points of equal worth should differ by it, a better subject should not lose.
# A voice that nobody owns by name is no remedy, and costs more than any; so does half of a thought
# that the next sentence turns: "The board promised a ferry." "But".
_COSTS = {
    "connective": 0.03,
    "surname": 0.03,
    "pronoun": 0.08,
    "before": 0.08,
    "quotation": 0.05,
    "unowned": 0.2,
    "turned": 0.2,
}


class Candidate(NamedTuple):
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


class _Form(NamedTuple):
    """Sentences that stand alone together, once what leans in them is cured."""

    run: Run
    found: tuple[Lean, ...]
    why: str = ""
    """What brought in more than one sentence: before, quotation."""


def candidates(setting: Setting, position: int) -> tuple[Candidate, ...]:
    """Return the forms in which a sentence can stand alone, mildest first; none when it cannot."""
    form = _form(setting, position)
    if form is None or _is_brief(form.run) or not _is_balanced(form.run):
        return ()
    said = speaker(setting, form.run)
    if said is None and not setting.said_by_me.isdisjoint([s.position for s in form.run]):
        return ()  # words of somebody who says "I" and is not named
    return (_candidate(setting, form, said),)


def _is_brief(run: Run) -> bool:
    """Return whether a point says too little: "Nobody in Tarnow knows", but not "640 jobs go"."""
    return run[-1].end - run[0].start < _BRIEF and not _FIGURE.search(run[0].text)


def _is_balanced(run: Run) -> bool:
    """Return whether every quotation mark of a point has its partner in it."""
    text = run[0].text if len(run) == 1 else " ".join([sentence.text for sentence in run])
    doubles = text.count('"') if text.isascii() else sum(map(text.count, _DOUBLE))
    if doubles % 2:
        return False
    if "'" not in text and "‘" not in text:
        return True
    opened = [found.end() for found in _OPENS_SINGLE.finditer(text)]
    if not opened:
        return True
    closed = max((found.start() for found in _CLOSES.finditer(text)), default=0)
    return opened[-1] <= closed


def _form(setting: Setting, position: int) -> _Form | None:
    """Return the mildest form in which a sentence stands alone, whoever says it.

    What nothing cures is asked first: a third of all sentences tell nothing, and how they open
    and whom they name would be read for nothing.
    """
    sentence = setting.document.sentences[position]
    if tells_nothing(setting, sentence):
        return None
    if not setting.quoted((sentence,)) and not _opens_cured(setting, sentence):
        return _with_the_one_before(setting, position)
    found = leans(setting, (sentence,))
    incurable = [lean for lean in found if not _is_cured(setting, lean)]
    if not incurable:
        return _Form((sentence,), found)
    if incurable[-1].kind == "half-quotation":
        return _whole_quotation(setting, position)
    return _with_the_one_before(setting, position)


def _is_cured(setting: Setting, lean: Lean) -> bool:
    """Return whether a bracket or an elision cures it; no bracket parts an owner from the thing."""
    if lean.kind != "surname" or not lean.person:
        return lean.is_curable
    text = setting.document.article.text
    behind = around(text[lean.start : lean.end], lean.person.name)[1]
    return not (behind and _own(text, lean.end))


def _whole_quotation(setting: Setting, position: int) -> _Form | None:
    """Return the sentence with those in which the quotation it opens is closed."""
    for count in range(2, _LONGEST_RUN + 1):
        run = setting.document.sentences[position : position + count]
        if len(run) < count or run[-1].paragraph != run[0].paragraph:
            return None
        found = _cured(setting, run)
        if found is not None:
            return _Form(run, found, "quotation")
    return None


def _with_the_one_before(setting: Setting, position: int) -> _Form | None:
    """Return the sentence after the one that it leans on, if that one stands alone."""
    if position == 0:
        return None
    run = setting.document.sentences[position - 1 : position + 1]
    if run[0].paragraph != run[1].paragraph:
        return None
    found = _cured(setting, run)
    return None if found is None else _Form(run, found, "before")


def _cured(setting: Setting, run: Run) -> tuple[Lean, ...] | None:
    """Return what leans in *run* when all of it is cured, else None.

    What most runs fail by is asked first: how they open is known, and half quotations are seldom
    closed by the next sentence.
    """
    if tells_nothing(setting, run[0]) or not _opens_cured(setting, run[0]):
        return None
    if half_quotation(setting, run):
        return None
    found = leans(setting, run)
    return found if all(_is_cured(setting, lean) for lean in found) else None


def _opens_cured(setting: Setting, sentence: Sentence) -> bool:
    """Return whether a bracket or an elision cures all that leans in how a sentence opens."""
    leaning = opening(setting, sentence)  # of three in four, nothing is
    return not leaning or all(_is_cured(setting, lean) for lean in leaning)


_WHY = {
    "before": "shown with the sentence it leans on",
    "quotation": "the quotation shown to its end",
}


class _Cures(NamedTuple):
    """What is done about all that leans in a point."""

    named: tuple[Lean, ...] = ()
    """Those after which a name is shown in brackets."""

    dropped: tuple[Lean, ...] = ()
    """The connectives left out."""

    kinds: frozenset[str] = frozenset()


_NOTHING = _Cures()


def _candidate(setting: Setting, form: _Form, said: str | None) -> Candidate:
    """Return what is printed of *form*, with all that leans cured."""
    run, found, why = form
    if not found and not why:
        return _plain(setting, run[0], said)
    cures = _cures(setting, found, said) if found else _NOTHING
    names = _names(cures.named) if found else ()
    text = _text(setting, run, cures)
    return Candidate(
        position=run[-1 if why == "before" else 0].position,
        sentences=run,
        text=text,
        words=_length(setting, run, text),
        cost=_cost(cures.kinds | {why, _voice(setting, run, said), _turn(setting, run)}),
        speaker=said,
        context=joined(names),
        named=names,
        doubt=doubt(setting, run, told=bool(said), cured=_named_kinds(cures)),
        reasons=_reasons(setting, cures, names=names, why=why),
    )


def _plain(setting: Setting, sentence: Sentence, said: str | None) -> Candidate:
    """Return what is printed of a sentence that leans on nothing, as two of three don't."""
    run = (sentence,)
    text = _text(setting, run, _NOTHING)
    words = _length(setting, run, text)
    cost = _cost({_voice(setting, run, said), _turn(setting, run)})
    unsure = doubt(setting, run, told=bool(said))
    return Candidate(sentence.position, run, text, words, cost, said, doubt=unsure)


def _voice(setting: Setting, run: Run, said: str | None) -> str:
    """Return "unowned" where somebody speaks and nobody can say who, else nothing.

    The first sentence brings in whom it quotes by office, as news does: "The head of the mine".
    """
    if said is None and run[0].position > 0:
        for sentence in run:
            if setting.speakers[sentence.position]:
                return "unowned"
    return ""


def _turn(setting: Setting, run: Run) -> str:
    """Return "turned" where the sentence behind *run* says that there is another side to it."""
    last, sentences = run[-1], setting.document.sentences
    if last.position + 1 == len(sentences):
        return ""
    words = setting.document.words[last.position + 1]
    near = sentences[last.position + 1].paragraph - last.paragraph <= 1
    return "turned" if near and words and words[0] in setting.lexis.turning else ""


def _named_kinds(cures: _Cures) -> frozenset[str]:
    """Return which kinds of leaning are cured by a name in brackets."""
    return frozenset([lean.kind for lean in cures.named])


def _cures(setting: Setting, found: tuple[Lean, ...], said: str | None) -> _Cures:
    """Return what is done about what leans; a speaker who is shown needs no bracket."""
    leaning = [b for b in found if b.person and (b.kind == "pronoun" or b.person.name != said)]
    dropped = [b for b in found if b.kind == "connective"]
    return _Cures(
        named=tuple([b for b in leaning if not _is_name_of_thing(setting, b)]),
        dropped=tuple(dropped),
        kinds=frozenset([b.kind for b in (*leaning, *dropped)]),
    )


def _cost(remedies: Set[str]) -> float:
    """Return what remedies take from the worth of a point, in one order whatever the set's."""
    return sum([cost for remedy, cost in _COSTS.items() if remedy in remedies])


def _length(setting: Setting, run: Run, text: str) -> int:
    """Return how many words a reader meets in *text*: known, where it is a sentence as it is.

    Folding turns two characters into what counts otherwise.
    """
    if text is run[0].text and "‘" not in text and "İ" not in text:
        return len(setting.document.words[run[0].position])
    return count_words(text)


def _is_name_of_thing(setting: Setting, lean: Lean) -> bool:
    """Return whether a surname only names something, where no bracket fits.

    The Vale years; a Vale campaign's, or Oakes v. Vale, a case.
    """
    if lean.kind != "surname":
        return False
    text = setting.document.article.text
    after = _NOUN_AFTER.match(text, lean.end)
    before = text[max(0, lean.start - 6) : lean.start].lower().split() or [""]
    if before[-1] in {"v", "v.", "vs", "vs."}:
        return True
    named = before[-1] in {"a", "an", *setting.lexis.articles}
    return after is not None and (named or after.group(1) in setting.book.words.borne)


def _names(named: Sequence[Lean]) -> tuple[str, ...]:
    """Return whom the brackets name, each once."""
    return tuple(dict.fromkeys([lean.person.name for lean in named if lean.person]))


def _text(setting: Setting, run: Run, cures: _Cures) -> str:
    """Return what a reader sees: brackets set in, the leading connective out, the cut marked."""
    shown = _bracketed(run[0], cures.named)
    if len(run) > 1:
        shown = " ".join([shown, *(_bracketed(sentence, cures.named) for sentence in run[1:])])
    if cures.dropped:
        shown = "… " + shown[cures.dropped[-1].end - run[0].start :].lstrip(" ,")
    return f"{shown} …" if is_cut_short(setting, run) else shown


def _bracketed(sentence: Sentence, named: Sequence[Lean]) -> str:
    """Return the sentence with each person's name in brackets beside the word that means them."""
    if not named:
        return sentence.text
    text, done = "", 0
    for lean in named:
        start, end = lean.start - sentence.start, lean.end - sentence.start
        if lean.person and 0 < end <= len(sentence.text):
            before, behind = around(sentence.text[start:end], lean.person.name)
            end += _own(sentence.text, end)  # a possessive goes first
            text += f"{sentence.text[done:start]}{before}{sentence.text[start:end]}{behind}"
            done = end
    return text + sentence.text[done:]


def _own(text: str, place: int) -> int:
    """Return the length of the possessive or contraction at *place*, 0 for none."""
    found = _OWN.match(text, place)
    return len(found.group()) if found else 0


def _reasons(
    setting: Setting, cures: _Cures, *, names: tuple[str, ...], why: str
) -> tuple[str, ...]:
    """Return what was done, in words."""
    told = [naming(name) for name in names]
    if cures.dropped:
        word = setting.document.article.text[cures.dropped[0].start : cures.dropped[-1].end]
        told.insert(0, f"“{word}” left out at the opening")
    if why:
        told.append(_WHY[why])
    return tuple(told)


def naming(name: str) -> str:
    """Return how the reasons tell of a name in brackets."""
    return f"named in brackets: {name}"
