"""Time and memory of `briefing corpus` against the number of articles.

    benchmarks/scale.py [--counts 1000,3000,10000] [--jobs 1,2]

The articles are those of ../shared/eval/summaries, repeated under new titles until there are
enough; without that folder, those of samples/. One in fifty is Swedish, which common words do not
tell, so that the language detector, some 100 MB, is loaded before the first mark. Each run is a
process of its own: wall and processor time and the largest resident size are the operating
system's own account. Fits the exponent of time against articles, and draws
docs/benchmarks/scale.svg with --plot.
"""

import argparse
import gzip
import hashlib
import itertools
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
EVAL = ROOT.parent / "shared" / "eval" / "summaries"


SWEDISH_EVERY = 50
SWEDISH = (
    "Färjan mellan Norrvik och Lillön står stilla sedan en bult i rodret gick av på tisdagen.",
    "Rederiet räknar med att resenärerna får vänta till lördag, då en ny bult kommer från varvet.",
    "Kommunen har hyrt två fiskebåtar som kör skolbarnen till fastlandet varje morgon.",
)


@dataclass(frozen=True, slots=True)
class Run:
    """One run as the operating system accounts for it."""

    count: int
    jobs: int
    wall_s: float
    cpu_s: float
    peak_mb: float


def main() -> int:
    """Run each count with each number of jobs, and print the table and the fit."""
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("--counts", default="1000,3000,10000")
    ap.add_argument("--jobs", default="1,2")
    ap.add_argument("--plot", action="store_true")
    args = ap.parse_args()
    counts = [int(n) for n in args.counts.split(",")]
    print("| articles | jobs | wall s | CPU s | articles a second | peak MB a process |")
    print("|---|---|---|---|---|---|")
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            source = Path(folder) / f"{count}.jsonl"
            with source.open("w", encoding="utf-8") as out:
                out.writelines(itertools.islice(_lines(), count))
            for jobs in (int(n) for n in args.jobs.split(",")):
                run = _run(source, count=count, jobs=jobs)
                runs.append(run)
                rate = run.count / run.wall_s
                print(
                    f"| {count:,} | {jobs} | {run.wall_s:.1f} | {run.cpu_s:.1f} | {rate:.0f} |"
                    f" {run.peak_mb:.0f} |",
                    flush=True,
                )
    _fit([r for r in runs if r.jobs == 1])
    _speed_up(runs)
    if args.plot:
        _plot(runs)
    return 0


def _lines() -> Iterator[str]:
    """Yield articles as JSONL, without end, no two under one title."""
    # In an order of no meaning: the corpora differ in length, and every count is to have both.
    articles = sorted(_articles(), key=lambda a: hashlib.sha256(a[1].encode()).digest())
    for turn in itertools.count():
        for n, (title, text) in enumerate(articles):
            if n % SWEDISH_EVERY == 0:
                yield _line(f"Färjan står stilla {turn} {n}", "\n\n".join(SWEDISH))
            yield _line(f"{title} {turn}", text)


def _line(title: str, text: str) -> str:
    """Return one article as a line of JSONL."""
    return json.dumps({"title": title, "text": text}) + "\n"


def _articles() -> Iterator[tuple[str, str]]:
    """Yield title and text of each article there is."""
    if not EVAL.is_dir():
        print(f"{EVAL} is absent: the samples stand in for it", file=sys.stderr)
        for path in sorted((ROOT / "samples" / "articles").glob("*.txt")):
            yield path.stem, path.read_text(encoding="utf-8")
        return
    for name in ("bbc-train", "cnndm-train"):
        with gzip.open(EVAL / f"{name}.jsonl.gz", "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                yield row["title"] or row["id"], row["text"]


def _run(source: Path, *, count: int, jobs: int) -> Run:
    """Run the command in a process of its own."""
    output = source.with_name(f"out-{count}-{jobs}.jsonl")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    command = [sys.executable, "-m", "briefing", "corpus", str(source), "-o", str(output)]
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command, "--jobs", str(jobs)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    wall = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(count, jobs, wall, cpu, int(done.stdout.split()[-1]) / 1024)


def _fit(runs: list[Run]) -> None:
    """Print the exponent of processor time against articles, by least squares of the logarithms."""
    if len(runs) < 2:
        return
    xs, ys = [math.log(r.count) for r in runs], [math.log(r.cpu_s) for r in runs]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum(
        (x - mx) ** 2 for x in xs
    )
    growth = runs[-1].peak_mb / runs[0].peak_mb - 1
    print(f"\nexponent {slope:.3f}; memory {growth:+.1%} from {runs[0].count:,} to", end="")
    print(f" {runs[-1].count:,} articles")


def _speed_up(runs: list[Run]) -> None:
    """Print how much faster two processes are than one."""
    by = {(r.count, r.jobs): r for r in runs}
    for (count, jobs), run in by.items():
        if jobs > 1 and (count, 1) in by:
            print(f"{jobs} processes on {count:,}: {by[count, 1].wall_s / run.wall_s:.2f}x")


def _plot(runs: list[Run]) -> None:
    """Draw time and memory against articles."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "briefing"
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    for jobs in sorted({r.jobs for r in runs}):
        mine = [r for r in runs if r.jobs == jobs]
        label = f"{jobs} process{'es' if jobs > 1 else ''}"
        left.loglog([r.count for r in mine], [r.cpu_s for r in mine], "o-", label=label)
        right.semilogx([r.count for r in mine], [r.peak_mb for r in mine], "o-", label=label)
    left.set(xlabel="articles", ylabel="processor seconds")
    right.set(xlabel="articles", ylabel="MB a process", ylim=(0, None))
    left.legend()
    target = ROOT / "docs" / "benchmarks" / "scale.svg"
    target.parent.mkdir(exist_ok=True)
    figure.savefig(target, metadata={"Date": None})


if __name__ == "__main__":
    sys.exit(main())
