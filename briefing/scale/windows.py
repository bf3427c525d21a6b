"""Stories of a collection: the articles of each day, grouped by event, a day a task."""

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from briefing.atomic import write
from briefing.cluster import Fingerprint
from briefing.cluster.events import THRESHOLD, WINDOW_H, candidates
from briefing.cluster.likeness import log_odds
from briefing.cluster.linkage import linked
from briefing.scale.engines import Answer, Engine, ordered

PRINTS = "_prints"
"""Where the fingerprints of a run are kept, a folder a day."""

STORIES = "_stories"
"""Where its stories are written, a file a day."""


def group_days(folder: Path, engine: Engine) -> int:
    """Group the articles of each day of a finished run into stories; return how many there are.

    A day is a date of publication in UTC; an event reported on both sides of midnight is two
    stories here, which the daily edition, with its memory, is not bound to. The files are the
    same whatever the engine.

    Raises:
        BriefingError: The disk refuses a file.
    """

    def submit(day: Path) -> Answer:
        return engine.submit(group, _read(day))

    days = sorted(path for path in (folder / PRINTS).glob("date=*") if path.is_dir())
    count = 0
    for day, answer in ordered(engine, days, submit):
        stories = answer.result()
        lines = (json.dumps({"refs": refs}, ensure_ascii=False) + "\n" for refs in stories)
        write(folder / STORIES / f"{day.name}.jsonl", "".join(lines).encode())
        count += len(stories)
    return count


def group(packed: bytes) -> list[list[str]]:
    """Return the stories of one day as lists of refs, the earliest article first.

    Args:
        packed: Gzipped lines, each an object with `ref` and `fingerprint`.
    """
    rows = (_row(line) for line in gzip.decompress(packed).splitlines())
    found = [(row["ref"], Fingerprint.from_json(row["fingerprint"])) for row in rows]
    found.sort(key=lambda pair: (str(pair[1].published), pair[0]))
    prints = [fingerprint for _, fingerprint in found]
    odds = {
        (i, j): log_odds(prints[i], prints[j])
        for i, j in candidates(prints, window_days=WINDOW_H / 24)
    }
    groups = linked(len(prints), odds, threshold=THRESHOLD)
    return [[found[place][0] for place in places] for places in groups]


def _row(line: bytes) -> dict[str, Any]:
    """Return one line as an object, each term kept once however many articles have it."""
    found: dict[str, Any] = json.loads(
        line, object_pairs_hook=lambda pairs: {sys.intern(key): value for key, value in pairs}
    )
    return found


def by_day(objects: Sequence[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each day's folder and the fingerprints that go there, as lines."""
    days: dict[str, list[str]] = {}
    for thing in objects:
        if "fingerprint" in thing:
            day = (thing["article"]["published"] or "unknown")[:10]
            row = {"ref": thing["article"]["ref"], "fingerprint": thing["fingerprint"]}
            days.setdefault(f"date={day}", []).append(json.dumps(row, ensure_ascii=False))
    for day, rows in sorted(days.items()):
        yield day, "".join(f"{row}\n" for row in rows).encode()


def _read(day: Path) -> bytes:
    """Return all fingerprints of a day, packed for the journey."""
    parts = sorted(day.glob("part-*.jsonl"))
    return gzip.compress(b"".join(part.read_bytes() for part in parts), compresslevel=1, mtime=0)
