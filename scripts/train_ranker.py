"""Learn the weights of `briefing.rank` and write them to briefing/tables/ranker.json.

    python scripts/train_ranker.py            # learn from all articles and write
    python scripts/train_ranker.py --dry-run  # learn, print the weights, write nothing

Learns from ../shared/eval/summaries/cnndm-train: CNN and Daily Mail articles with the highlights
that their editors wrote (Hermann et al., "Teaching Machines to Read and Comprehend", 2015). Only
numbers leave it: a weight for each feature, and one for each word stem that is common enough
there. Whether they are worth having is measured by benchmarks/rouge.py on articles and outlets
that were held out.
"""

import argparse
import gzip
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from briefing import rank
from briefing.clean import clean
from briefing.model import Article, Document
from briefing.segment import segment
from briefing.words import words

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT.parent / "shared" / "eval" / "summaries" / "cnndm-train.jsonl.gz"
TARGET = ROOT / "briefing" / "tables" / "ranker.json"

# A word's weight is drawn to 0 as if it had been seen this often and been average; 10 and 30 gave
# the same likelihood on held-out articles. Words in fewer articles than _COMMON get none.
_PRIOR = 10.0
_COMMON = 15

# Of the sentence model; from 1 to 100 nothing changes in the second digit of ROUGE.
_RIDGE = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An article with its editor's highlights."""

    ref: str
    outlet: str
    document: Document
    highlights: tuple[str, ...]


def main() -> int:
    """Learn and write; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    args = parser.parse_args()
    if not ARTICLES.is_file():
        print(f"The articles to learn from are not at {ARTICLES}; nothing is learnt.")
        return 1
    known = examples()
    learnt = fit(known)
    for name, weight in zip((*rank.SENTENCE_FEATURES, "intercept"), learnt.sentence, strict=True):
        print(f"{name:<18}{weight:>9.4f}")
    if not args.dry_run:
        TARGET.write_text(_table(learnt, len(known)), encoding="utf-8")
        print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")
    return 0


def examples() -> list[Example]:
    """Return the articles, cleaned and segmented, in the order of the file."""
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Example(
            ref=row["id"],
            outlet=row["outlet"].rstrip("?"),
            document=_document(row["id"], row["text"]),
            highlights=tuple(row["summary"]),
        )
        for row in rows
    ]


def fit(known: Sequence[Example], *, folds: int = 4) -> rank.Weights:
    """Return weights learnt from *known*.

    The sentence model learns from saliences that the word model gave articles it had not seen, in
    *folds* turns, so that it does not trust them more than it may later.
    """
    word, lexicon = _fit_words(known)
    rows: list[tuple[float, ...]] = []
    targets: list[float] = []
    for fold in range(folds):
        rest = [e for n, e in enumerate(known) if n % folds != fold]
        held_word, held_lexicon = _fit_words(rest)
        blank = tuple(0.0 for _ in (*rank.SENTENCE_FEATURES, "intercept"))
        held = rank.Weights(word=held_word, sentence=blank, lexicon=held_lexicon)
        for example in known[fold::folds]:
            rows += rank.features(example.document, held)
            targets += worth(example)
    return rank.Weights(word=word, sentence=_ridge(rows, targets), lexicon=lexicon)


def worth(example: Example) -> list[float]:
    """Return for each sentence the share of its words and word pairs that highlights use."""
    used = Counter(_stems(" ".join(example.highlights)))
    pairs = Counter(p for h in example.highlights for p in _pairs(_stems(h)))
    shares = []
    for sentence in example.document.sentences:
        own = _stems(sentence.text)
        singles = (Counter(own) & used).total()
        doubles = (Counter(_pairs(own)) & pairs).total()
        shares.append((singles + doubles) / 2 / max(1, len(own)))
    return shares


def _document(ref: str, text: str) -> Document:
    """Return the cleaned and segmented article."""
    found = Article(ref=ref, sha256="", source_text=text, text=text, language="en")
    return segment(clean(found, zone="UTC"))


def _stems(text: str) -> list[str]:
    """Return all words of *text* by their first letters."""
    return [w[:6] for w in words(text)]


def _pairs(stems: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Return the neighbours among *stems*."""
    return pairwise(stems)


def _fit_words(known: Sequence[Example]) -> tuple[tuple[float, ...], dict[str, float]]:
    """Return the word model's weights, and what is left to say of each common word."""
    from sklearn.linear_model import LogisticRegression

    rows, used, stems = [], [], []
    for example in known:
        highlights = set(_stems(" ".join(example.highlights)))
        for stem, row in rank.word_features(example.document).items():
            rows.append(row)
            used.append(stem in highlights)
            stems.append(stem)
    table = np.asarray(rows)
    model = LogisticRegression(max_iter=200).fit(table, used)
    chances = model.predict_proba(table)[:, 1]
    seen, hits, expected = Counter(stems), Counter[str](), Counter[str]()
    for stem, hit, chance in zip(stems, used, chances, strict=True):
        hits[stem] += int(hit)
        expected[stem] += chance
    average = float(np.mean(used))
    lexicon = {
        stem: math.log((hits[stem] + _PRIOR * average) / (expected[stem] + _PRIOR * average))
        for stem, count in sorted(seen.items())
        if count >= _COMMON
    }
    kept = {stem: round(weight, 2) for stem, weight in lexicon.items() if abs(weight) >= 0.1}
    return (*map(float, model.coef_[0]), float(model.intercept_[0])), kept


def _ridge(rows: Sequence[Sequence[float]], targets: Sequence[float]) -> tuple[float, ...]:
    """Return the weights of a linear model, drawn to 0, for features as they are."""
    table, wanted = np.asarray(rows), np.asarray(targets)
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    scaled = (table - middle) / spread
    system = scaled.T @ scaled + _RIDGE * np.eye(table.shape[1])
    slopes = np.linalg.solve(system, scaled.T @ (wanted - wanted.mean())) / spread
    return (*map(float, slopes), float(wanted.mean() - middle @ slopes))


def _table(learnt: rank.Weights, articles: int) -> str:
    """Return the weights as the package's data file."""
    word_names = (*rank.WORD_FEATURES, "intercept")
    sentence_names = (*rank.SENTENCE_FEATURES, "intercept")
    table = {
        "provenance": (
            f"Learnt by scripts/train_ranker.py from {articles} CNN and Daily Mail articles with "
            "their editors' highlights (the public CNN/DailyMail corpus; no text of it is here)."
        ),
        "word": _rounded(word_names, learnt.word),
        "sentence": _rounded(sentence_names, learnt.sentence),
        "lexicon": learnt.lexicon,
    }
    return json.dumps(table, ensure_ascii=False, indent=0) + "\n"


def _rounded(names: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    """Return the weights by name, to five digits."""
    return {name: round(value, 5) for name, value in zip(names, values, strict=True)}


if __name__ == "__main__":
    sys.exit(main())
