"""Pasted pages: web pages turned into the text that a person gets by copying them, with the truth.

The evaluation material (../shared/eval/pages) belongs to its publishers: it is read here, never
copied into the project.
"""

import gzip
import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

EVAL = Path(__file__).parent.parent.parent / "shared" / "eval"
_SHINGLE = 4
_BLOCKS = frozenset(
    """address article aside blockquote body br center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary
    table tbody td tfoot th thead tr ul button""".split()
)
_SPACED = frozenset("p h1 h2 h3 h4 h5 h6 blockquote ul ol table figure section article".split())
_UNSEEN = frozenset("script style noscript template head svg iframe object select textarea".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page with its true body."""

    name: str
    site: str
    markup: str
    gold: str


def pages(*sets: str) -> Iterator[Page]:
    """Yield the pages of the named sets that have a true body text."""
    for name in sets:
        with gzip.open(EVAL / "pages" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                if row["gold"].get("text"):
                    site = urlsplit(row["url"] or "").netloc or row["id"].rstrip("0123456789")
                    yield Page(
                        name=row["id"],
                        site=site.removeprefix("www."),
                        markup=row["html"],
                        gold=row["gold"]["text"],
                    )


def paste(markup: str, *, spaced: bool = False) -> str:
    """Return what copying the whole page gives: a line a block, blank lines around paragraphs.

    Args:
        markup: The page.
        spaced: Put a blank line between all blocks, as some programs do.
    """
    from lxml import html

    markup = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", markup)
    markup = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup)
    root = html.document_fromstring(markup)
    text = "".join(_pieces(root))
    blocks = [" ".join(piece.split()) for piece in re.split(r"[\n\x1e]", text)]
    if spaced:
        return "\n\n".join(block for block in blocks if block)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "\n".join(_gaps(text)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _gaps(text: str) -> Iterator[str]:
    """Yield the lines of a page's text, an empty one where a paragraph begins or ends."""
    for paragraph in text.split("\x1e"):
        yield ""
        for line in paragraph.split("\n"):
            if line.strip():
                yield " ".join(line.split())
        yield ""


def _pieces(element: Any) -> Iterator[str]:
    """Yield the text of a tree, newlines at its blocks."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        yield element.tail or ""
        return
    hidden = "display:none" in (element.get("style") or "").replace(" ", "")
    mark = "\x1e" if element.tag in _SPACED else "\n" if element.tag in _BLOCKS else ""
    if not hidden:
        yield mark
        yield (element.text or "").replace("\n", " ")
        for child in element:
            yield from _pieces(child)
        yield mark
    yield (element.tail or "").replace("\n", " ")


def words(text: str) -> list[str]:
    """Return the words of *text* as the scores count them."""
    return re.findall(r"\w+", text)


def labels(lines: list[str], gold: str) -> list[bool]:
    """Return for each line whether the true body holds it.

    Longer lines are looked up by their shingles; shorter ones by their words in a row, between the
    first and the last longer line.
    """
    truth = words(gold)
    shingles = {tuple(truth[i : i + _SHINGLE]) for i in range(len(truth))}
    running = f" {' '.join(truth)} "
    found: list[bool | None] = []
    for line in lines:
        own = words(line)
        if len(own) < _SHINGLE + 2:
            found.append(None if own and f" {' '.join(own)} " in running else False)
            continue
        grams = [tuple(own[i : i + _SHINGLE]) for i in range(len(own) - _SHINGLE + 1)]
        found.append(sum(g in shingles for g in grams) >= 0.5 * len(grams))
    sure = [at for at, label in enumerate(found) if label]
    first, last = (sure[0], sure[-1]) if sure else (0, -1)
    return [
        bool(label) or (label is None and first <= at <= last) for at, label in enumerate(found)
    ]


def selection(text: str, gold: str) -> str:
    """Return the part of a pasted page from its headline to the last line of the body.

    The headline is the last line before the body that looks like one: four to thirty words that
    end without a full stop and share most of their longer words with the body's.
    """
    lines = text.split("\n")
    marks = labels(lines, gold)
    body = [at for at, mark in enumerate(marks) if mark]
    if not body:
        return text
    truth = {word.lower() for word in words(gold) if len(word) > 3}
    begin = body[0]
    for at in range(body[0] - 1, max(body[0] - 60, -1), -1):
        own = [word.lower() for word in words(lines[at]) if len(word) > 3]
        shared = sum(word in truth for word in own)
        if 3 <= len(own) <= 25 and shared >= 0.6 * len(own) and not lines[at].endswith("."):
            begin = at
            break
    return "\n".join(lines[begin : body[-1] + 1])


def wrapped(text: str, *, width: int = 72) -> str:
    """Return *text* with its lines hard-wrapped, paragraphs parted by blank lines."""
    return "\n\n".join(
        "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False))
        for line in text.split("\n")
        if line.strip()
    )


def flattened(text: str) -> str:
    """Return *text* on one line."""
    return " ".join(text.split())


def precision_recall(found: str, gold: str) -> tuple[float, float]:
    """Return how much of *found* is in *gold* and of *gold* in *found*, by 4-word shingles."""
    have, want = _shingles(found), _shingles(gold)
    shared = sum((have & want).values())
    return (shared / have.total() if have else 0.0), (shared / want.total() if want else 1.0)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the shingles of a text with their counts."""
    own = words(text)
    count = max(len(own) - _SHINGLE + 1, 1) if own else 0
    return Counter(tuple(own[i : i + _SHINGLE]) for i in range(count))


def f1(scores: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Return mean precision, mean recall, and the F1 of the two, as the pages' authors score."""
    precision = sum(p for p, _ in scores) / len(scores)
    recall = sum(r for _, r in scores) / len(scores)
    return precision, recall, 2 * precision * recall / (precision + recall or 1)
