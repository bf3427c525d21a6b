"""Learn the signs that a sentence does not stand alone, and write `briefing/tables/doubt*.json`.

The teaching is whether readers found a sentence to stand alone (`teaching.py`), of every sentence
that no table of leaning words holds back and that needs no bracket. The judged articles give what
each sign counts for; the hand-annotated ones, whose readers were milder, how often it is at all.
For English the first numbers of what the sentence means are signs, too (`train_closeness.py`).

    python scripts/train_doubt.py [--write]
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from teaching import Lesson, annotated, judged

from briefing.choose.doubt import SIGNS, signs
from briefing.choose.repair import candidates
from briefing.choose.setting import Setting
from briefing.model import Sentence
from briefing.summarisers.closeness import meaning

TABLES = Path(__file__).parents[1] / "briefing" / "tables"
# How far the regression may trust the signs; .2 to 3 do equally well.
TRUST = 1.0
# Numbers of a sentence's meaning that count in English: 8 to 16 do alike, 64 do worse than 16.
MEANING = 8

Array = npt.NDArray[np.float64]
Samples = tuple[Array, Array, Array]
"""Signs (samples, signs), whether it leans (samples,), and the article's number (samples,)."""


def main() -> int:
    """Learn, report, and write when asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    far, near = list(judged()), list(annotated())
    for name, numbers in (("doubt.json", 0), ("doubt-en.json", MEANING)):
        table = learn(read(far, numbers), read(near, numbers))
        written = json.dumps(table, indent=1) + "\n"
        print(name, written)
        if args.write:
            (TABLES / name).write_text(written, encoding="utf-8")
    return 0


def learn(samples: Samples, annotated: Samples) -> dict[str, object]:
    """Return the table: signs by name, and the numbers of meaning where there are more columns."""
    (x, y, group), (near_x, near_y, _) = samples, annotated
    guessed = np.zeros(len(y))
    for taught, asked in GroupKFold(5).split(x, groups=group):
        guessed[asked] = fit(x[taught], y[taught]).decision_function(x[asked])
    model = fit(x, y)
    near = model.decision_function(near_x)
    weights = [round(float(v), 3) for v in model.coef_[0]]
    meaning = {"meaning": weights[len(SIGNS) :]} if len(weights) > len(SIGNS) else {}
    return {
        "provenance": f"scripts/train_doubt.py on {len(y)} sentences of {len(set(group))} judged "
        f"articles, {int(y.sum())} not standing alone; area under the curve "
        f"{roc_auc_score(y, guessed):.3f} in five parts, {roc_auc_score(near_y, near):.3f} on the "
        f"{len(near_y)} of the hand-annotated articles, which give `always` alone",
        "signs": {
            "always": round(float(model.intercept_[0]) + shift(near, near_y), 3),
            **dict(zip(SIGNS, weights, strict=False)),
        },
        **meaning,
    }


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


def read(lessons: Iterable[Lesson], numbers: int) -> Samples:
    """Return the signs of what could be printed as it stands, and whether it leans."""
    found = [
        ([*signs(setting, sentence).values(), *means[:numbers]], leans, number)
        for number, lesson in enumerate(lessons)
        for setting in [Setting(document=lesson.document)]
        for sentence, leans in _printable(setting, lesson)
        for means in [meaning(lesson.document).sentences[sentence.position]]
    ]
    x, y, group = zip(*found, strict=True)
    return np.array(x), np.array(y, dtype=float), np.array(group)


def _printable(setting: Setting, lesson: Lesson) -> Iterator[tuple[Sentence, bool]]:
    """Yield each sentence that could be printed without a repair, and whether it leans."""
    for sentence in lesson.document.sentences:
        if sentence.position in lesson.junk:
            continue
        for form in candidates(setting, sentence.position):
            if len(form.sentences) == 1 and not form.speaker and not form.named:
                yield sentence, sentence.position in lesson.leans


if __name__ == "__main__":
    sys.exit(main())
