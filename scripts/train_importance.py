"""Learn what each feature of a sentence counts for, and write `briefing/tables/importance*.json`.

The teaching is which topics readers found a sentence to convey (`teaching.py`): it is worth the
importance of those. A ridge regression within each article, for its sentences are rivals of one
another alone, tells what each feature counts for above the article's mean. Ten features can be
measured in every language; in English what sentences mean is known, too (`train_closeness.py`),
and there are weights of its own.

    python scripts/train_importance.py            print what would be written, and how it does
    python scripts/train_importance.py --write    write it
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold
from teaching import Lesson, annotated, judged

from briefing.summarisers.closeness import meaning
from briefing.summarisers.features import columns

TABLES = Path(__file__).parents[1] / "briefing" / "tables"

Array = npt.NDArray[np.float64]

REASONS = {
    "below": "stands early",
    "title": "says what the title says",
    "central": "tells of what much of the article is about",
    "recurring": "names what the article returns to",
    "foretells": "brings up what the article goes on to tell",
    "length": "says much",
    "words": "is brief",
    "figures": "gives figures",
    "question": "asks",
    "colon": "introduces",
}
CLOSENESS = {
    "finished": "is a whole sentence",
    "near title": "is near the title in meaning",
    "near whole": "is near the whole article in meaning",
    "kind": "tells what usually matters in news",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is learnt for one table."""

    table: str
    reasons: Mapping[str, str]

    alpha: float
    """How strongly the regression is held back; 10 to 1,000 do equally well."""

    power: float
    """What importance is raised to, so that what must be covered comes before two that may."""

    numbers: int = 0
    """How many numbers of a sentence's meaning have a weight each."""


# A power of 1.5 covers .01 more of what must be covered than 1, for nothing less in all; 2 gives
# the one what it takes from the other.
GENERAL = Course(table="importance.json", reasons=REASONS, alpha=100.0, power=1.5)
# Where meaning is known, a power of 2 covers as much in all as 1.5, and .01 more of what must be.
# 16 to 24 numbers do alike; all 32 cover less.
ENGLISH = Course(
    table="importance-en.json",
    reasons=REASONS | CLOSENESS,
    alpha=300.0,
    power=2.0,
    numbers=24,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One article as the regression sees it."""

    outlet: str
    x: Array
    """Features above the article's mean, numbers of meaning last. Shape (sentences, features)."""

    y: Array
    """Worth. Shape (sentences,)."""


def main() -> int:
    """Learn, report, and write when asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    lessons, others = list(judged()), list(annotated())
    for course in (GENERAL, ENGLISH):
        far, near = samples(lessons, course), samples(others, course)
        table = learn(far, course)
        table["provenance"] = f"{table['provenance']}; {agreement(far, near, course)}"
        written = json.dumps(table, indent=1, ensure_ascii=False) + "\n"
        print(course.table, written)
        if args.write:
            (TABLES / course.table).write_text(written, encoding="utf-8")
    return 0


def samples(lessons: Iterable[Lesson], course: Course) -> list[Sample]:
    """Return what the regression reads of each article."""
    found = []
    for lesson in lessons:
        x = measured(lesson, course)
        y = np.array(lesson.worth(power=course.power))
        found.append(Sample(outlet=lesson.outlet, x=x - x.mean(axis=0), y=y))
    return found


def measured(lesson: Lesson, course: Course) -> Array:
    """Return the features of an article's sentences. Shape (sentences, features)."""
    if not course.numbers:
        return np.array([*columns(lesson.document).values()]).T
    found = columns(lesson.document, kind=(0.0,))
    del found["kind"]  # what is learnt here
    numbers = np.array(meaning(lesson.document).sentences)[:, : course.numbers]
    return np.hstack([np.array([*found.values()]).T, numbers])


def learn(taught: Sequence[Sample], course: Course) -> dict[str, object]:
    """Return the table of weights."""
    weights = [round(float(v), 5) for v in ridge(taught, course)]
    kind = {"kind": weights[-course.numbers :]} if course.numbers else {}
    values = [*weights[: len(weights) - course.numbers], *([1.0] if kind else [])]
    return {
        "provenance": f"scripts/train_importance.py on {len(taught)} articles judged for their "
        f"topics; ridge within each article, alpha {course.alpha:g}",
        "base": round(float(np.mean([s.y.mean() for s in taught])), 4),
        "features": {
            name: {"value": v, "reason": reason}
            for (name, reason), v in zip(course.reasons.items(), values, strict=True)
        },
        **kind,
    }


def ridge(taught: Sequence[Sample], course: Course) -> Array:
    """Return the weight of each feature, in its own units."""
    x = np.vstack([s.x for s in taught])
    y = np.concatenate([s.y - s.y.mean() for s in taught])
    scale = x.std(axis=0) + 1e-9
    z = x / scale
    solved: Array = np.linalg.solve(z.T @ z + course.alpha * np.eye(z.shape[1]), z.T @ y)
    return solved / scale


def agreement(far: Sequence[Sample], near: Sequence[Sample], course: Course) -> str:
    """Return how scores go with worth, on outlets and on articles not learnt from."""
    outlets = [s.outlet for s in far]
    apart = []
    for taught, asked in GroupKFold(5).split(outlets, groups=outlets):
        weights = ridge([far[n] for n in taught], course)
        apart += [correlation(far[n], weights) for n in asked]
    annotated = [correlation(s, ridge(far, course)) for s in near]
    return (
        f"correlation with worth {np.nanmean(apart):.3f} in five parts by outlet, "
        f"{np.nanmean(annotated):.3f} on the {len(near)} hand-annotated articles, not learnt from"
    )


def correlation(sample: Sample, weights: Array) -> float:
    """Return how an article's scores go with its worth; nan where all are worth the same."""
    if not sample.y.std():
        return float("nan")
    return float(np.corrcoef(sample.x @ weights, sample.y)[0, 1])


if __name__ == "__main__":
    sys.exit(main())
