"""Editions of real mornings: articles and pages of ../shared/eval, made and verified in every face.

    python benchmarks/inboxes.py                  40 inboxes of 80
    python benchmarks/inboxes.py --inboxes 5      as many as asked for

Each inbox is drawn at random, articles of one event from the same days among them, and becomes an
edition with all that came in, as `briefing daily` makes it. What cannot be made, what fails in it
and what does not verify against its sources is printed; nothing of it may be.
"""

import argparse
import contextlib
import gzip
import io
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from briefing.cli import main as briefing

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
from teaching import EVAL, FILES, texts  # noqa: E402 - the scripts are no package

PAGES = ("newspaper", "postlight", "readability", "scrapinghub")
SIZE = 80
NOW = "2026-12-01T08:00:00+00:00"
SETTINGS = "[length]\nstories = 80\npoints = 5\nwords = 20000\n"


def main() -> int:
    """Make, verify and report; 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--inboxes", type=int, default=40)
    parser.add_argument("--seed", type=int, default=4)
    args = parser.parse_args()
    if not EVAL.is_dir():
        print(f"{EVAL} is not there: nothing is measured")
        return 0
    units = list(found())
    random.Random(args.seed).shuffle(units)
    wrong, count = 0, min(args.inboxes, len(units) // SIZE)
    for number in range(count):
        with tempfile.TemporaryDirectory() as folder:
            told = morning(Path(folder), units[number * SIZE : (number + 1) * SIZE])
        wrong += bool(told)
        print(f"inbox {number + 1}: {told or 'every face verified'}", flush=True)
    print(f"{wrong} of {count} inboxes of {SIZE} with something wrong")
    return int(wrong > 0)


def found() -> Iterator[tuple[str, str]]:
    """Yield the name and text of each article and page."""
    for folder in FILES:
        for number, row in enumerate(texts(folder).values()):
            yield f"{folder}-{number}.txt", row["text"]
    for name in PAGES:
        with gzip.open(EVAL / "pages" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for number, row in enumerate(map(json.loads, lines)):
                yield f"{name}-{number}.html", row["html"]


def morning(folder: Path, units: list[tuple[str, str]]) -> str:
    """Return what is wrong with the edition of some units; nothing, as it should be."""
    inbox = folder / "inbox"
    inbox.mkdir()
    for name, text in units:
        (inbox / name).write_text(text, encoding="utf-8", errors="surrogatepass")
    (folder / "briefing.toml").write_text(SETTINGS, encoding="utf-8")
    with contextlib.chdir(folder):
        told = _said(["daily", "inbox", "--now", NOW])
        faces = sorted(Path("editions").rglob("edition.*"))
        checks = [_said(["verify", str(face), "--sources", "inbox"]) for face in faces]
    missing = "" if len(faces) == 5 else f"{len(faces)} faces of 5"
    return "; ".join(filter(None, [told, missing, *checks]))


def _said(command: list[str]) -> str:
    """Return what a command says where it does not end well."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = briefing(command)
    return f"{command[0]}: {code}: {err.getvalue()}{out.getvalue()}".strip() if code else ""


if __name__ == "__main__":
    sys.exit(main())
