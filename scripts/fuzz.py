"""Fuzz the targets of `tests/fuzzing.py`; see `scripts/fuzz`."""

import argparse
import hashlib
import importlib.util
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
HANG_S = 10


class Hang(BaseException):
    """An input took longer than HANG_S; no handler of the package's may swallow it.

    Of processor time: by the clock, a busy machine found three that take 0.3 s alone.
    """


class Hunt:
    """One target under fire: counts tries, keeps one input for each distinct finding."""

    def __init__(self, name: str, minutes: float) -> None:
        """Begin the clock."""
        import fuzzing

        self.name, self.tried = name, fuzzing.tried
        self.target, self.folder = fuzzing.TARGETS[name], fuzzing.CORPUS / name
        self.begun, self.seconds = time.monotonic(), minutes * 60
        self.tries, self.found = 0, dict[str, Path]()

    def over(self) -> bool:
        """Return whether the time is up."""
        return time.monotonic() - self.begun >= self.seconds

    def attempt(self, body: bytes) -> None:
        """Give *body* to the target and keep it where it breaks something new."""
        self.tries += 1
        signal.setitimer(signal.ITIMER_PROF, HANG_S)
        try:
            self.tried(self.target, body)
        except (Exception, Hang) as error:  # noqa: BLE001 - to find them is what this is for
            self._keep(body, error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _keep(self, body: bytes, error: BaseException) -> None:
        """Write *body* down, unless this line broke before."""
        frames = traceback.extract_tb(error.__traceback__)
        ours = [f for f in frames if "/briefing/" in f.filename or "/fuzzing" in f.filename]
        last = ours[-1] if ours else frames[-1]
        place = f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"
        if place in self.found:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / hashlib.sha256(body).hexdigest()[:12]
        path.write_bytes(body)
        self.found[place] = path
        print(f"{self.name}: {place}: {error!s:.100} -> {path.relative_to(ROOT)}", flush=True)

    def report(self, engine: str) -> None:
        """Print the line for docs/fuzzing.md."""
        minutes = (time.monotonic() - self.begun) / 60
        print(
            f"| {self.name} | {engine} | {self.tries:,} | {minutes:.1f} | {len(self.found)} |",
            flush=True,
        )


def main() -> None:
    """Hunt in each target asked for, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--engine", choices=("auto", "atheris", "chance"), default="auto")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    engine = args.engine
    if engine == "auto":
        engine = "atheris" if importlib.util.find_spec("atheris") else "chance"
    if args.here:
        (guided if engine == "atheris" else by_chance)(args.targets[0], args.minutes)
        return
    import fuzzing

    for name in args.targets or list(fuzzing.TARGETS):
        if name not in fuzzing.TARGETS:
            parser.error(f"there is no target {name!r}; one of {', '.join(fuzzing.TARGETS)}")
        again = [sys.executable, __file__, name, "--here", "--engine", engine]
        subprocess.run([*again, "--minutes", str(args.minutes)], check=False, cwd=ROOT)


def guided(name: str, minutes: float) -> None:
    """Let libFuzzer choose the inputs by the lines that they reach."""
    import atheris

    with atheris.instrument_imports(include=["briefing"]):
        hunt = Hunt(name, minutes)
    _arm()

    def one(body: bytes) -> None:
        hunt.attempt(body)
        if hunt.over():
            hunt.report("atheris")
            sys.stdout.flush()
            os._exit(0)  # libFuzzer has no other way to end that keeps our last line

    with tempfile.TemporaryDirectory() as seeds:
        for n, seed in enumerate(hunt.target.seeds()):
            Path(seeds, str(n)).write_bytes(seed)
        options = ["-timeout=60", "-max_len=20000", "-rss_limit_mb=4000"]
        options += ["-verbosity=0", "-print_final_stats=0", "-close_fd_mask=0"]
        atheris.Setup([sys.argv[0], *options, seeds], one)
        atheris.Fuzz()


def by_chance(name: str, minutes: float) -> None:
    """Change sound inputs at random."""
    hunt = Hunt(name, minutes)
    _arm()
    rng = random.Random(time.time_ns())
    pool = hunt.target.seeds()
    for seed in pool:
        hunt.attempt(seed)
    while not hunt.over():
        hunt.attempt(_changed(rng.choice(pool), rng, pool))
    hunt.report("chance")


def _arm() -> None:
    """Make the alarm raise `Hang`."""

    def raise_hang(*_: Any) -> None:
        raise Hang(f"longer than {HANG_S} s")

    signal.signal(signal.SIGPROF, raise_hang)


# Bytes that mean something to some reader.
_TOKENS = [
    *(t.encode() for t in ("<", ">", "&", "&#x110000;", '"', "'", "“", "[", "]", "{", "}", "\n\n")),
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\x1f\x8b", b"PK\x03\x04", b"-1", b"1e999", b"NaN"),
    *(t.encode() for t in ("9999999999", "0001-01-01", "2026-02-30", "+99:99", "\u202e", "İ", "…")),
    *(t.encode() for t in ("By A. B.", "he said", "[[a]]", '"""', "a = 1\n", "null", "[]", "{}")),
]


def _changed(body: bytes, rng: random.Random, pool: list[bytes]) -> bytes:
    """Return *body* with a few stretches cut, doubled, replaced or taken from another seed."""
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        a = rng.randrange(len(body) + 1)
        b = min(len(body), a + int(rng.paretovariate(0.7)))
        other = rng.choice(pool)
        c = rng.randrange(len(other) + 1)
        middle = rng.choice(
            (
                b"",
                body[a:b] * rng.choice((2, 2, 3, 50)),
                rng.choice(_TOKENS) * rng.choice((1, 1, 2, 20)),
                rng.randbytes(rng.choice((1, 1, 2, 4))),
                other[c : c + rng.choice((5, 50, 500))],
            )
        )
        body = (body[:a] + middle + body[b:])[:200_000]
    return body


if __name__ == "__main__":
    main()
