"""Key-point quality: ours, the lead and sumy's methods on hand-annotated articles, in one run.

    python benchmarks/keypoints.py                 the table of docs/benchmarks/keypoints.md
    python benchmarks/keypoints.py --method ours   one row
    python benchmarks/keypoints.py --show 3        also print the points of the first 3 articles
    python benchmarks/keypoints.py --judged        on the articles of benchmarks/judged instead
    python benchmarks/keypoints.py --fresh         on those of them that teach nothing

The weights of ours are learnt from the articles of benchmarks/judged, none of which is among the
hand-annotated; where those are scored themselves, ours weighs and doubts by what other outlets
teach.
They have no speakers, labels or repairs to compare with, so that only what the points cover counts.

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
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from briefing.choose import choose, doubt
from briefing.clean import clean
from briefing.model import Article, Document, KeyPoint, Pick, Plan, Summariser, Summary
from briefing.segment import segment
from briefing.summarisers import get, own

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
from teaching import FRESH, JUDGED, Lesson, annotated, judged  # noqa: E402 - the scripts are no package

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

COVERED = ("coverage", "must", "words", "points", "junk", "redundant", "brackets")
"""What the judged articles can tell."""

Printed = list[dict[str, str | None]]
Method = Callable[[Sequence[Document]], list[Printed]]


def main() -> int:
    """Print the table, or what can be printed without the evaluation material."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--method", action="append", help="only this row: ours, lead, lexrank …")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N articles' points")
    parser.add_argument("--judged", action="store_true", help="score on benchmarks/judged")
    parser.add_argument("--fresh", action="store_true", help="score on what teaches nothing")
    args = parser.parse_args()
    if not EVAL.is_dir():
        print(f"{EVAL} is not there: printing the points of the samples, scoring nothing")
        return samples()
    path = FRESH if args.fresh else JUDGED
    is_judged = args.judged or args.fresh
    rows, documents = read_judged(path) if is_judged else read_gold()
    scorer = load_scorer()
    columns = COVERED if is_judged else COLUMNS
    print(head(columns))
    for name, method in methods(args.method, ours=apart if args.judged else whole):
        begun = time.perf_counter()
        printed = dict(zip((row["id"] for row in rows), method(documents), strict=True))
        ms = (time.perf_counter() - begun) / len(rows) * 1000
        print(line(name, score(scorer, rows, printed), columns=columns, ms=ms), flush=True)
        for row in rows[: args.show]:
            show(row, printed[row["id"]])
    return 0


def methods(asked: Sequence[str] | None, *, ours: Method) -> Iterable[tuple[str, Method]]:
    """Yield each row's name, and what gives the points of documents."""
    if not asked or "ours" in asked:
        yield "**briefing**", ours
    for name in BARE:
        if not asked or name in asked:
            yield f"{name} bare", partial(each, partial(bare, method=name))
            yield name, partial(each, partial(chosen, method=name))


def each(method: Callable[[Document], Printed], documents: Sequence[Document]) -> list[Printed]:
    """Return the points of each document."""
    return [method(document) for document in documents]


def whole(documents: Sequence[Document]) -> list[Printed]:
    """Return our points, with the weights that the package brings."""
    return each(partial(chosen, method="briefing"), documents)


def apart(documents: Sequence[Document]) -> list[Printed]:
    """Return our points of the judged articles, weighed and doubted by what other outlets teach."""
    from sklearn.model_selection import GroupKFold
    from train_doubt import MEANING
    from train_doubt import learn as learn_doubt
    from train_doubt import read as read_doubt
    from train_importance import ENGLISH, learn, samples

    lessons, milder = list(judged()), read_doubt(annotated(), MEANING)
    taught = samples(lessons, ENGLISH)
    outlets = [sample.outlet for sample in taught]
    found: dict[int, Printed] = {}
    for others, part in GroupKFold(5).split(outlets, groups=outlets):
        learnt = own.read(learn([taught[n] for n in others], ENGLISH))
        doubts = learn_doubt(read_doubt([lessons[n] for n in others], MEANING), milder)
        with patch.object(doubt, "weights", return_value=doubt.read(doubts)):
            for n in part:
                found[n] = points(choose(documents[n], Plan(), summarise=weighing(learnt)))
    return [found[n] for n in range(len(documents))]


def weighing(learnt: own.Table) -> Summariser:
    """Return our method with other weights."""

    def summarise(document: Document, /, *, count: int) -> tuple[Pick, ...]:
        return own.weighed(document, learnt)[:count]

    return summarise


def chosen(found: Document, *, method: str) -> Printed:
    """Return the points that the command line would give."""
    return points(choose(found, Plan(method=method), summarise=get(method)))


def bare(found: Document, *, method: str) -> Printed:
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


def read_gold() -> tuple[list[dict[str, Any]], list[Document]]:
    """Return the annotated articles, and how briefing reads them."""
    with (EVAL / "keypoints" / "dev.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return rows, [document(row) for row in rows]


def read_judged(path: Path) -> tuple[list[dict[str, Any]], list[Document]]:
    """Return judged articles as the scorer wants them, and how briefing reads them."""
    lessons = list(judged(path))
    return [as_gold(lesson) for lesson in lessons], [lesson.document for lesson in lessons]


def as_gold(lesson: Lesson) -> dict[str, Any]:
    """Return a judged article in the format of the annotated ones, as far as it goes."""
    document = lesson.document
    return {
        "id": lesson.name,
        "title": document.article.title,
        "text": document.article.text,
        "topics": [
            {"label": "", "importance": t.importance, "sentences": sorted(t.sentences)}
            for t in lesson.topics
        ],
        "sentences": [
            {"i": s.position, "span": [s.start, s.end], "standalone": True}
            for s in document.sentences
            if s.position not in lesson.junk
        ],
    }


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


def head(columns: Sequence[str]) -> str:
    """Return the first two lines of the table."""
    names = ["method", *(c.replace("_", " ") for c in columns), "ms an article"]
    return f"| {' | '.join(names)} |\n|{'---|' * len(names)}"


def line(name: str, report: dict[str, Any], *, columns: Sequence[str], ms: float) -> str:
    """Return one row of the table."""
    cells = ["–" if report[c] is None else f"{report[c]:.3g}" for c in columns]
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
