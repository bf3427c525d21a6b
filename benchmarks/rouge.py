"""Measure ROUGE of every method against editors' highlights, at equal words.

    python benchmarks/rouge.py [--sample 400]

On ../shared/eval/summaries/cnndm-train. Each method orders the sentences of the cleaned article;
its best are taken until they have as many words as the first three sentences, the last cut to fit,
and put in the order of the article. F-measures with stemming by the rouge-score package; ROUGE-L
over the summary's sentences. Differences are to the lead, article by article, with twice their
standard error. The learnt ranker is measured on articles it has not learnt from: in turns of four,
and by outlet (learnt on the other outlet).
"""

import argparse
import random
import re
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

import train_ranker as train
from rouge_score.rouge_scorer import RougeScorer

from briefing import rank, summarisers
from briefing.model import Document

SUMY = ("lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "reduction")
MEASURES = ("rouge1", "rouge2", "rougeLsum")
_FOLDS = 4

Order = Callable[[train.Example], Sequence[int]]
Row = list[tuple[float, ...]]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sample", type=int, default=0, help="measure N articles, drawn by seed 1")
    parser.add_argument("--no-sumy", action="store_true", help="leave out sumy's methods")
    args = parser.parse_args()
    if not train.ARTICLES.is_file():
        print(f"The evaluation material is not at {train.ARTICLES}; nothing is measured.")
        return
    known = train.examples()
    chosen = random.Random(1).sample(known, args.sample) if args.sample else known
    scorer = RougeScorer(MEASURES, use_stemmer=True)
    lead = [_score(e, range(len(e.document.sentences)), scorer) for e in chosen]
    print(f"{len(chosen)} articles; {'method':<22}{'R-1':>7}{'R-2':>7}{'R-L':>7}   less lead")
    _show("lead-3", lead, lead)
    for name, order in _methods(known, sumy=not args.no_sumy):
        _show(name, [_score(e, order(e), scorer) for e in chosen], lead)
    _show_outlets(known, chosen, lead=lead, scorer=scorer)


def _methods(known: Sequence[train.Example], *, sumy: bool) -> Iterator[tuple[str, Order]]:
    """Yield the name and the order of each method."""
    for name in (*(SUMY if sumy else ()), "briefing"):
        yield name, lambda example, name=name: _by_method(example.document, name)  # type: ignore[misc]
    turns = {e.ref: n % _FOLDS for n, e in enumerate(known)}
    learnt = [train.fit([e for e in known if turns[e.ref] != fold]) for fold in range(_FOLDS)]
    yield "ranker, in turns", lambda e: _by_rank(e.document, learnt[turns[e.ref]])


def _by_method(document: Document, name: str) -> list[int]:
    """Return the positions that a summariser picks, best first."""
    picks = summarisers.get(name)(document, count=len(document.sentences))
    return [pick.position for pick in picks]


def _by_rank(document: Document, learnt: rank.Weights) -> list[int]:
    """Return the positions in the order of the ranker."""
    return [position for position, _ in rank.order(document, learnt)]


def _show_outlets(
    known: Sequence[train.Example],
    chosen: Sequence[train.Example],
    *,
    lead: Row,
    scorer: RougeScorer,
) -> None:
    """Print the ranker's rows for each outlet, learnt on the others."""
    for outlet in sorted({e.outlet for e in known}):
        learnt = train.fit([e for e in known if e.outlet != outlet])
        mine = [(e, base) for e, base in zip(chosen, lead, strict=True) if e.outlet == outlet]
        base = [b for _, b in mine]
        _show(f"{outlet}: lead-3", base, base)
        _show(
            f"{outlet}: briefing",
            [_score(e, _by_method(e.document, "briefing"), scorer) for e, _ in mine],
            base,
        )
        _show(
            f"{outlet}: ranker of others",
            [_score(e, _by_rank(e.document, learnt), scorer) for e, _ in mine],
            base,
        )


def _score(example: train.Example, order: Sequence[int], scorer: RougeScorer) -> tuple[float, ...]:
    """Return the F-measures of the article's best sentences, cut to the length of its lead."""
    texts = [s.text for s in example.document.sentences]
    budget = sum(len(t.split()) for t in texts[:3])
    taken: list[tuple[int, str]] = []
    for position in order:
        if budget <= 0:
            break
        kept = texts[position].split()[:budget]
        budget -= len(kept)
        taken.append((position, " ".join(kept)))
    shown = "\n".join(text for _, text in sorted(taken))
    wanted = "\n".join(re.sub(r"\s+", " ", h) for h in example.highlights)
    found = scorer.score(wanted, shown)
    return tuple(100 * found[m].fmeasure for m in MEASURES)


def _show(name: str, rows: Row, lead: Row) -> None:
    """Print one row: means, and the differences to the lead."""
    means = "".join(f"{statistics.fmean(column):7.2f}" for column in zip(*rows, strict=True))
    line = f"{name:<36}{means}  "
    for measure in range(len(MEASURES)):
        gaps = [r[measure] - b[measure] for r, b in zip(rows, lead, strict=True)]
        error = 2 * statistics.pstdev(gaps) / len(gaps) ** 0.5
        line += f" {statistics.fmean(gaps):+6.2f}±{error:.2f}"
    print(line, flush=True)


if __name__ == "__main__":
    main()
