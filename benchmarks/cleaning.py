"""How well pasted pages are cleaned: our figures beside plain rules and beside HTML.

    .venv/bin/python -m benchmarks.cleaning            # ../shared/eval, else samples/
    .venv/bin/python -m benchmarks.cleaning --pages 20

The pages are those with a true body in ../shared/eval/pages/scrapinghub; the weights of the
cleaner were learnt from the same pages, so what holds for unseen sites is what
`scripts/train_cleaner.py --dry` prints: cross-validation over sites. The truth of these pages
counts subheads as body; so does this benchmark, though they are no key points.
"""

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.pasted import (
    EVAL,
    Page,
    f1,
    flattened,
    pages,
    paste,
    precision_recall,
    selection,
    wrapped,
)
from briefing.choose import choose
from briefing.clean import clean
from briefing.clean.lines import key
from briefing.errors import ReadError
from briefing.model import Article, Plan, Role, Source
from briefing.readers.html import read
from briefing.summarisers import get

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
from teaching import JUDGED, judged

_ENDS = (".", "!", "?", "…", ":", ";", ",")
_TEXT = (Role.BODY, Role.SUBHEAD, Role.DATELINE)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, metavar="N", help="at most N pages")
    count = parser.parse_args().pages
    if not (EVAL / "pages").is_dir():
        print("../shared/eval is absent; cleaning the samples instead, without truth to score by")
        _samples()
        return
    chosen = list(pages("scrapinghub"))[:count]
    _bodies(chosen)
    _key_points()
    _judged()
    _metadata()
    _speed(chosen)


def _bodies(chosen: list[Page]) -> None:
    """Print precision, recall and F1 of the body, a line for each method and shape of input."""
    english = [page for page in chosen if _is_english(page.gold)]
    shapes: dict[str, Callable[[Page], str]] = {
        "whole page": lambda page: paste(page.markup),
        "selection": _selected,
        "selection, wrapped at 72": lambda page: wrapped(_selected(page)),
        "selection, on one line": lambda page: flattened(_selected(page)),
    }
    methods: dict[str, Callable[[str], str]] = {
        "keep all": str,
        "punctuation rule": _punctuated,
        "briefing": cleaned,
    }
    print(f"## Body, {len(chosen)} pages ({len(english)} English)\n")
    print("| input | method | precision | recall | F1 | F1, English |\n|---|---|---|---|---|---|")
    for shape, make in shapes.items():
        texts = [make(page) for page in chosen]
        for method, body in methods.items():
            _row(shape, method, chosen=chosen, found=[body(text) for text in texts])
    for method, cleaning in (("trafilatura", False), ("briefing", True)):
        found = [_extracted(page, cleaning=cleaning) for page in chosen]
        _row("HTML", method, chosen=chosen, found=found)


def _row(shape: str, method: str, *, chosen: list[Page], found: list[str]) -> None:
    """Print one line of the table."""
    scores = [precision_recall(text, page.gold) for text, page in zip(found, chosen, strict=True)]
    pairs = zip(scores, chosen, strict=True)
    english = [score for score, page in pairs if _is_english(page.gold)]
    figures = " | ".join(f"{x:.3f}" for x in (*f1(scores), f1(english)[2]))
    print(f"| {shape} | {method} | {figures} |", flush=True)


def _selected(page: Page) -> str:
    """Return the page from its headline to the last paragraph of its body."""
    return selection(paste(page.markup), page.gold)


def _punctuated(text: str) -> str:
    """Return the lines of more than five words that end in a mark: the best single rule known."""
    kept = (line for line in text.split("\n") if len(line.split()) > 5)
    return "\n".join(line for line in kept if line.rstrip("\"'”’»)").endswith(_ENDS))


def cleaned(text: str) -> str:
    """Return what the cleaner takes for the article's text."""
    return _text_of(clean(_article(text), zone="UTC"))


def _article(text: str) -> Article:
    """Return *text* as a reader hands it over; text with nothing in it too."""
    return Article(ref="a.txt", sha256="", source_text=text, text=text)


def _text_of(article: Article) -> str:
    """Return the body and its subheads."""
    return "\n".join(article.text[b.start : b.end] for b in article.blocks if b.role in _TEXT)


def _extracted(page: Page, *, cleaning: bool) -> str:
    """Return the body from the HTML of the page."""
    try:
        (found,) = read(Source(ref="a.html", body=page.markup.encode()))
    except ReadError:
        return ""
    return _text_of(clean(found, zone="UTC")) if cleaning else found.source_text


def _is_english(text: str) -> bool:
    """Return whether a twentieth of the words are the commonest of English."""
    words = text.lower().split()
    return sum(w in ("the", "of", "and", "to", "in") for w in words) > 0.05 * len(words)


