"""Measure how fast plain text becomes key points, beside sumy, summa and a floor.

    python benchmarks/speed.py [--articles 60] [--rounds 5]

All take turns on the same articles in one process and one core; each row is the median of its
rounds. `briefing` cleans, segments, finds names and quotations, chooses, repairs and labels five
points. The floor is the least any method can do: cut into sentences and words, nothing else. sumy
runs as its users run it, five sentences by its own parser; where NLTK's punkt data is absent (it
is never downloaded here), its tokenizer gets our sentence and word splitter, which is faster than
Punkt and so flatters sumy. What counts are the ratios; seconds differ from machine to machine.
"""

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from briefing.model import Article, Plan
from briefing.pipeline import summarise_article
from briefing.segment import spans
from briefing.words import words

ROOT = Path(__file__).parent.parent
EVAL = ROOT.parent / "shared" / "eval" / "summaries" / "cnndm-train.jsonl.gz"
SUMY = ("lex_rank.LexRankSummarizer", "text_rank.TextRankSummarizer", "lsa.LsaSummarizer")

Job = Callable[[str], object]


def main() -> None:
    """Print the table of rates, then of whole processes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=60, help="how many texts a round")
    parser.add_argument("--rounds", type=int, default=5, help="how often each takes its turn")
    args = parser.parse_args()
    _keep_to_one_core()
    texts = _texts(args.articles)
    jobs = {"briefing": _briefing, "floor: sentences, words": _floor, **_sumy(), **_summa()}
    for job in jobs.values():
        job(texts[0])
    spent = _rounds(jobs, texts, rounds=args.rounds)
    size = statistics.fmean(len(words(t)) for t in texts)
    print(f"{len(texts)} articles of {size:.0f} words, {args.rounds} rounds")
    print(f"{'':<26}{'articles/s CPU':>15}{'wall':>8}{'time / briefing':>17}{'time / floor':>14}")
    ours, least = spent["briefing"][0], spent["floor: sentences, words"][0]
    for name, (cpu, wall) in spent.items():
        rate, real = len(texts) / cpu, len(texts) / wall
        print(f"{name:<26}{rate:>15.0f}{real:>8.0f}{cpu / ours:>17.2f}{cpu / least:>14.2f}")
    _processes(args.rounds)


def _keep_to_one_core() -> None:
    """Allow NumPy one thread, before anything imports it.

    Those that sumy's LSA sets going keep spinning, and what they take would be counted against
    whoever comes next: a quarter of the rate of `briefing`.
    """
    for library in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM", "NUMEXPR"):
        os.environ[f"{library}_NUM_THREADS"] = "1"


def _texts(count: int) -> list[str]:
    """Return articles of the evaluation material, or the samples where it is absent."""
    if EVAL.is_file():
        with gzip.open(EVAL, "rt", encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line, _ in zip(lines, range(count), strict=False)]
    print(f"The evaluation material is not at {EVAL}; the samples are used.")
    samples = [
        p.read_text("utf-8", errors="replace") for p in sorted((ROOT / "samples").rglob("*.txt"))
    ]
    return (samples * count)[:count]


def _rounds(
    jobs: dict[str, Job], texts: Sequence[str], *, rounds: int
) -> dict[str, tuple[float, float]]:
    """Return the median CPU and wall seconds of each job over all texts."""
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            cpu, wall = time.process_time(), time.perf_counter()
            for text in texts:
                job(text)
            spent[name].append((time.process_time() - cpu, time.perf_counter() - wall))
    return {
        name: (statistics.median(c for c, _ in runs), statistics.median(w for _, w in runs))
        for name, runs in spent.items()
    }


def _article(text: str) -> Article:
    """Return the article as the reader of plain text gives it."""
    return Article(ref="text", sha256="", source_text=text, text=text, language="en")


def _briefing(text: str) -> object:
    """Run the whole path."""
    return summarise_article(_article(text), Plan())


def _floor(text: str) -> object:
    """Cut into sentences and words."""
    return [words(text[start:end]) for start, end in spans(text)]


def _sumy() -> dict[str, Job]:
    """Return sumy's methods as a user calls them."""
    try:
        from sumy.nlp.stemmers import Stemmer
        from sumy.nlp.tokenizers import Tokenizer
        from sumy.parsers.plaintext import PlaintextParser
        from sumy.utils import get_stop_words
    except ImportError:
        return {}
    try:
        tokenizer, splitter = Tokenizer("english"), "its tokenizer"
    except LookupError:
        tokenizer, splitter = _Ours(), "our splitter"
    stemmer, common = Stemmer("english"), get_stop_words("english")
    jobs: dict[str, Job] = {}
    for path in SUMY:
        summariser = _sumy_class(path)(stemmer)
        summariser.stop_words = common
        jobs[f"sumy {path.partition('.')[0]}, {splitter}"] = lambda text, use=summariser: use(  # type: ignore[misc]
            PlaintextParser.from_string(text, tokenizer).document, 5
        )
    return jobs


def _sumy_class(path: str) -> Any:
    """Return a class of sumy's summarisers."""
    import importlib

    module, _, name = path.partition(".")
    return getattr(importlib.import_module(f"sumy.summarizers.{module}"), name)


class _Ours:
    """The tokenizer sumy asks for, made of our splitter."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """Return the sentences of a paragraph."""
        return tuple(text[start:end] for start, end in spans(text))

    def to_words(self, text: str) -> tuple[str, ...]:
        """Return the words of a sentence."""
        return words(text)


def _summa() -> dict[str, Job]:
    """Return summa's TextRank, when it is installed."""
    try:
        from summa.summarizer import summarize
    except ImportError:
        return {}
    return {"summa TextRank": lambda text: summarize(text, words=120)}


def _processes(rounds: int) -> None:
    """Print the wall time of whole processes."""
    article = sorted((ROOT / "samples").rglob("*.txt"))[0]
    command = Path(sys.executable).with_name("briefing")
    for shown in (["--help"], ["summarise", str(article)]):
        walls = []
        for _ in range(max(3, rounds)):
            begun = time.perf_counter()
            subprocess.run([command, *shown], check=True, stdout=subprocess.DEVNULL, env=os.environ)
            walls.append(time.perf_counter() - begun)
        name = " ".join(["briefing", shown[0], *(Path(s).name for s in shown[1:])])
        print(f"process `{name}`: {statistics.median(walls):.3f} s")


if __name__ == "__main__":
    main()
