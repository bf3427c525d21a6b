"""How well a phrase says what its point is about: what each feature counts for is learnt.

The weights stand in `tables/labels.json`, written by scripts/train_labels.py.
"""

import json
from collections.abc import Sequence
from functools import cache
from operator import mul
from typing import Any

from briefing.label.features import Features, Reader
from briefing.label.phrases import Phrase
from briefing.names.lexicon import TABLES


def weighed(
    phrases: Sequence[tuple[Phrase, int]], group: Sequence[int], reader: Reader
) -> list[tuple[float, Phrase]]:
    """Return the phrases of a point with their worth, best first.

    Args:
        phrases: Each with how many sentences of the point stand before its own.
        group: The positions of the point's sentences.
        reader: Says what speaks for each.
    """
    rows = reader.features(phrases, group)
    weights = _plain(subject=any(map(_is_subject, rows))) if reader.plain else _weights()
    found = [
        (sum(map(mul, weights, row)), phrase)
        for row, (phrase, _) in zip(rows, phrases, strict=True)
    ]
    return sorted(found, key=lambda worth: -worth[0])


@cache
def _weights() -> tuple[float, ...]:
    """Return what each feature counts for. Shape: as `Features`."""
    weights = _table()["weights"]
    return tuple([weights[name] for name in Features._fields])


@cache
def _plain(*, subject: bool) -> tuple[float, ...]:
    """Return the same for a language without tables of verbs, beside a *subject* or not.

    Where a phrase can say what a point is about, as two words can, no speaker's name, who is
    printed already, and no place is a label.
    """
    plain = _table()["plain"]
    more = plain["beside_subject"] if subject else {}
    return tuple([plain["weights"][name] + more.get(name, 0.0) for name in Features._fields])


def _is_subject(row: Features) -> bool:
    """Return whether a phrase can say what a point is about: two words that are no mere name."""
    return not (row.one or row.head_name or row.person or row.adjunct or row.press or row.vague)


@cache
def _table() -> dict[str, Any]:
    """Return the table of weights."""
    found: dict[str, Any] = json.loads((TABLES / "labels.json").read_text(encoding="utf-8"))
    return found
