"""How likely a sentence is not to stand alone although none of its words is known to lean.

"The mine closed in May" leans on nothing that a table could hold, and yet leaves the reader
asking which mine. The signs are weak each; together they send the choice to a clearer sentence.
What each counts for is learnt (`scripts/train_doubt.py`) and kept in `tables/doubt.json`; in
English what the sentence means counts, too, and `tables/doubt-en.json` holds.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence, Set
from functools import cache
from operator import mul
from pathlib import Path
from typing import Any, NamedTuple

from briefing.choose.setting import Setting
from briefing.choose.standalone import Run, opening
from briefing.model import Sentence
from briefing.summarisers.closeness import meaning
from briefing.summarisers.vectors import STEM

_TABLES = Path(__file__).parents[1] / "tables"

_FIGURE = re.compile(r"\d")
_CAPITAL = re.compile(r"\s[A-Z]")
# What share of doubt is left where a speaker is shown, and where somebody is named in brackets.
# The first by judgement; the second of .8 to .3 on 717 judged articles, where coverage stays.
_TOLD = 0.8
_NAMED = 0.5
# Words that point back count up to here.
_MANY = 3
# A pronoun among so many first words most often stands for what was told before.
_EARLY = 6


class Weights(NamedTuple):
    """What each sign adds to the log-odds that a sentence does not stand alone."""

    always: float

    signs: tuple[float, ...]
    """Shape: as SIGNS."""

    meaning: tuple[float, ...] = ()
    """For the first numbers of what it means; none where no meaning is known."""


@cache
def weights(language: str) -> Weights:
    """Return what the signs count for in a language.

    >>> dict(zip(SIGNS, weights("fr").signs))["inner"] > 0
    True
    """
    found = _TABLES / f"doubt-{language}.json"
    if not (language.isalpha() and found.is_file()):
        found = _TABLES / "doubt.json"
    return read(json.loads(found.read_text(encoding="utf-8")))


def read(raw: Mapping[str, Any]) -> Weights:
    """Return weights as `scripts/train_doubt.py` writes them."""
    known = tuple([raw["signs"][name] for name in SIGNS])
    return Weights(raw["signs"]["always"], known, tuple(raw.get("meaning", ())))


def doubt(setting: Setting, run: Run, *, told: bool, cured: Set[str] = frozenset()) -> float:
    """Return the chance, in [0, 1], that a reader of *run* does not know what it is about.

    Args:
        setting: The article.
        run: The sentences shown.
        told: Whether a speaker is shown with them.
        cured: Which kinds of leaning a name in brackets cures: pronoun, surname.
    """
    learnt = weights(setting.language)
    measured = _measured(setting, run[0])
    odds = learnt.always + sum(
        map(mul, learnt.signs, _read(measured, cured) if cured else measured)
    )
    if learnt.meaning:
        odds += sum(map(mul, learnt.meaning, meaning(setting.document).sentences[run[0].position]))
    left = _NAMED if cured else _TOLD if told else 1.0
    return left / (1 + math.exp(-odds))


SIGNS = (
    "no title", "inner", "opens", "title", "length", "pronouns", "early pronoun", "demonstratives",
    "comparing", "definite", "no names", "figures", "connective",
)  # fmt: skip

_PRONOUNS = ("pronouns", "early pronoun")


def signs(setting: Setting, sentence: Sentence) -> dict[str, float]:
    """Return what is measured of the sentence that opens a point, by readable names."""
    return dict(zip(SIGNS, map(float, _measured(setting, sentence)), strict=True))


def _measured(setting: Setting, sentence: Sentence) -> tuple[float, ...]:
    """Return what is measured of a sentence. Shape: as SIGNS."""
    words, text = setting.document.words[sentence.position], sentence.text
    kinds = [*map(setting.lexis.kinds.get, words)]
    pronouns = kinds.count("pronoun")
    return (
        not setting.title,
        _is_inner(setting, sentence.position),
        bool(words) and words[0] not in setting.common,
        _title_share(setting, words),
        math.log(1 + len(words)),
        min(_MANY, pronouns) / _MANY,
        pronouns > 0 and "pronoun" in kinds[:_EARLY],
        min(_MANY, kinds.count("demonstrative")) / _MANY,
        min(_MANY, kinds.count("comparing")) / _MANY,
        min(5, kinds.count("article")) / 5,
        not _has_capitals(text),
        _FIGURE.search(text) is not None,
        any(lean.kind == "connective" for lean in opening(setting, sentence)),
    )


def _read(measured: Sequence[float], cured: Set[str]) -> list[float]:
    """Return what is measured of a sentence as it reads with a name in brackets.

    Whoever is named there is named, and a pronoun that is told is no riddle.
    """
    gone = {"no names", *(_PRONOUNS if "pronoun" in cured else ())}
    return [0.0 if name in gone else x for name, x in zip(SIGNS, measured, strict=True)]


def _has_capitals(text: str) -> bool:
    """Return whether any word but the first begins with a capital.

    >>> _has_capitals("The mine in Oslo closed"), _has_capitals("The mine closed")
    (True, False)
    """
    if _CAPITAL.search(text):
        return True  # as nearly always
    return not text.isascii() and any(word[0].isupper() for word in text.split()[1:])


def _title_share(setting: Setting, words: Sequence[str]) -> float:
    """Return the share of the title's stems that *words* have, 0 without a title."""
    title = setting.title_stems
    return len(title.intersection([word[:STEM] for word in words])) / len(title) if title else 0.0


def _is_inner(setting: Setting, position: int) -> bool:
    """Return whether a sentence stands within its paragraph, not at its start."""
    sentences = setting.document.sentences
    return position > 0 and sentences[position - 1].paragraph == sentences[position].paragraph
