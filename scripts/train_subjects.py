"""Learn when two sentences are about one subject, and write `briefing/tables/subjects.json`.

The teaching is which sentences readers found to convey the same topics (`teaching.py`), of all
pairs that convey any: does the one convey all that the other does? Logistic regression on what
`Kinship` can know without reading: shared words, distance, paragraph and the article's size.

    python scripts/train_subjects.py [--write]
"""

import argparse
import json
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from teaching import Lesson, annotated, judged

from briefing.summarisers.vectors import Vector, terms

TABLE = Path(__file__).parents[1] / "briefing" / "tables" / "subjects.json"
NAMES = ("words", "distance", "share", "paragraph", "size")

Array = npt.NDArray[np.float64]
Samples = tuple[Array, Array, Array]
"""Signs (pairs, signs), whether one conveys the other's topics (pairs,), the article (pairs,)."""


def main() -> int:
    """Learn, report, and write when asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    (x, y, group), (near_x, near_y, _) = read(judged()), read(annotated())
    guessed = np.zeros(len(y))
    for taught, asked in GroupKFold(5).split(x, groups=group):
        guessed[asked] = fit(x[taught], y[taught]).decision_function(x[asked])
    model = fit(x, y)
    near = model.decision_function(near_x)
    table = {
        "provenance": f"scripts/train_subjects.py on {len(y)} pairs of sentences of "
        f"{len(set(group))} judged articles; area under the curve "
        f"{roc_auc_score(y, guessed):.3f} in five parts, {roc_auc_score(near_y, near):.3f} on "
        f"the {len(near_y)} pairs of the hand-annotated articles, not learnt from",
        "signs": {
            "always": round(float(model.intercept_[0]), 3),
            **{n: round(float(v), 3) for n, v in zip(NAMES, model.coef_[0], strict=True)},
        },
    }
    print(json.dumps(table, indent=1))
    if args.write:
        TABLE.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return 0


def fit(x: Array, y: Array) -> LogisticRegression:
    """Return the regression; with so many pairs nothing need hold it back."""
    return LogisticRegression(C=1.0, max_iter=1000).fit(x, y)


def read(lessons: Iterable[Lesson]) -> Samples:
    """Return the signs of all pairs that convey some topic, and whether one covers the other."""
    found = [
        (signs, covers, number)
        for number, lesson in enumerate(lessons)
        for signs, covers in pairs(lesson)
    ]
    x, y, group = zip(*found, strict=True)
    return np.array(x), np.array(y, dtype=float), np.array(group)


def pairs(lesson: Lesson) -> Iterator[tuple[list[float], bool]]:
    """Yield the signs of each ordered pair, and whether the first conveys all the second does."""
    sentences, subjects = lesson.document.sentences, lesson.subjects()
    vectors, size = terms(lesson.document).vectors, len(lesson.document.sentences)
    on = [n for n in range(size) if subjects[n]]
    for n, m in ((n, m) for n in on for m in on if n != m):
        apart = abs(n - m)
        signs = [
            cosine(vectors[n], vectors[m]),
            math.log(apart),
            apart / size,
            float(sentences[n].paragraph == sentences[m].paragraph),
            math.log(size),
        ]
        yield signs, subjects[m] <= subjects[n]


def cosine(a: Vector, b: Vector) -> float:
    """Return the cosine of two sentences; what they do not share adds nothing."""
    return sum(weight * b[stem] for stem, weight in a.items() if stem in b)


if __name__ == "__main__":
    sys.exit(main())
