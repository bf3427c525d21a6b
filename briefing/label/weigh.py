"""How well a phrase says what its point is about.

What each feature of a phrase counts for is learnt (`tables/labels.json`, written by
scripts/train_labels.py); what reads well is set by hand.
"""

import json
from collections.abc import Sequence
from functools import cache
from operator import mul

from briefing.label.features import Features, Reader
from briefing.label.phrases import Phrase
from briefing.names.lexicon import TABLES

# What reads well as the first words of a point, whatever the teaching says: what is somebody's or
# asks for something, rather than a bare name, a bare noun or the scene. Set by reading some 400
# labels; half of it, or half as much again, moves labels on the topic by less than .01.
_STYLE = {
    "owner": 0.15, "asked": 0.35, "of": 0.05, "mixed": 0.1, "one": -0.05, "bare": -0.1,
    "vague": -0.3, "object": 0.1, "order": -0.1, "setting": -0.3, "role": -0.2, "surname": -0.1,
    "country": -0.15, "press": -0.25, "speaker": -0.4, "other": -0.4,
}  # fmt: skip
# The same, where the point has a phrase that can say what it is about, as two words can: no name
# of the speaker, who is printed already, and no place.
_BESIDE_SUBJECT = {**_STYLE, "setting": -1.05, "speaker": -1.2, "other": -1.2}


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
    weights = _weights(subject=any(map(_is_subject, rows)))
    found = [
        (sum(map(mul, weights, row)), phrase)
        for row, (phrase, _) in zip(rows, phrases, strict=True)
    ]
    return sorted(found, key=lambda worth: -worth[0])


def _is_subject(row: Features) -> bool:
    """Return whether a phrase can say what a point is about: two words that are no mere name."""
    return not (row.one or row.head_name or row.person or row.adjunct or row.press or row.vague)


@cache
def _weights(*, subject: bool) -> tuple[float, ...]:
    """Return what each feature counts for beside a *subject* or not. Shape: as `Features`."""
    learnt = json.loads((TABLES / "labels.json").read_text(encoding="utf-8"))["weights"]
    style = _BESIDE_SUBJECT if subject else _STYLE
    return tuple([learnt[name] + style.get(name, 0.0) for name in Features._fields])
