"""Learn what each feature of a sentence counts for, and write `briefing/tables/importance.json`.

Two kinds of teaching, both read from ../shared/eval and never shipped: the topics of the
hand-annotated articles (a sentence is worth the importance of the topics it conveys), and the
human highlights of CNN and Daily Mail articles (worth: the share of a highlight's words it has).
A ridge regression on standardised features learns from each; the two answers are added, for the
few annotated articles are near to what we want and the many others are steady.

    python scripts/train_importance.py            print what would be written, and how it does
    python scripts/train_importance.py --write    write it
"""

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from briefing.model import Article, Block, Document, Role, Sentence
from briefing.segment import segment
from briefing.summarisers.features import features
from briefing.summarisers.vectors import STEM
from briefing.words import stopwords, words

ROOT = Path(__file__).parents[1]
EVAL = ROOT.parent / "shared" / "eval"
TABLE = ROOT / "briefing" / "tables" / "importance.json"

Array = npt.NDArray[np.float64]

REASONS = {
    "place": "stands at the top",
    "late": "stands early",
    "paragraph": "opens a paragraph",
    "title": "says what the title says",
    "central": "tells of what much of the article is about",
    "recurring": "names what the article returns to",
    "lead": "takes up the lead",
    "length": "says much",
    "figures": "gives figures",
    "question": "asks",
    "quoted": "quotes",
}
# How strongly the regression is held back. Chosen on the annotated articles, leaving one out:
# 20 to 200 do equally well, less is worse.
ALPHA = 100.0
# How many times the many count against the few; 2 to 6 do equally well.
SHARE = 4.0
HIGHLIGHTS = 900
"""Articles with highlights that are read; more change the second digit of no weight."""


def main() -> int:
    """Learn, report, and write when asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if not EVAL.is_dir():
        print(f"{EVAL} is not there: nothing to learn from", file=sys.stderr)
        return 1
    near, many = list(annotated()), list(highlighted())
    table = learn(near, many)
    print(json.dumps(table, indent=1, ensure_ascii=False))
    if args.write:
        TABLE.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def learn(near: list[tuple[Array, Array]], many: list[tuple[Array, Array]]) -> dict[str, object]:
    """Return the table of weights."""
    names = list(REASONS)
    usual = np.vstack([x for x, _ in near]).mean(axis=0)
    value = ridge(near) + SHARE * ridge(many)
    base = float(np.concatenate([y for _, y in near]).mean())
    return {
        "provenance": f"scripts/train_importance.py on {len(near)} annotated articles and "
        f"{len(many)} CNN and Daily Mail articles with highlights; ridge, alpha {ALPHA:g}, "
        f"the latter {SHARE:g} times",
        "base": round(base, 4),
        "features": {
            name: {
                "value": round(float(v), 4),
                "usual": round(float(u), 4),
                "reason": REASONS[name],
            }
            for name, v, u in zip(names, value, usual, strict=True)
        },
    }


def ridge(rows: list[tuple[Array, Array]]) -> Array:
    """Return the weight of each feature, in its own units."""
    x, y = np.vstack([x for x, _ in rows]), np.concatenate([y for _, y in rows])
    scale = x.std(axis=0) + 1e-9
    z = (x - x.mean(axis=0)) / scale
    solved: Array = np.linalg.solve(z.T @ z + ALPHA * np.eye(z.shape[1]), z.T @ (y - y.mean()))
    return solved / scale


def matrix(document: Document) -> Array:
    """Return the features of a document's sentences. Shape (sentences, features)."""
    return np.array([[found[name] for name in REASONS] for found in features(document)])


def annotated() -> Iterator[tuple[Array, Array]]:
    """Yield features and worth of each hand-annotated article."""
    with (EVAL / "keypoints" / "dev.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            document = gold(row)
            worth = np.zeros(len(document.sentences))
            for topic in row["topics"]:
                worth[topic["sentences"]] += topic["importance"]
            yield matrix(document), worth


def gold(row: dict[str, object]) -> Document:
    """Return an annotated article as a document with the annotator's sentences."""
    from briefing.quotes import quotations

    text = str(row["text"])
    cut = tuple(
        Sentence(
            text=text[slice(*s["span"])],
            start=s["span"][0],
            end=s["span"][1],
            position=n,
            paragraph=s["paragraph"],
        )
        for n, s in enumerate(row["sentences"])  # type: ignore[var-annotated,arg-type]
    )
    article = _article(text, [(s.start, s.end) for s in cut], title=row["title"])
    return Document(
        article=article,
        sentences=cut,
        words=tuple(words(s.text) for s in cut),
        quotations=quotations(article, cut),
    )


def highlighted() -> Iterator[tuple[Array, Array]]:
    """Yield features and worth of articles with highlights."""
    common = stopwords("en")
    with gzip.open(EVAL / "summaries" / "cnndm-train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in (json.loads(line) for _, line in zip(range(HIGHLIGHTS), lines, strict=False)):
            spans = [m.span() for m in re.finditer(r"\S(?:.*\S)?", row["text"])]
            document = segment(_article(row["text"], spans, title=None))
            if len(document.sentences) < 8:
                continue
            stems = [{w[:STEM] for w in ws if w not in common} for ws in document.words]
            asked = [{w[:STEM] for w in words(h) if w not in common} for h in row["summary"]]
            worth = [max((len(a & s) / len(a) for a in asked if a), default=0.0) for s in stems]
            yield matrix(document), np.array(worth)


def _article(text: str, spans: list[tuple[int, int]], *, title: object) -> Article:
    """Return an article all of whose spans are body."""
    return Article(
        ref="",
        sha256="",
        source_text=text,
        text=text,
        title=str(title) if title else None,
        language="en",
        blocks=tuple(Block(start=a, end=b, role=Role.BODY) for a, b in spans),
    )


if __name__ == "__main__":
    sys.exit(main())