def _key_points() -> None:
    """Print what becomes of annotated junk and sentences, and of title, authors and times."""
    rows = [json.loads(line) for line in (EVAL / "keypoints/dev.jsonl").open(encoding="utf-8")]
    kept = sentences = leaked = junk = titles = authors = 0
    for row in rows:
        found = clean(_article(row["text"]), zone="UTC")
        inside = bytearray(len(row["text"]) + 1)
        for block in found.body():
            start, end = found.offsets.span(block.start, block.end)
            inside[start:end] = b"\x01" * (end - start)
        for sentence in row["sentences"]:
            start, end = sentence["span"]
            sentences += 1
            kept += sum(inside[start:end]) > 0.9 * (end - start)
        for span in row["junk"]:
            start, end = span["span"]
            junk += end - start
            leaked += sum(inside[start:end])
        titles += key(found.title or "") == key(row["title"] or "")
        authors += list(found.authors) == row["authors"]
    print(f"\n## Annotated articles, {len(rows)} (keypoints/dev)\n")
    print(f"sentences of the body kept: {kept} of {sentences} ({kept / sentences:.3f})")
    print(f"characters of junk taken for body: {leaked} of {junk} ({leaked / junk:.3f})")
    print(f"title exact: {titles} of {len(rows)}; authors exact: {authors} of {len(rows)}")


def _judged() -> None:
    """Print what of the judged articles is lost, and how much of what is printed is no body."""
    kept = sentences = junk = points = 0
    articles = 0
    with JUDGED.open(encoding="utf-8") as rows:
        for row, lesson in zip(map(json.loads, rows), judged(), strict=True):
            articles += 1
            article = lesson.document.article
            spans = [article.offsets.span(b.start, b.end) for b in article.body()]
            body = [start for n, start in enumerate(row["starts"]) if n not in row["junk"]]
            sentences += len(body)
            kept += sum(any(a <= start < b for a, b in spans) for start in body)
            printed = choose(lesson.document, Plan(), summarise=get("briefing")).points
            points += len(printed)
            junk += sum(lesson.junk.issuperset(s.position for s in p.sentences) for p in printed)
    print(f"\n## Judged articles, {articles} (benchmarks/judged)\n")
    print(f"sentences of the body kept: {kept} of {sentences} ({kept / sentences:.4f})")
    print(f"printed points that are no body: {junk} of {points} ({junk / points:.4f})")


def _metadata() -> None:
    """Print how often title, authors and time of HTML pages are right."""
    hits = dict.fromkeys(("title", "authors", "day", "minute"), 0)
    totals = dict.fromkeys(hits, 0)
    for gold, found in _described():
        if gold.get("title"):
            totals["title"] += 1
            hits["title"] += key(found.title or "") == key(gold["title"])
        author = gold.get("author") or gold.get("byline")
        if author:
            totals["authors"] += 1
            words = set(key(author).split()) - {"by", "and"}
            hits["authors"] += set(key(" ".join(found.authors)).split()) == words
        when = _moment(gold.get("date_published") or gold.get("publishedTime"))
        if when:
            apart = abs((found.published - when).total_seconds()) if found.published else 1e9
            for name, bound in (("day", 86_400), ("minute", 60)):
                totals[name] += 1
                hits[name] += apart < bound
    print("\n## Metadata of HTML pages (postlight, readability)\n")
    for name, total in totals.items():
        print(f"{name}: {hits[name]} of {total} ({hits[name] / max(total, 1):.3f})")


def _described() -> Iterator[tuple[dict[str, Any], Article]]:
    """Yield the true metadata of a page and what was read of it."""
    for name in ("postlight", "readability"):
        with gzip.open(EVAL / "pages" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                try:
                    (found,) = read(Source(ref="a.html", body=row["html"].encode()))
                except ReadError:
                    continue
                yield row["gold"], found


def _moment(text: str | None) -> datetime | None:
    """Return an aware time, None when the truth gives none."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _speed(chosen: list[Page]) -> None:
    """Print how many articles a second one core cleans, in CPU time."""
    texts = [_selected(page) for page in chosen]
    words = sum(len(text.split()) for text in texts)
    clean(_article(texts[0]), zone="UTC")
    begin = time.process_time()
    for text in texts:
        clean(_article(text), zone="UTC")
    spent = time.process_time() - begin
    print(f"\n## Speed\n\n{len(texts) / spent:.0f} articles of {words / len(texts):.0f} words")
    print(f"a second of CPU time, {1e3 * spent / len(texts):.2f} ms an article")


def _samples() -> None:
    """Print what the cleaner makes of the project's samples."""
    for path in sorted((Path(__file__).parent.parent / "samples").glob("*.txt")):
        found = clean(_article(path.read_text(encoding="utf-8")), zone="UTC")
        print(f"{path.name}: {found.kind.value}, {len(found.body())} paragraphs, {found.title}")


if __name__ == "__main__":
    main()
