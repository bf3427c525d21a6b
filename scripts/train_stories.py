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

from stories import allsides, fit, read_rows, training_rows

from briefing.cluster.likeness import FEATURES
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
    articles = [a for a in allsides() if a.article.published]
    rows, truth = training_rows(articles)
    intercept, weights = fit(rows, truth)
    table = {
        "provenance": "Logistic regression (C = 0.1 on standardised features) over the pairs of "
        f"articles in stories/allsides (../shared/eval) that the index compares: {len(truth)}, "
        f"of one event {sum(truth)}; written by scripts/train_stories.py weights.",
        "intercept": round(intercept, 4),
        "weights": {name: round(weight, 4) for name, weight in zip(FEATURES, weights, strict=True)},
    }
    text = json.dumps(table, indent=1)
    (TABLES / "story-weights.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
