"""What the weights are learnt from: articles with a judgement of each sentence, or of each label.

Of sentences, two sources. The hand-annotated articles of ../shared/eval/keypoints, in the
annotators' own sentences; and those judged for this project (benchmarks/judged), whose texts are in
../shared/eval as well and never in the repository. Both are read as a `Lesson`, so that a script
need not know which it has.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from briefing.clean import clean
from briefing.model import Article, Block, Document, Role, Sentence
from briefing.quotes import quotations
from briefing.segment import segment
from briefing.words import words

ROOT = Path(__file__).parents[1]
EVAL = ROOT.parent / "shared" / "eval"
JUDGED = ROOT / "benchmarks" / "judged" / "topics.jsonl"
FRESH = ROOT / "benchmarks" / "judged" / "fresh.jsonl"
LABELS = ROOT / "benchmarks" / "judged" / "labels.jsonl"
FILES = {
    "allsides": "noisy/allsides.jsonl.gz",
    "tech": "noisy/tech.jsonl.gz",
    "cnndm": "summaries/cnndm-train.jsonl.gz",
    "bbc": "summaries/bbc-train.jsonl.gz",
    "basil": "stories/basil.jsonl.gz",
    "stories": "stories/allsides.jsonl.gz",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject that a briefing should cover."""

    importance: int
    """3 must, 2 should, 1 may."""

    sentences: frozenset[int]
    """The positions that convey it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """An article and what a reader judged of its sentences."""

    name: str
    outlet: str
    document: Document
    topics: tuple[Topic, ...]
    leans: frozenset[int]
    """Positions that do not stand alone."""

    junk: frozenset[int]
    """Positions that are no body."""

    def worth(self, *, power: float = 1.0) -> list[float]:
        """Return the importance that each sentence conveys. Shape (sentences,).

        Args:
            power: What importance is raised to: more than 1 favours what must be covered.
        """
        return [
            float(sum(t.importance**power for t in self.topics if n in t.sentences))
            for n in range(len(self.document.sentences))
        ]

    def subjects(self) -> list[frozenset[int]]:
        """Return which topics each sentence conveys. Shape (sentences,)."""
        return [
            frozenset(t for t, topic in enumerate(self.topics) if n in topic.sentences)
            for n in range(len(self.document.sentences))
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An article and what a reader judged of the labels of its points."""

    document: Document
    points: tuple[tuple[tuple[int, ...], tuple[tuple[int, int], ...]], ...]
    """The sentences of each point, and which phrases the reader would let stand as its label.

    The best first; offsets in `Article.text`. No phrase, where none is good.
    """


def labelled() -> Iterator[Labelled]:
    """Yield the articles whose labels were judged, without points that are cut otherwise now."""
    with LABELS.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            folder, _, name = row["id"].partition("/")
            document = read(texts(folder)[name])
            article = document.article
            now = {article.offsets.source(s.start): s.position for s in document.sentences}
            places = {article.offsets.source(n): n for n in range(len(article.text))}
            yield Labelled(
                document=document,
                points=tuple(
                    (
                        tuple(now[start] for start in point["starts"]),
                        tuple((places[start], places[end]) for start, end in point["good"]),
                    )
                    for point in row["points"]
                    if all(start in now for start in point["starts"])
                ),
            )


def annotated() -> Iterator[Lesson]:
    """Yield the hand-annotated articles."""
    with (EVAL / "keypoints" / "dev.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield Lesson(
                name=row["id"],
                outlet=row["outlet"] or "",
                document=gold(row),
                topics=_topics(row["topics"], {s["i"]: s["i"] for s in row["sentences"]}),
                leans=frozenset(s["i"] for s in row["sentences"] if not s["standalone"]),
                junk=frozenset(),
            )


def gold(row: dict[str, Any]) -> Document:
    """Return an annotated article as a document with the annotator's sentences."""
    text = str(row["text"])
    cut = tuple(
        Sentence(
            text=text[slice(*s["span"])],
            start=s["span"][0],
            end=s["span"][1],
            position=n,
            paragraph=s["paragraph"],
        )
        for n, s in enumerate(row["sentences"])
    )
    article = Article(
        ref="",
        sha256="",
        source_text=text,
        text=text,
        title=row["title"] or None,
        language="en",
        blocks=tuple(Block(start=s.start, end=s.end, role=Role.BODY) for s in cut),
    )
    return Document(
        article=article,
        sentences=cut,
        words=tuple(words(s.text) for s in cut),
        quotations=quotations(article, cut),
    )


def judged(path: Path = JUDGED) -> Iterator[Lesson]:
    """Yield the articles judged for this project, as our cleaner and splitter cut them now.

    Those of FRESH teach nothing.
    """
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            folder, _, name = row["id"].partition("/")
            document = read(texts(folder)[name])
            source = document.article.offsets.source
            now = {source(s.start): s.position for s in document.sentences}
            kept = {n: now[start] for n, start in enumerate(row["starts"]) if start in now}
            yield Lesson(
                name=row["id"],
                outlet=texts(folder)[name]["outlet"],
                document=document,
                topics=_topics(row["topics"], kept),
                leans=_moved(row["leans"], kept),
                junk=_moved(row["junk"], kept),
            )


def read(row: dict[str, Any]) -> Document:
    """Return a row of scraped text as briefing reads it."""
    text = row["text"]
    article = Article(ref="", sha256="", source_text=text, text=text, title=row["title"])
    return segment(clean(article, zone="UTC"))


@cache
def texts(folder: str) -> dict[str, dict[str, Any]]:
    """Return the rows of one file of the evaluation material, by id, title and text in one."""
    found = {}
    with gzip.open(EVAL / FILES[folder], "rt", encoding="utf-8") as lines:
        rows = (one for row in map(json.loads, lines) for one in _articles(row))
        for row in rows:
            title = row.get("title") if folder != "cnndm" else None
            text = f"{title}\n\n{row['text']}" if title else row["text"]
            outlet = row.get("outlet") or row.get("source") or ""
            found[row["id"]] = {"title": title, "text": text, "outlet": outlet}
    return found


def _articles(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the articles of a row: itself, or those that it tells of one event."""
    return [{**one, "id": f"{row['id']}/{one['id']}"} for one in row.get("articles", ())] or [row]


def _topics(rows: list[dict[str, Any]], kept: dict[int, int]) -> tuple[Topic, ...]:
    """Return the topics with the positions of sentences as they are cut now."""
    topics = (
        Topic(importance=row["importance"], sentences=_moved(row["sentences"], kept))
        for row in rows
    )
    return tuple(topic for topic in topics if topic.sentences)


def _moved(positions: list[int], kept: dict[int, int]) -> frozenset[int]:
    """Return where the sentences stand now, those that are still cut the same."""
    return frozenset(kept[n] for n in positions if n in kept)
