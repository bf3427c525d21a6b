"""Learn the signs that a sentence does not stand alone, and write `briefing/tables/doubt.json`.

The teaching is the judgement of the annotators of ../shared/eval/keypoints, on every sentence that
no table of leaning words holds back: does it stand alone, with the brackets and the speaker that
we would show? Logistic regression; the area under the curve is told leaving one article out.

    python scripts/train_doubt.py [--write]
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from train_importance import EVAL, gold

from briefing.choose.doubt import signs
from briefing.choose.repair import Candidate, candidates
from briefing.choose.setting import Setting

sys.path.insert(0, str(EVAL))

TABLE = Path(__file__).parents[1] / "briefing" / "tables" / "doubt.json"
# How far the regression may trust the signs; .03 to .3 do equally well.
TRUST = 0.1


def main() -> int:
    """Learn, report, and write when asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    with (EVAL / "keypoints" / "dev.jsonl").open(encoding="utf-8") as lines:
        rows = [sample for n, row in enumerate(map(json.loads, lines)) for sample in read(n, row)]
    names = list(rows[0][1])
    x = np.array([[found[name] for name in names] for _, found, _ in rows])
    y = np.array([orphan for _, _, orphan in rows])
    group = np.array([n for n, _, _ in rows])
    guessed = np.zeros(len(y))
    for n in set(group):
        guessed[group == n] = fit(x[group != n], y[group != n]).predict_proba(x[group == n])[:, 1]
    area = roc_auc_score(y, guessed)
    model = fit(x, y)
    table = {
        "provenance": f"scripts/train_doubt.py on {len(y)} sentences of {len(set(group))} "
        f"articles, {int(y.sum())} not standing alone; area under the curve "
        f"{area:.2f}, leaving one out",
        "signs": {
            "always": round(float(model.intercept_[0]), 3),
            **{n: round(float(v), 3) for n, v in zip(names, model.coef_[0], strict=True)},
        },
    }
    print(json.dumps(table, indent=1))
    if args.write:
        TABLE.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return 0


def fit(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    """Return the regression."""
    return LogisticRegression(C=TRUST * 10, max_iter=1000).fit(x, y)


def read(n: int, row: dict) -> list[tuple[int, dict[str, float], bool]]:
    """Return the signs and the verdict for each form that we would print."""
    import score_keypoints as scorer

    setting = Setting(document=gold(row))
    text = row["text"]
    judged = [{**s, "words": scorer.words(text[slice(*s["span"])])} for s in row["sentences"]]
    found = []
    for sentence in setting.document.sentences:
        for form in candidates(setting, sentence.position):
            shown = scorer.norm(form.text)
            if matched := scorer.sentences_shown(shown, judged):
                told = form.speaker is not None or bool(form.named)
                measured = signs(setting, form.sentences, told=told)
                found.append((n, measured, scorer.is_orphan(point(form), shown, matched)))
    return found


def point(form: Candidate) -> dict[str, str | None]:
    """Return a form as the scorer reads it."""
    return {"text": form.text, "speaker": form.speaker, "context": form.context}


if __name__ == "__main__":
    sys.exit(main())
