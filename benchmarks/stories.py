"""Stories: one event, one story. Ours beside what a user would pick instead, in one run.

    .venv/bin/python benchmarks/stories.py            # the tables of docs/benchmarks/stories.md
    .venv/bin/python benchmarks/stories.py --errors   # the merged clusters, to look at
    .venv/bin/python benchmarks/stories.py --speed    # time against the number of articles

Everything is clustered together, all years at once; only the window of 72 hours keeps articles
apart. The baselines get the same window, and each the threshold that serves it best on the very
rows it is measured on; ours is measured by ten-fold cross-validation over fortnights.
"""

import gzip
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from math import comb
from pathlib import Path
from typing import Any

from briefing.cluster import duplicates, stories
from briefing.cluster.events import THRESHOLD, WINDOW_H, candidates, publication_order
from briefing.cluster.likeness import features
from briefing.cluster.linkage import linked
from briefing.cluster.records import Fingerprint
from briefing.cluster.shingles import sampled, shingles
from briefing.cluster.terms import body, fingerprint
from briefing.model import Article, Block, Role, Summary

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


Labels = list[int]
"""Which group each article is in, in the order of the articles."""


def measures(gold: Sequence[str], found: Labels) -> tuple[float, ...]:
    """Return pairwise precision, recall and F1, then the same by B-cubed.

    B-cubed: Bagga and Baldwin, "Entity-based cross-document coreferencing", 1998, section 4.
    """
    both, ours, theirs = Counter(zip(gold, found, strict=True)), Counter(found), Counter(gold)
    right = sum(comb(n, 2) for n in both.values())
    precision = right / max(sum(comb(n, 2) for n in ours.values()), 1)
    recall = right / max(sum(comb(n, 2) for n in theirs.values()), 1)
    size = len(gold)
    by_article = sum(n * n / ours[label] for (_, label), n in both.items()) / size
    by_cluster = sum(n * n / theirs[label] for (label, _), n in both.items()) / size
    return (
        *(precision, recall, _f1(precision, recall)),
        *(by_article, by_cluster, _f1(by_article, by_cluster)),
    )


def _f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def as_shipped(articles: list[Labelled]) -> Labels:
    """Return what `stories` answers, with the weights that ship."""
    found = stories([Summary(article=a.article, points=()) for a in articles])
    place = {ref: n for n, story in enumerate(found) for ref in story.refs}
    return [place[a.article.ref] for a in articles]


def cross_validated(articles: list[Labelled]) -> Labels:
    """Return the groups that weights make which were never fitted on the pairs they score."""
    import numpy as np
    from sklearn.model_selection import GroupKFold

    ordered, pairs = compared(articles)
    prints = [a.fingerprint for a in ordered]
    rows = [features(prints[i], prints[j]) for i, j in pairs]
    truth = [ordered[i].cluster == ordered[j].cluster for i, j in pairs]
    fortnights = [_fortnight(ordered[i]) for i, _ in pairs]
    odds: dict[tuple[int, int], float] = {}
    for train, test in GroupKFold(10).split(rows, truth, fortnights):
        intercept, weights = fit([rows[k] for k in train], [truth[k] for k in train])
        for k in test:
            odds[pairs[k]] = intercept + float(np.dot(weights, rows[k]))
    place = {}
    for n, group in enumerate(linked(len(ordered), odds, threshold=THRESHOLD)):
        place.update({ordered[i].article.ref: n for i in group})
    return [place[a.article.ref] for a in articles]


def _fortnight(one: Labelled) -> int:
    """Return which two weeks an article was published in."""
    return one.article.published.toordinal() // 14 if one.article.published else 0


def baselines(articles: list[Labelled]) -> Iterator[tuple[str, Labels]]:
    """Yield each alternative at each of its thresholds; the caller keeps the best."""
    import numpy as np
    from sklearn.cluster import DBSCAN, AgglomerativeClustering
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer

    texts = [f"{a.article.title}\n{a.article.text}" for a in articles]
    apart = _apart(articles)
    tfidf = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    hashed = HashingVectorizer(stop_words="english").transform(texts)
    for name, vectors in (("TF-IDF", tfidf), ("hashed words", hashed)):
        distance = np.clip(1 - (vectors @ vectors.T).toarray(), 0, 1)
        distance[apart] = 1.0
        np.fill_diagonal(distance, 0)
        for cut in np.arange(0.2, 0.98, 0.02):
            yield f"{name} + threshold (components)", _components(distance <= cut)
            if name == "TF-IDF":
                dbscan = DBSCAN(eps=cut, min_samples=2, metric="precomputed").fit(distance)
                yield "TF-IDF + DBSCAN", _alone(dbscan.labels_)
                average = AgglomerativeClustering(
                    n_clusters=None, distance_threshold=cut, metric="precomputed", linkage="average"
                ).fit(distance)
                yield "TF-IDF + agglomerative, average", list(average.labels_)
    yield from _by_hash(articles, apart)


def _by_hash(articles: list[Labelled], apart: Any) -> Iterator[tuple[str, Labels]]:
    """Yield groups of articles that share runs of four words, as near-duplicate tools do."""
    import numpy as np

    runs = [sampled(shingles(body(a.article))) for a in articles]
    likeness = np.array([[len(a & b) / max(min(len(a), len(b)), 1) for b in runs] for a in runs])
    likeness[apart] = 0
    for cut in (0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5):
        yield "hashed runs of words, containment", _components(likeness >= cut)


def _apart(articles: list[Labelled]) -> Any:
    """Return which pairs lie outside the window. Shape (n, n)."""
    import numpy as np

    days = np.array([_day(a) for a in articles], dtype=float)
    return np.abs(days[:, None] - days[None, :]) > WINDOW_H / 24


