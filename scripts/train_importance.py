"""Learn what each feature of a sentence counts for, and write `briefing/tables/importance.json`.

The teaching is which topics readers found a sentence to convey (`teaching.py`): it is worth the
importance of those. A ridge regression within each article, for its sentences are rivals of one
another alone, tells what each feature counts for above the article's mean.

    python scripts/train_importance.py            print what would be written, and how it does
    python scripts/train_importance.py --write    write it
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold
from teaching import Lesson, annotated, judged

from briefing.summarisers.features import columns

TABLE = Path(__file__).parents[1] / "briefing" / "tables" / "importance.json"

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
# How strongly the regression is held back; 10 to 1,000 do equally well.
ALPHA = 100.0
# What importance is raised to, so that what must be covered comes before two that may: covers .01
# more of what must be for nothing less in all; 2 gives the one what it takes from the other.
POWER = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One article as the regression sees it."""

    outlet: str
    x: Array
    """Features above the article's mean. Shape (sentences, features)."""

    y: Array
    """Worth. Shape (sentences,)."""


def main() -> int:
    """Learn, report, and write when asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    far, near = samples(judged()), samples(annotated())
    table = learn(far)
    table["provenance"] = f"{table['provenance']}; {agreement(far, near)}"
    print(json.dumps(table, indent=1, ensure_ascii=False))
    if args.write:
        TABLE.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def samples(lessons: Iterable[Lesson]) -> list[Sample]:
    """Return what the regression reads of each article."""
    found = []
    for lesson in lessons:
        x = np.array([*columns(lesson.document).values()]).T
        found.append(
            Sample(
                outlet=lesson.outlet, x=x - x.mean(axis=0), y=np.array(lesson.worth(power=POWER))
            )
        )
    return found


def learn(taught: Sequence[Sample]) -> dict[str, object]:
    """Return the table of weights."""
    return {
        "provenance": f"scripts/train_importance.py on {len(taught)} articles judged for their "
        f"topics; ridge within each article, alpha {ALPHA:g}",
        "base": round(float(np.mean([s.y.mean() for s in taught])), 4),
        "features": {
            name: {"value": round(float(v), 5), "reason": reason}
            for (name, reason), v in zip(REASONS.items(), ridge(taught), strict=True)
        },
    }


def ridge(taught: Sequence[Sample]) -> Array:
    """Return the weight of each feature, in its own units."""
    x = np.vstack([s.x for s in taught])
    y = np.concatenate([s.y - s.y.mean() for s in taught])
    scale = x.std(axis=0) + 1e-9
    z = x / scale
    solved: Array = np.linalg.solve(z.T @ z + ALPHA * np.eye(z.shape[1]), z.T @ y)
    return solved / scale


def agreement(far: Sequence[Sample], near: Sequence[Sample]) -> str:
    """Return how scores go with worth, on outlets and on articles not learnt from."""
    outlets = [s.outlet for s in far]
    apart = []
    for taught, asked in GroupKFold(5).split(outlets, groups=outlets):
        weights = ridge([far[n] for n in taught])
        apart += [correlation(far[n], weights) for n in asked]
    annotated = [correlation(s, ridge(far)) for s in near]
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
