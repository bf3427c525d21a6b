"""Stories: one event, one story. Ours beside what a user would pick instead, in one run."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from briefing.cluster.records import Fingerprint
from briefing.cluster.terms import fingerprint
from briefing.model import Article, Block, Role

EVAL = Path(__file__).parent.parent.parent / "shared" / "eval"
WINDOW = timedelta(hours=72)


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


def candidate_pairs(articles: list[Labelled]) -> Iterator[tuple[Labelled, Labelled]]:
    """Yield the pairs within the window that share any weight at all."""
    for i, a in enumerate(articles):
        for b in articles[i + 1 :]:
            one, other = a.article.published, b.article.published
            if one and other and abs(one - other) > WINDOW:
                continue
            if len(set(a.fingerprint.terms) & set(b.fingerprint.terms)) >= 3:
                yield a, b
