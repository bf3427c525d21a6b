"""Learn what each feature of a phrase counts for as a label, and write `tables/labels.json`.

The teaching is read from ../shared/eval and never shipped: the topics of the hand-annotated
articles, each with its label and the sentences that convey it. Every such sentence is taken as a
point of its own; a phrase of it is worth how much of the topic's label it has, and something for
sharing a word with the label or a name with the topic's sentences, which is how labels are scored.
A ridge regression learns from what phrases of the same sentence are worth more than others.

    python scripts/train_labels.py            print what would be written
    python scripts/train_labels.py --write    write it
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from teaching import EVAL, gold

from briefing.label.choose import Chooser
from briefing.label.features import Features, stem
from briefing.words import stopwords, words

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "briefing" / "tables" / "labels.json"

Array = npt.NDArray[np.float64]

# How strongly the regression is held back; 50 to 300 do equally well on other articles.
ALPHA = 100.0
# What sharing any word or name with the topic is worth, where all words of its label are worth 1.
# More gives names alone, which are on the topic and say little.
SHARED = 1.5
_NAME = re.compile(r"\b[A-Z][\w’']+")


def main() -> int:
    """Learn, and print or write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if not EVAL.is_dir():
        print(f"{EVAL} is not there: nothing to learn from", file=sys.stderr)
        return 1
    with (EVAL / "keypoints" / "dev.jsonl").open(encoding="utf-8") as lines:
        articles = [list(points(row)) for row in map(json.loads, lines)]
    table = json.dumps(learn(articles), indent=1) + "\n"
    print(table, end="")
    if args.write:
        TABLE.write_text(table, encoding="utf-8")
    return 0


def learn(articles: Sequence[Sequence[tuple[Array, Array]]]) -> dict[str, object]:
    """Return the table of weights learnt from the points of some articles."""
    taught = [point for article in articles for point in article]
    x = np.vstack([(rows - rows.mean(axis=0)) / len(rows) ** 0.5 for rows, _ in taught])
    y = np.concatenate([(worth - worth.mean()) / len(worth) ** 0.5 for _, worth in taught])
    scale = x.std(axis=0) + 1e-6
    z = x / scale
    found = np.linalg.solve(z.T @ z + ALPHA * np.eye(z.shape[1]), z.T @ y) / scale
    return {
        "provenance": f"scripts/train_labels.py on {len(taught)} sentences of {len(articles)} "
        f"annotated articles with their topics' labels; ridge, alpha {ALPHA:g}",
        "weights": {n: round(float(w), 4) for n, w in zip(Features._fields, found, strict=True)},
    }


def points(row: dict[str, object]) -> Iterator[tuple[Array, Array]]:
    """Yield features and worth of the phrases of each sentence that conveys a topic."""
    document = gold(row)
    chooser = Chooser(document)
    topics: list[dict[str, object]] = row["topics"]  # type: ignore[assignment]
    for sentence in document.sentences:
        mine = [t for t in topics if sentence.position in t["sentences"]]  # type: ignore[operator]
        found = chooser.candidates([sentence.position])
        if mine and found:
            rows = chooser.reader.features(found, [sentence.position])
            labels = [content(str(topic["label"])) for topic in mine]
            conveyed = [document.sentences[i].text for t in mine for i in t["sentences"]]  # type: ignore[attr-defined]
            names = content(" ".join(m for text in conveyed for m in _NAME.findall(text)))
            worth = [value(set(map(stem, p.folded)), labels, names) for p, _ in found]
            yield np.array(rows), np.array(worth)


def value(phrase: set[str], labels: Sequence[set[str]], names: set[str]) -> float:
    """Return what a phrase is worth as a label of a sentence with topics of these *labels*."""
    telling = phrase - stopwords("en")
    shared = [2 * len(telling & label) / (len(telling) + len(label) or 1) for label in labels]
    return SHARED * bool(telling & names.union(*labels)) + max(shared)


def content(text: str) -> set[str]:
    """Return the stems of the words of *text* that say something."""
    return {stem(word.removesuffix("'s")) for word in words(text)} - stopwords("en")


if __name__ == "__main__":
    sys.exit(main())
