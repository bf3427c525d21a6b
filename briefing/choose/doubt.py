"""How likely a sentence is not to stand alone although none of its words is known to lean.

"The mine closed in May" leans on nothing that a table could hold, and yet leaves the reader
asking which mine. The signs are weak each; together they send the choice to a clearer sentence.
"""

import json
import math
from functools import cache
from itertools import pairwise
from pathlib import Path

from briefing.choose.setting import Setting
from briefing.choose.standalone import Run

_TABLE = Path(__file__).parents[1] / "tables" / "doubt.json"


@cache
def weights() -> dict[str, float]:
    """Return what each sign adds to the log-odds that a sentence does not stand alone.

    >>> weights()["short"] > 0 > weights()["capitals"]
    True
    """
    table: dict[str, float] = json.loads(_TABLE.read_text(encoding="utf-8"))["signs"]
    return table


def doubt(setting: Setting, run: Run, *, told: bool) -> float:
    """Return the chance, in [0, 1], that a reader of *run* does not know what it is about.

    Args:
        setting: The article.
        run: The sentences shown.
        told: Whether a speaker or a name in brackets is shown with them.
    """
    known = weights()
    found = signs(setting, run, told=told)
    return 1 / (
        1 + math.exp(-known["always"] - sum([known[name] * x for name, x in found.items()]))
    )


def signs(setting: Setting, run: Run, *, told: bool) -> dict[str, float]:
    """Return what is measured of the sentence that opens a point, by readable names."""
    sentence = run[0]
    document = setting.document
    words = document.words[sentence.position]
    first = words[0] if words else ""
    return {
        "no title": float(not setting.title),
        "definite": float(first in setting.lexis.articles),
        "definite inside": 10 * _known_things(setting, sentence.position) / max(1, len(words)),
        "capitals": min(5, _capitals(sentence.text)) / 5,
        "short": float(len(words) < 10),
        "also": float("also" in words),
        "told": float(told),
        "inner": float(_is_inner(setting, sentence.position)),
    }


def _capitals(text: str) -> int:
    """Return how many words begin with a capital, the first apart.

    >>> _capitals("The mine in Oslo closed in May")
    2
    """
    return len([word for word in text.split()[1:] if word[0].isupper()])


def _known_things(setting: Setting, position: int) -> int:
    """Return how many things a sentence calls known ("the eggs") that only the text before tells.

    They stand after a definite article, were met in an earlier sentence, and not in the title.
    """
    words, articles = setting.document.words[position], setting.lexis.articles
    known = [word for before, word in pairwise(words) if before in articles]
    return sum([setting.is_told_before(word, position) for word in known])


def _is_inner(setting: Setting, position: int) -> bool:
    """Return whether a sentence stands within its paragraph, not at its start."""
    sentences = setting.document.sentences
    return position > 0 and sentences[position - 1].paragraph == sentences[position].paragraph
