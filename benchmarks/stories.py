"""Stories: one event, one story. Ours beside what a user would pick instead, in one run."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from briefing.cluster.events import WINDOW_H, candidates, publication_order
from briefing.cluster.likeness import features
from briefing.cluster.records import Fingerprint
from briefing.cluster.terms import fingerprint
from briefing.model import Article, Block, Role

EVAL = Path(__file__).parent.parent.parent / "shared" / "eval"


@dataclass
class Labelled:
    """An article and the event its editors filed it under."""

    article: Article
    cluster: str

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """What it is about."""
        return fingerprint(self.article)


def read_rows(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of one file of the evaluation material."""
    with gzip.open(EVAL / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def allsides() -> list[Labelled]:
    """Return the AllSides articles; one without a date takes its cluster's first."""
    found = []
    for row in read_rows("stories/allsides"):
        dates = [d for d in map(day, [*row["dates"], *(a["date"] for a in row["articles"])]) if d]
        for piece in row["articles"]:
            when = day(piece["date"]) or min(dates, default=None)
            found.append(Labelled(article(piece, when), row["id"]))
    return found


def basil() -> list[Labelled]:
    """Return the BASIL articles."""
    return [Labelled(article(r, day(r["date"])), r["cluster"]) for r in read_rows("stories/basil")]


def article(row: dict[str, Any], published: datetime | None) -> Article:
    """Return an article whose body is all of its text, a block a paragraph."""
    text = row["text"]
    blocks, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block(start=start, end=start + len(line.rstrip()), role=Role.BODY))
        start += len(line)
    return Article(
        ref=row["id"],
        sha256=row["id"],
        source_text=text,
        text=text,
        blocks=tuple(blocks),
        title=row["title"],
        publisher=row["source"],
        published=published,
        language="en",
        url=row["url"],
    )


def day(text: str | None) -> datetime | None:
    """Return the date, at midnight, of the two forms the material writes."""
    for form in ("%Y-%m-%d", "%m/%d/%y"):
        try:
            return datetime.strptime((text or "")[:10], form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def training_rows(articles: list[Labelled]) -> tuple[list[tuple[float, ...]], list[bool]]:
    """Return the features of each pair that is compared, and whether the editors joined the two."""
    ordered, pairs = compared(articles)
    prints = [a.fingerprint for a in ordered]
    return (
        [features(prints[i], prints[j]) for i, j in pairs],
        [ordered[i].cluster == ordered[j].cluster for i, j in pairs],
    )


def compared(articles: list[Labelled]) -> tuple[list[Labelled], list[tuple[int, int]]]:
    """Return the articles in order, and which pairs the index would have compared."""
    ordered = sorted(articles, key=lambda a: publication_order(a.article))
    prints = [a.fingerprint for a in ordered]
    return ordered, list(candidates(prints, window_days=WINDOW_H / 24))


def fit(rows: list[tuple[float, ...]], truth: list[bool]) -> tuple[float, list[float]]:
    """Return intercept and weights of a logistic regression, for features as they come."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    table = np.array(rows)
    mean, spread = table.mean(axis=0), table.std(axis=0)
    model = LogisticRegression(C=0.1, max_iter=5000).fit((table - mean) / spread, truth)
    weights = model.coef_[0] / spread
    return float(model.intercept_[0] - weights @ mean), [float(w) for w in weights]
