"""Key-point quality: ours, the lead and sumy's methods on hand-annotated articles, in one run.

    python benchmarks/keypoints.py                 the table of docs/benchmarks/keypoints.md
    python benchmarks/keypoints.py --method ours   one row
    python benchmarks/keypoints.py --show 3        also print the points of the first 3 articles
    python benchmarks/keypoints.py --held-out      ours, each article with weights learnt without it

Every method reads the raw text through the same cleaner and segmenter. A row called "… bare" is
the method's own answer: its best five sentences in the order of the text, as they stand. A row
without "bare" is what `briefing summarise --method …` prints, with our choosing and repairs.

The scorer and its articles are in ../shared/eval/keypoints and are never shipped. Where they are
missing, the points of the samples are printed instead, and nothing is scored.
"""

import argparse
import hashlib
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from briefing.choose import choose
from briefing.clean import clean
from briefing.model import Article, Document, KeyPoint, Pick, Plan, Summary
from briefing.segment import segment
from briefing.summarisers import get, own

ROOT = Path(__file__).parents[1]
EVAL = ROOT.parent / "shared" / "eval"
BARE = ("lead", "lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "reduction")
COLUMNS = (
    "coverage",
    "must",
    "words",
    "points",
    "junk",
    "altered",
    "orphans",
    "redundant",
    "brackets",
    "speaker_ok",
    "speaker_wrong",
    "label_ok",
    "label_distinct",
)

Printed = list[dict[str, str | None]]


def main() -> int:
    """Print the table, or what can be printed without the evaluation material."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--method", action="append", help="only this row: ours, lead, lexrank …")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N articles' points")
    parser.add_argument("--held-out", action="store_true", help="learn without the article scored")
    args = parser.parse_args()
    if not EVAL.is_dir():
        print(f"{EVAL} is not there: printing the points of the samples, scoring nothing")
        return samples()
    rows = read_gold()
    scorer = load_scorer()
    documents = [document(row) for row in rows]
    print(head())
    if args.held_out:
        print(line("briefing, held out", score(scorer, rows, held_out(rows, documents)), 0.0))
        return 0
    for name, method in methods(args.method):
        begun = time.perf_counter()
        printed = {row["id"]: method(d) for row, d in zip(rows, documents, strict=True)}
        ms = (time.perf_counter() - begun) / len(rows) * 1000
        print(line(name, score(scorer, rows, printed), ms), flush=True)
        for row in rows[: args.show]:
            show(row, printed[row["id"]])
    return 0


def methods(asked: Sequence[str] | None) -> Iterable[tuple[str, Callable[[Document], Printed]]]:
    """Yield each row's name, and what gives the points of a document."""
    if not asked or "ours" in asked:
        yield "**briefing**", lambda d: points(chosen(d, "briefing"))
    for name in BARE:
        if not asked or name in asked:
            yield f"{name} bare", lambda d, name=name: bare(d, name)  # type: ignore[misc]
            yield name, lambda d, name=name: points(chosen(d, name))  # type: ignore[misc]


def held_out(rows: list[dict[str, Any]], documents: list[Document]) -> dict[str, Printed]:
    """Return the points of each article, its sentences weighed by what the other articles teach."""
    sys.path.insert(0, str(ROOT / "scripts"))
    import train_importance as training

    near, many = list(training.annotated()), list(training.highlighted())
    found = {}
    for n, (row, read) in enumerate(zip(rows, documents, strict=True)):
        learnt = own.read(training.learn(near[:n] + near[n + 1 :], many))

        def summarise(
            document: Document, /, *, count: int, learnt: own.Table = learnt
        ) -> tuple[Pick, ...]:
            return own.weighed(document, learnt)[:count]

        found[row["id"]] = points(choose(read, Plan(), summarise=summarise))
    return found


def chosen(found: Document, method: str) -> Summary:
    """Return the summary that the command line would give."""
    return choose(found, Plan(method=method), summarise=get(method))


def bare(found: Document, method: str) -> Printed:
    """Return a method's best five sentences, in the order of the text, as they stand."""
    picks = sorted(get(method)(found, count=5), key=lambda p: p.position)
    return [
        {"text": found.sentences[p.position].text, "label": None, "speaker": None, "context": None}
        for p in picks
    ]


def points(summary: Summary) -> Printed:
    """Return the points as the scorer reads them."""
    return [printed(point) for point in summary.points]


def printed(point: KeyPoint) -> dict[str, str | None]:
    """Return one point as the scorer reads it."""
    return {
        "text": point.text,
        "label": point.label,
        "speaker": point.speaker,
        "context": point.context,
    }


def document(row: dict[str, Any]) -> Document:
    """Return an annotated article as briefing reads its raw text."""
    text: str = row["text"]
    article = Article(
        ref=row["id"],
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        source_text=text,
        text=text,
    )
    return segment(clean(article, zone="UTC"))


def read_gold() -> list[dict[str, Any]]:
    """Return the annotated articles."""
    with (EVAL / "keypoints" / "dev.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load_scorer() -> ModuleType:
    """Return the scorer of the evaluation material as a module."""
    spec = importlib.util.spec_from_file_location("scorer", EVAL / "score_keypoints.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(EVAL / "score_keypoints.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def score(
    scorer: ModuleType, rows: list[dict[str, Any]], printed: dict[str, Printed]
) -> dict[str, Any]:
    """Return the scorer's figures."""
    judged = [scorer.score_article(row, printed[row["id"]]) for row in rows]
    report: dict[str, Any] = scorer.report(judged, 0)
    return report


def head() -> str:
    """Return the first two lines of the table."""
    names = ["method", *(c.replace("_", " ") for c in COLUMNS), "ms an article"]
    return f"| {' | '.join(names)} |\n|{'---|' * len(names)}"


def line(name: str, report: dict[str, Any], ms: float) -> str:
    """Return one row of the table."""
    cells = ["–" if report[c] is None else f"{report[c]:.3g}" for c in COLUMNS]
    return f"| {name} | {' | '.join(cells)} | {ms:.1f} |"


def show(row: dict[str, Any], found: Printed) -> None:
    """Print an article's points."""
    print(f"\n## {row['title']}")
    for point in found:
        said = f" — {point['speaker']}" if point["speaker"] else ""
        print(f"- {point['label']}: {point['text']}{said}")


def samples() -> int:
    """Print the points of the samples."""
    from briefing.pipeline import summarise_all
    from briefing.sources import gather

    for outcome in summarise_all(gather([str(ROOT / "samples")]), Plan()):
        if isinstance(outcome, Summary):
            show({"title": outcome.article.title}, points(outcome))
    return 0


if __name__ == "__main__":
    sys.exit(main())
