"""Measure where sentences end: F1 of boundaries on ../shared/eval/sentences, by language.

    python benchmarks/sentences.py [--errors 20]

A boundary is the offset just past a sentence's last character. Those at the end of a paragraph are
given, so they do not count. Of the gold boundaries, `marked` counts only those after terminal
punctuation: treebanks also cut captions and labels where nothing shows it.
"""

import argparse
import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefing.segment import spans

EVAL = Path(__file__).parent.parent.parent / "shared" / "eval" / "sentences"
_MARKS = ".!?…。！？؟।॥"
_CLOSERS = "\"'”’»)]）」』“"
_NAMES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it",
    "portuguese": "pt", "dutch": "nl", "russian": "ru", "ukrainian": "uk", "polish": "pl",
    "chinese": "zh", "japanese": "ja", "danish": "da", "greek": "el", "arabic": "ar",
    "persian": "fa", "urdu": "ur", "hindi": "hi", "marathi": "mr", "armenian": "hy",
    "amharic": "am", "burmese": "my", "bulgarian": "bg", "kazakh": "kk", "slovak": "sk",
}  # fmt: skip


def main() -> None:
    """Print one row a data set, then the golden rules by language."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", type=int, default=0, help="show N errors of each treebank")
    parser.add_argument("--only", default="", help="data sets whose name holds this")
    args = parser.parse_args()
    if not EVAL.is_dir():
        print(f"The evaluation material is not at {EVAL}; nothing is measured.")
        return
    print(f"{'set':<14}{'F1':>7}{'marked':>8}{'P':>7}{'R':>7}{'gold':>7}{'MB/s':>7}")
    for path in sorted(EVAL.glob(f"ud-{args.only}*.gz")):
        _treebank(path, errors=args.errors)
    _golden(args.only)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _treebank(path: Path, *, errors: int) -> None:
    """Print the figures of one treebank."""
    name = path.name.removeprefix("ud-").split("_dev")[0]
    hits = found = wanted = marked = marked_hits = size = 0
    spent = 0.0
    wrong: list[str] = []
    for row in _rows(path):
        for text, gold in _paragraphs(row):
            begun = time.perf_counter()
            ends = {end for _, end in spans(text, language=name[:2])} - {len(text.rstrip())}
            spent += time.perf_counter() - begun
            size += len(text.encode())
            seen = {g for g in gold if text[:g].rstrip(_CLOSERS)[-1:] in _MARKS}
            hits += len(ends & gold)
            found += len(ends)
            wanted += len(gold)
            marked += len(seen)
            marked_hits += len(ends & seen)
            wrong += [f"extra   {_show(text, e)}" for e in sorted(ends - gold)]
            wrong += [f"missing {_show(text, e)}" for e in sorted(seen - ends)]
    precision = hits / max(found, 1)
    f1 = 2 * hits / max(found + wanted, 1)
    f1_marked = 2 * marked_hits / max(found - (hits - marked_hits) + marked, 1)
    rate = size / 1e6 / max(spent, 1e-9)
    recall = hits / max(wanted, 1)
    print(
        f"{name:<14}{f1:>7.3f}{f1_marked:>8.3f}{precision:>7.3f}{recall:>7.3f}{wanted:>7}{rate:>7.1f}"
    )
    for line in wrong[:errors]:
        print("   ", line)


def _show(text: str, at: int) -> str:
    """Return what stands around a place."""
    return (text[max(0, at - 45) : at] + " ┃ " + text[at : at + 35]).replace("\n", "⏎")


def _paragraphs(row: dict[str, Any]) -> Iterator[tuple[str, set[int]]]:
    """Yield (text, gold ends inside it) of each paragraph of a row."""
    sentences = iter(row["sentences"])
    for size in row["paragraph_sentence_counts"]:
        taken = [next(sentences) for _ in range(size)]
        ends, text, at = set(), row["text"], row.get("_at", 0)
        start = text.find(taken[0], at)
        place = start
        for sentence in taken:
            place = text.index(sentence, place) + len(sentence)
            ends.add(place - start)
        row["_at"] = place
        yield text[start:place], ends - {place - start}


def _golden(only: str) -> None:
    """Print how many golden rules each language keeps."""
    kept: dict[str, list[bool]] = {}
    for row in _rows(EVAL / "golden-rules.jsonl.gz"):
        code = _NAMES.get(row["lang"], row["lang"])
        text = row["text"]
        cut = [text[a:b] for a, b in spans(text, language=code)]
        kept.setdefault(code, []).append(cut == [s.strip() for s in row["sentences"]])
        if only and only == code and not kept[code][-1]:
            print(row["sentences"], "\n      ", cut)
    print("golden rules kept:", ", ".join(f"{k} {sum(v)}/{len(v)}" for k, v in kept.items()))


if __name__ == "__main__":
    main()
