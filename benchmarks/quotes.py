"""Measure who said it: on hand-annotated key points, and on the attributions of PolNeAR.

    python benchmarks/quotes.py [--eval FOLDER] [--wrong]

Needs the evaluation material, which is no part of this repository; says so when it is absent.
Prints two Markdown tables, each with a baseline beside ours: the nearest capitalised name before
the quotation, else after it. With `--wrong`, each wrong answer on standard error.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefing.model import Article, Document, Quotation, Sentence
from briefing.quotes import quotations, speaker_of
from briefing.words import words

EVAL = Path(__file__).parent.parent.parent / "shared" / "eval"

# A quotation is found when ours and the annotators' share this part of the longer one.
SHARE = 0.8

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+")
_END = re.compile(r"[.!?]+[\"'”’)]*\s+(?=[\"'“‘(\[A-Z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Col|Lt|Sgt|St|Jr|Sr|Prof|Rev|vs|No|[A-Z])|\.[A-Z])\.\s+$"
)
_WHOLE = re.compile(r"[\"“][^\"“”]+[\"”][.,]?")
_TAIL = re.compile(r",| (?:of|for|from|who|in|at) ")
_PRONOUNS = frozenset("he she they it i we you who his her their him them".split())


def main() -> int:
    """Print the tables; 2 when there is nothing to measure on."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--eval", type=Path, default=EVAL, help="folder of the material")
    parser.add_argument("--wrong", action="store_true", help="show each wrong answer")
    options = parser.parse_args()
    dev = options.eval / "keypoints" / "dev.jsonl"
    polnear = options.eval / "quotes" / "polnear-dev.jsonl.gz"
    missing = [path for path in (dev, polnear) if not path.is_file()]
    if missing:
        print(f"no evaluation material at {missing[0]}; name its folder with --eval")
        return 2
    print(
        table("Sentences that are quotations, hand-annotated", key_points(dev, show=options.wrong))
    )
    print(
        table(
            "Direct quotations of PolNeAR whose source is named",
            attributions(polnear, show=options.wrong),
        )
    )
    return 0


def table(title: str, rows: dict[str, Counter[str]]) -> str:
    """Return a Markdown table of what each method answered."""
    lines = [
        f"### {title}",
        "",
        "| method | right | wrong | silent | of | found | named though unnamed |",
        "|---|---|---|---|---|---|---|",
    ]
    for method, n in rows.items():
        total = max(n["right"] + n["wrong"] + n["silent"], 1)
        shares = " | ".join(f"{n[key] / total:.3f}" for key in ("right", "wrong", "silent"))
        found = f"{n['found'] / n['quotations']:.3f}" if n["quotations"] else "-"
        unnamed = f"{n['named'] / n['unnamed']:.3f}" if n["unnamed"] else "-"
        lines.append(f"| {method} | {shares} | {total} | {found} | {unnamed} |")
    return "\n".join([*lines, ""])


def key_points(path: Path, *, show: bool) -> dict[str, Counter[str]]:
    """Return how each method names the speakers of the annotated key-point articles."""
    counts = {"nearest name": Counter[str](), "ours": Counter[str]()}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = _document(row, [tuple(s["span"]) for s in row["sentences"]], row["sentences"])
        for sentence, gold in zip(document.sentences, row["sentences"], strict=True):
            if gold["quote"]:
                answers = {
                    "nearest name": nearest_name(document, sentence.start, sentence.end),
                    "ours": speaker_of(document, sentence),
                }
                for method, said in answers.items():
                    verdict = _judge(counts[method], said, gold["speaker"])
                    if show and method == "ours":
                        _tell(verdict, said, f"{gold['speaker']}: {row['id']} {sentence.position}")
    return counts


def _judge(count: Counter[str], said: str | None, gold: str | None) -> str:
    """Add one answer to *count*; return what it was."""
    if gold is None:
        count["unnamed"] += 1
        count["named"] += said is not None
        return "named" if said else "silent"
    verdict = "silent" if said is None else "right" if _same(said, gold) else "wrong"
    count[verdict] += 1
    return verdict


