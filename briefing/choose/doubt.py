"""How likely a sentence is not to stand alone although none of its words is known to lean.

"The mine closed in May" leans on nothing that a table could hold, and yet leaves the reader
asking which mine. The signs are weak each; together they send the choice to a clearer sentence.
"""

import json
import math
import re
from collections.abc import Sequence
from functools import cache
from operator import mul
from pathlib import Path

from briefing.choose.setting import Setting
from briefing.choose.standalone import Run
from briefing.model import Sentence
from briefing.summarisers.vectors import STEM

_TABLE = Path(__file__).parents[1] / "tables" / "doubt.json"

_FIGURE = re.compile(r"\d")
_CAPITAL = re.compile(r"\s[A-Z]")
# What share of doubt is left where a speaker or a name in brackets is shown. By judgement.
_TOLD = 0.8
# Words that point back count up to here.
_MANY = 3
# A pronoun among so many first words most often stands for what was told before.
_EARLY = 6


@cache
def weights() -> dict[str, float]:
    """Return what each sign adds to the log-odds that a sentence does not stand alone.

    >>> weights()["inner"] > 0 > weights()["length"]
    True
    """
    table: dict[str, float] = json.loads(_TABLE.read_text(encoding="utf-8"))["signs"]
    return table


def doubt(setting: Setting, run: Run, *, told: bool) -> float:
    """Return the chance, in [0, 1], that a reader of *run* does not know what it is about.

    Args:
        setting: The article.
        run: The sentences shown.
        told: Whether a speaker or a name in brackets is shown with them, which cures most.
    """
    always, known = _row()
    odds = always + sum(map(mul, known, _measured(setting, run[0])))
    return (_TOLD if told else 1.0) / (1 + math.exp(-odds))


SIGNS = (
    "no title", "inner", "opens", "title", "length", "pronouns", "early pronoun", "demonstratives",
    "comparing", "definite", "no names", "figures",
)  # fmt: skip


def signs(setting: Setting, sentence: Sentence) -> dict[str, float]:
    """Return what is measured of the sentence that opens a point, by readable names."""
    return dict(zip(SIGNS, map(float, _measured(setting, sentence)), strict=True))


@cache
def _row() -> tuple[float, tuple[float, ...]]:
    """Return what always counts, and what each sign adds. Shape of these: as SIGNS."""
    return weights()["always"], tuple([weights()[name] for name in SIGNS])


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
    )


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
