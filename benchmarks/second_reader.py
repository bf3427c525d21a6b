"""How much a second careful reader's choice covers: a measure of what can be asked of a program.

    python benchmarks/second_reader.py

Of each hand-annotated article that the reader of benchmarks/judged judged blind, the five or fewer
sentences are taken that cover most of the reader's own topics within 120 words, the shortest that
do, and scored by the annotators' topics. So two readings of the same article are compared, with no
program between them.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from keypoints import load_scorer, read_gold

SECOND = Path(__file__).parent / "judged" / "second.jsonl"
POINTS, WORDS = 5, 120
# Sentences that convey the same topics are alike but for their length; so many are tried.
ALIKE = 2


def main() -> int:
    """Print the figures."""
    scorer = load_scorer()
    gold = {row["id"]: row for row in read_gold()[0]}
    with SECOND.open(encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    scored = []
    for reading in read:
        row = gold[reading["id"]]
        texts = {s["i"]: row["text"][slice(*s["span"])] for s in row["sentences"]}
        lengths = {n: len(scorer.words(text)) for n, text in texts.items()}
        printed = [{"text": texts[n]} for n in best(reading["topics"], lengths)]
        scored.append(scorer.score_article(row, printed))
    report = scorer.report(scored, 0)
    for name in ("articles", "coverage", "must", "words", "points", "redundant"):
        print(f"{name:10} {report[name]}")
    return 0


def best(topics: Sequence[dict[str, Any]], lengths: dict[int, int]) -> tuple[int, ...]:
    """Return the sentences that cover most of *topics* in the fewest words, in order."""
    return max(
        choices(topics, lengths),
        key=lambda chosen: (
            sum(t["importance"] for t in topics if not set(chosen).isdisjoint(t["sentences"])),
            -sum(lengths[n] for n in chosen),
        ),
    )


def choices(topics: Sequence[dict[str, Any]], lengths: dict[int, int]) -> Iterator[tuple[int, ...]]:
    """Yield all sets of sentences that may be printed."""
    alike: dict[tuple[int, ...], list[int]] = {}
    for n in sorted(lengths, key=lambda n: (lengths[n], n)):
        conveyed = tuple(t for t, topic in enumerate(topics) if n in topic["sentences"])
        if conveyed and len(alike.setdefault(conveyed, [])) < ALIKE:
            alike[conveyed].append(n)
    found = sorted(n for several in alike.values() for n in several)
    for count in range(1, POINTS + 1):
        for chosen in combinations(found, count):
            if sum(lengths[n] for n in chosen) <= WORDS:
                yield chosen


if __name__ == "__main__":
    sys.exit(main())
