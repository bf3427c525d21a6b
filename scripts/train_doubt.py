"""Learn the signs that a sentence does not stand alone, and write `briefing/tables/doubt.json`.

The teaching is whether readers found a sentence to stand alone (`teaching.py`), of every sentence
that no table of leaning words holds back and that needs no bracket. The judged articles give what
each sign counts for; the hand-annotated ones, whose readers were milder, how often it is at all.

    python scripts/train_doubt.py [--write]
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from teaching import Lesson, annotated, judged

from briefing.choose import doubt as doubting
from briefing.choose.doubt import signs
from briefing.choose.repair import candidates
from briefing.choose.setting import Setting

TABLE = Path(__file__).parents[1] / "briefing" / "tables" / "doubt.json"
# How far the regression may trust the signs; .2 to 3 do equally well.
TRUST = 1.0

Array = npt.NDArray[np.float64]
Samples = tuple[Array, Array, Array]
"""Signs (samples, signs), whether it leans (samples,), and the article's number (samples,)."""


def main() -> int:
    """Learn, report, and write when asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    doubting.weights = lambda: defaultdict(float)  # what is learnt anew must not be asked yet
    (x, y, group), (near_x, near_y, _) = read(judged()), read(annotated())
    names = sign_names()
    guessed = np.zeros(len(y))
    for taught, asked in GroupKFold(5).split(x, groups=group):
        guessed[asked] = fit(x[taught], y[taught]).decision_function(x[asked])
    model = fit(x, y)
    near = model.decision_function(near_x)
    table = {
        "provenance": f"scripts/train_doubt.py on {len(y)} sentences of {len(set(group))} judged "
        f"articles, {int(y.sum())} not standing alone; area under the curve "
        f"{roc_auc_score(y, guessed):.3f} in five parts, {roc_auc_score(near_y, near):.3f} on the "
        f"{len(near_y)} of the hand-annotated articles, which give `always` alone",
        "signs": {
            "always": round(float(model.intercept_[0]) + shift(near, near_y), 3),
            **{n: round(float(v), 3) for n, v in zip(names, model.coef_[0], strict=True)},
        },
    }
    print(json.dumps(table, indent=1))
    if args.write:
        TABLE.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return 0


def fit(x: Array, y: Array) -> LogisticRegression:
    """Return the regression."""
    return LogisticRegression(C=TRUST, max_iter=1000).fit(x, y)


def shift(odds: Array, leans: Array) -> float:
    """Return what to add to log-odds so that they expect as many sentences to lean as do."""
    low, high = -9.0, 9.0
    while high - low > 1e-4:
        middle = (low + high) / 2
        expected = float(np.mean(1 / (1 + np.exp(-odds - middle))))
        low, high = (middle, high) if expected < float(leans.mean()) else (low, middle)
    return low


def read(lessons: Iterable[Lesson]) -> Samples:
    """Return the signs of what could be printed as it stands, and whether it leans."""
    found = [
        ([*signs(setting, form.sentences[0]).values()], position in lesson.leans, number)
        for number, lesson in enumerate(lessons)
        for setting in [Setting(document=lesson.document)]
        for position in range(len(lesson.document.sentences))
        if position not in lesson.junk
        for form in candidates(setting, position)
        if len(form.sentences) == 1 and not form.speaker and not form.named
    ]
    x, y, group = zip(*found, strict=True)
    return np.array(x), np.array(y, dtype=float), np.array(group)


def sign_names() -> list[str]:
    """Return the names of the signs, in their order."""
    lesson = next(annotated())
    return [*signs(Setting(document=lesson.document), lesson.document.sentences[0])]


if __name__ == "__main__":
    sys.exit(main())
