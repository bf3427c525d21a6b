"""Learn what clustering needs from the evaluation material, as tables of numbers.

    .venv/bin/python scripts/train_stories.py terms     # briefing/tables/story-terms.txt
    .venv/bin/python scripts/train_stories.py weights   # briefing/tables/story-weights.json

`terms` counts in how many articles each folded word stands. `weights` fits the logistic
regression over the features of `briefing.cluster.likeness` on the pairs of AllSides articles
published within the window, and prints what cross-validation by date says of it. Words and
weights are all that leaves the material; no sentence does. Needs scikit-learn (development).
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from stories import Labelled, allsides, candidate_pairs, read_rows

from briefing.cluster.likeness import FEATURES, features
from briefing.cluster.terms import fold
from briefing.words import words

TABLES = Path(__file__).parent.parent / "briefing" / "tables"
BACKGROUND = ("summaries/cnndm-train", "summaries/bbc-train", "noisy/allsides", "noisy/tech")
RAREST = 3
"""Terms of fewer articles are left out of the table: they count as unknown, so as rare."""


def main() -> None:
    """Write the table that the command line names."""
    match sys.argv[1:]:
        case ["terms"]:
            write_terms()
        case ["weights"]:
            write_weights()
        case _:
            sys.exit(__doc__)


def write_terms() -> None:
    """Count the background and write one line for each count, its terms in order."""
    total, counts = 0, Counter[str]()
    for name in BACKGROUND:
        for row in read_rows(name):
            total += 1
            text = f"{row.get('title') or ''}\n{row['text']}"
            counts.update({fold(word) for word in words(text) if len(word) > 1})
    by_count = defaultdict(list)
    for term, count in counts.items():
        if count >= RAREST:
            by_count[count].append(term)
    lines = [
        "# In how many articles each folded word stands; `N *` is the number of articles.",
        f"# Counted by scripts/train_stories.py in {', '.join(BACKGROUND)} (../shared/eval).",
        f"{total} *",
        *(f"{count} {' '.join(sorted(by_count[count]))}" for count in sorted(by_count)),
    ]
    (TABLES / "story-terms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_weights() -> None:
    """Fit the pair scorer on all AllSides pairs in the window and write its weights."""
    from sklearn.linear_model import LogisticRegression

    articles = [a for a in allsides() if a.article.published]
    rows, truth = training_rows(articles)
    model = LogisticRegression(C=1.0, max_iter=5000).fit(rows, truth)
    table = {
        "provenance": "Logistic regression (C = 1) over the pairs of articles in "
        f"stories/allsides (../shared/eval): {len(truth)} pairs, {sum(truth)} of one event; "
        "written by scripts/train_stories.py weights.",
        "intercept": round(float(model.intercept_[0]), 4),
        "weights": {
            name: round(float(weight), 4)
            for name, weight in zip(FEATURES, model.coef_[0], strict=True)
        },
    }
    text = json.dumps(table, indent=1)
    (TABLES / "story-weights.json").write_text(text + "\n", encoding="utf-8")


def training_rows(articles: list[Labelled]) -> tuple[list[tuple[float, ...]], list[bool]]:
    """Return the features of each candidate pair, and whether the editors joined the two."""
    pairs = list(candidate_pairs(articles))
    rows = [features(a.fingerprint, b.fingerprint) for a, b in pairs]
    return rows, [a.cluster == b.cluster for a, b in pairs]


if __name__ == "__main__":
    main()