def _tell(verdict: str, said: str | None, note: str) -> None:
    """Print an answer that should not have been given."""
    if verdict in ("wrong", "named"):
        print(f"{verdict}: {said!r} for {note}", file=sys.stderr)


def _same(said: str, gold: str) -> bool:
    """Return whether the last word of either name stands in the other."""
    ours, theirs = _words(said), _words(gold)
    return bool(ours and theirs) and (ours[-1] in theirs or theirs[-1] in ours)


def _words(text: str) -> list[str]:
    """Return folded words, possessive endings off."""
    return [w.lower().replace("’", "'").removesuffix("'s") for w in _WORD.findall(text)]


def nearest_name(document: Document, start: int, end: int) -> str | None:
    """Return the nearest capitalised name of two words or more: after, else before."""
    text = document.article.text
    after = _NAME.search(text, end - 60 if end - start > 60 else start, end + 80)
    before = [m.group() for m in _NAME.finditer(text, max(0, start - 400), start)]
    return after.group() if after else before[-1] if before else None


def attributions(path: Path, *, show: bool) -> dict[str, Counter[str]]:
    """Return how each method names the sources of PolNeAR's direct quotations."""
    counts = {"nearest name": Counter[str](), "ours": Counter[str]()}
    for row in _rows(path):
        document = _document(row, list(_spans(row["text"])), None)
        found = quotations(document.article, document.sentences)
        for start, end, source in _direct(row):
            ours = max(found, key=lambda q: _share(q, start, end), default=None)
            hit = ours is not None and _share(ours, start, end) >= SHARE
            answers = {
                "nearest name": nearest_name(document, start, end),
                "ours": ours.speaker if hit and ours else None,
            }
            for method, said in answers.items():
                counts[method]["quotations"] += 1
                counts[method]["found"] += hit
                named = _named_source(source)
                if named is not None:
                    verdict = _judge(counts[method], said, named or None)
                    if show and method == "ours":
                        _tell(verdict, said, f"{source}: {row['text'][start : start + 80]!r}")
    return counts


def _named_source(source: str) -> str | None:
    """Return the name in an annotated source, empty for none, None when it can't be judged.

    A pronoun can't: the annotation does not say whom it means.
    """
    words = _words(source)
    if not words or words[0] in _PRONOUNS | {"said"}:
        return None
    names = [w for w in _WORD.findall(source) if w[0].isupper()]
    if (names and source[0].isupper()) or len(names) > 1:
        return source
    head = _TAIL.split(source)[0]
    return head if any(name in head for name in names) else ""


def _direct(row: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    """Yield the span and source of each attribution that is between quotation marks."""
    text = row["text"]
    for attribution in row["annotations"][0]["attributions"]:
        source = " ".join(part["text"] for part in attribution.get("source", []))
        for content in attribution.get("content", []):
            for start, end in content["spans"]:
                piece = text[start:end]
                if _WHOLE.fullmatch(piece):
                    yield start, end, source


def _share(quotation: Quotation, start: int, end: int) -> float:
    """Return which part of the longer of two spans they share."""
    both = min(quotation.end, end) - max(quotation.start, start)
    return max(both, 0) / max(quotation.end - quotation.start, end - start)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of sentences, by a rule that is good enough here."""
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if not _ABBREVIATION.search(text, start, end.end()):
                yield start, len(text[: end.end()].rstrip())
                start = end.end()
        if text[start : line.end()].strip():
            yield start, line.start() + len(line.group().rstrip())


def _document(row: dict[str, Any], spans: list[Any], gold: list[dict[str, Any]] | None) -> Document:
    """Return a document of the sentences at *spans*, a paragraph a line unless *gold* says."""
    text = row["text"]
    article = Article(
        ref=row["id"], sha256="", source_text=text, text=text, title=row["title"], language="en"
    )
    sentences = tuple(
        Sentence(
            text=text[start:end],
            start=start,
            end=end,
            position=position,
            paragraph=gold[position]["paragraph"] if gold else text.count("\n", 0, start),
        )
        for position, (start, end) in enumerate(spans)
    )
    return Document(
        article=article, sentences=sentences, words=tuple(words(s.text) for s in sentences)
    )


if __name__ == "__main__":
    sys.exit(main())