def _day(one: Labelled) -> float:
    """Return the day of publication as a number."""
    return one.article.published.timestamp() / 86_400 if one.article.published else 0.0


def _components(joined: Any) -> Labels:
    """Return the connected components of a table of who is joined to whom."""
    from scipy.sparse.csgraph import connected_components

    return [int(label) for label in connected_components(joined, directed=False)[1]]


def _alone(labels: Iterable[int]) -> Labels:
    """Return labels where each article that DBSCAN calls noise is a group of its own."""
    return [-2 - n if label == -1 else int(label) for n, label in enumerate(labels)]


def best(articles: list[Labelled], choose: Callable[[tuple[float, ...]], float]) -> dict[str, Any]:
    """Return for each alternative its measures at the threshold where *choose* is highest."""
    gold = [a.cluster for a in articles]
    found: dict[str, tuple[float, ...]] = {}
    for name, labels in baselines(articles):
        scores = measures(gold, labels)
        if name not in found or choose(scores) > choose(found[name]):
            found[name] = scores
    return found


def precise(scores: tuple[float, ...]) -> float:
    """Return recall at a precision of at least .98; below it, a precision under nought."""
    return scores[1] if scores[0] >= 0.98 else scores[0] - 1


def main() -> None:
    """Print what the command line asks for."""
    if not EVAL.is_dir():
        print(f"No evaluation material at {EVAL}: nothing to measure.")
    elif "--errors" in sys.argv:
        print_errors([a for a in allsides() if a.article.published])
    elif "--speed" in sys.argv:
        print_speed()
    else:
        print_tables()


def print_tables() -> None:
    """Print the measures of all methods on AllSides, BASIL, both mixed, and small days."""
    news = [a for a in allsides() if a.article.published]
    dropped = len(allsides()) - len(news)
    print(f"AllSides: {len(news)} articles ({dropped} of clusters without any date left out)")
    print_table(news, validated=True)
    print(f"\nBASIL: {len(basil())} articles, none of them used in training")
    print_table(basil(), validated=False)
    print("\nAllSides, one day's 12 to 60 articles at a time (100 draws), as shipped:")
    print_small(news)


def print_table(articles: list[Labelled], *, validated: bool) -> None:
    """Print one table, our rows first."""
    gold = [a.cluster for a in articles]
    print("| method | pairs P | R | F1 | B³ P | R | F1 |\n|---|---|---|---|---|---|---|")
    if validated:
        print_row("briefing, cross-validated", measures(gold, cross_validated(articles)))
    print_row("briefing, as shipped", measures(gold, as_shipped(articles)))
    for name, scores in best(articles, lambda scores: scores[2]).items():
        print_row(f"{name}, best F1", scores)
    for name, scores in best(articles, precise).items():
        print_row(f"{name}, P >= .98", scores)


def print_row(name: str, scores: tuple[float, ...]) -> None:
    """Print one row."""
    print(f"| {name} | " + " | ".join(f"{score:.3f}" for score in scores) + " |")


def print_small(articles: list[Labelled]) -> None:
    """Print the mean measures over small days, each of clusters that are drawn to one date."""
    dice = random.Random(0)
    by_cluster = defaultdict(list)
    for one in articles:
        by_cluster[one.cluster].append(one)
    totals = [0.0] * 6
    for _ in range(100):
        names = dice.sample(sorted(by_cluster), dice.randint(5, 25))
        day_of = [a for name in names for a in by_cluster[name]]
        when = day_of[0].article.published
        day_of = [replace(a, article=replace(a.article, published=when)) for a in day_of]
        scores = measures([a.cluster for a in day_of], as_shipped(day_of))
        totals = [total + score / 100 for total, score in zip(totals, scores, strict=True)]
    print_row("briefing, as shipped", tuple(totals))


def print_errors(articles: list[Labelled]) -> None:
    """Print the groups that hold articles of several clusters, by title."""
    found = cross_validated(articles)
    groups = defaultdict(list)
    for one, label in zip(articles, found, strict=True):
        groups[label].append(one)
    for group in groups.values():
        if len({one.cluster for one in group}) > 1:
            print()
            for one in group:
                print(one.cluster, str(one.article.published)[:10], one.article.title)


def print_speed() -> None:
    """Print seconds against articles, the AllSides texts over again on later days."""
    news = [a.article for a in allsides() if a.article.published]
    for size in (818, 2454, 8180, 16_360):
        many = [_later(news[n % len(news)], n // len(news), n) for n in range(size)]
        start = time.process_time()
        copies = duplicates(many)
        middle = time.process_time()
        found = stories([Summary(article=a, points=()) for a in many])
        end = time.process_time()
        print(
            f"{size:6} articles: duplicates {middle - start:6.1f} s ({len(copies)}),"
            f" stories {end - middle:6.1f} s ({len(found)})"
        )


def _later(one: Article, turn: int, number: int) -> Article:
    """Return a text that no other copies, *turn* decades later, as another article.

    Every word of the body but the commonest is marked with the turn: the texts stay as long, and
    as like within one turn, as they were.
    """
    if not turn:
        return replace(one, ref=str(number))
    words = (w if len(w) < 4 else f"{w}{turn}" for w in one.text.split(" "))
    text = " ".join(words)
    assert one.published is not None
    published = one.published + timedelta(days=3650 * turn)
    title = f"{one.title} {turn}"
    return replace(
        one, ref=str(number), text=text, title=title, url=None, blocks=(), published=published
    )


if __name__ == "__main__":
    main()
