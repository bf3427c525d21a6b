"""The files of a corpus run: written whole, a shard at a time, so that a killed run can go on.

    points.parquet/part-00000.parquet            by shard
    points.parquet/date=2026-03-02/part-00000…   by date of publication
    points.parquet/_failures/part-00000.jsonl    what could not be done, a table of its own
    points.parquet/_prints/date=2026-03-02/…     fingerprints, where stories are asked for
    points.parquet/_stories/date=2026-03-02…     and the stories of each day
    points.parquet/_done/00000.json              written last: this shard is whole

Names that begin with an underscore are passed over by readers of such folders.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from briefing.atomic import PART, sweep, write
from briefing.errors import BriefingError, UsageError
from briefing.lock import hold
from briefing.scale.windows import PRINTS, by_day

_RECORD, _MARKS = "_run.json", "_done"
FORMATS = {".parquet": "parquet", ".jsonl": "jsonl"}


class Shards:
    """The folder that a run fills."""

    def __init__(self, folder: Path, *, by_date: bool) -> None:
        """Name the folder; nothing is written yet.

        Raises:
            UsageError: Its name says neither Parquet nor JSONL, or Parquet is not installed.
        """
        if folder.suffix not in FORMATS:
            raise UsageError(f"{folder} must end in .parquet or .jsonl, to say what to write")
        self.folder = folder
        self._format = FORMATS[folder.suffix]
        self._by_date = by_date
        if self._format == "parquet":
            _pyarrow()

    def open(self, run: dict[str, Any]) -> frozenset[int]:
        """Return the shards that are whole already, after a check that they are of the same run.

        Raises:
            UsageError: The folder holds another run.
        """
        run = {**run, "by_date": self._by_date}
        record = self.folder / _RECORD
        if record.is_file():
            if json.loads(record.read_text(encoding="utf-8")) != json.loads(json.dumps(run)):
                raise UsageError(
                    f"{self.folder} holds a run over other inputs or with other options;"
                    " choose another name, or remove it"
                )
        else:
            write(record, json.dumps(run, ensure_ascii=False, indent=1).encode())
        done = (self.folder / _MARKS).glob("*.json")
        whole = frozenset(int(path.stem) for path in done if path.stem.isdecimal())
        self._clear(whole)
        return whole

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other runs out of the folder for the time of the `with` block.

        Two runs at once would each take the other's shards for what a kill had left. A folder
        made here that is empty in the end is removed again.

        Raises:
            UsageError: It is not a run's, but something else altogether.
            ArchiveError: Another run is at work in it.
        """
        if not self._is_ours():
            raise UsageError(
                f"{self.folder} is there already and is no run to go on with; choose another name"
            )
        lock = self.folder / "_lock"
        made = [path for path in (self.folder, *self.folder.parents) if not path.exists()]
        with hold(lock):
            try:
                yield
            finally:
                lock.unlink(missing_ok=True)
                with suppress(OSError):  # not empty, as it should be
                    for path in made:
                        path.rmdir()

    def _is_ours(self) -> bool:
        """Return whether the folder is absent, empty, or what a run made, be it killed at once."""
        if not self.folder.is_dir():
            return not self.folder.exists()
        names = {path.name for path in self.folder.iterdir()}
        unfinished = all(name == "_lock" or name.endswith(PART) for name in names)
        return _RECORD in names or unfinished

    def counts(self) -> tuple[int, int]:
        """Return how many articles and failures the whole shards hold."""
        marks = sorted((self.folder / _MARKS).glob("*.json"))
        found = [json.loads(mark.read_text(encoding="utf-8")) for mark in marks]
        return sum(f["articles"] for f in found), sum(f["failures"] for f in found)

    def withdraw(self) -> None:
        """Remove the record and the marks of a run that has found nothing to write."""
        (self.folder / _RECORD).unlink(missing_ok=True)
        marks = self.folder / _MARKS
        for mark in marks.glob("*.json"):
            mark.unlink()
        if marks.is_dir():
            marks.rmdir()

    def write(self, shard: int, objects: Iterable[dict[str, Any]]) -> None:
        """Write one shard: its parts, its failures, and last its mark.

        Raises:
            BriefingError: The disk refuses it.
        """
        objects = list(objects)
        for day, prints in by_day(objects):
            write(self.folder / PRINTS / day / f"part-{shard:05d}.jsonl", prints)
        articles: dict[str, list[dict[str, Any]]] = defaultdict(list)
        failures: list[dict[str, Any]] = []
        for thing in objects:
            if thing["article"] is None:
                failures.extend(thing["failures"])
            else:
                plain = {key: value for key, value in thing.items() if key != "fingerprint"}
                articles[self._partition(thing)].append(plain)
        for partition, things in sorted(articles.items()):
            name = self.folder / partition / f"part-{shard:05d}.{self._format}"
            write(name, self._encode(things))
        if failures:
            write(self.folder / "_failures" / f"part-{shard:05d}.jsonl", _lines(failures))
        counts = {"articles": sum(map(len, articles.values())), "failures": len(failures)}
        write(self.folder / _MARKS / f"{shard:05d}.json", json.dumps(counts).encode())

    def _partition(self, thing: dict[str, Any]) -> str:
        """Return the folder of an article: its date of publication, where that is asked for."""
        if not self._by_date:
            return ""
        return f"date={(thing['article']['published'] or 'unknown')[:10]}"

    def _clear(self, whole: frozenset[int]) -> None:
        """Remove what a killed run left: unfinished files, and parts of shards that lack a mark."""
        for folder in (self.folder, *(p for p in self.folder.rglob("*") if p.is_dir())):
            sweep(folder)
            for left in folder.glob("part-*.*"):
                number = left.name[len("part-") :].partition(".")[0]
                if number.isdecimal() and int(number) not in whole:
                    _remove(left)

    def _encode(self, things: list[dict[str, Any]]) -> bytes:
        """Return the objects as one file."""
        return _lines(things) if self._format == "jsonl" else _table(things)


def _remove(left: Path) -> None:
    """Remove a part that is to be written again.

    Raises:
        BriefingError: The disk refuses it.
    """
    try:
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    except OSError as error:
        raise BriefingError(f"{left} could not be replaced: {error.strerror}") from error


def _lines(things: Iterable[dict[str, Any]]) -> bytes:
    """Return one compact JSON object a line."""
    dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    return "".join(f"{dump(thing)}\n" for thing in things).encode()


def _table(things: list[dict[str, Any]]) -> bytes:
    """Return a Parquet file: a row an article, its points nested."""
    pa = _pyarrow()
    from pyarrow import parquet

    rows = [{**thing["article"], "points": thing["points"]} for thing in things]
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.Table.from_pylist(rows, schema=_schema(pa)), sink, compression="zstd")
    return bytes(sink.getvalue())


def _schema(pa: Any) -> Any:
    """Return the columns: those of `briefing.summary/1`."""
    text, whole = pa.string(), pa.int32()
    offsets = ("start", "end", "source_start", "source_end", "paragraph")
    sentence = pa.struct([("text", text), *((name, whole) for name in offsets)])
    point = pa.struct(
        [
            *((name, text) for name in ("label", "text", "speaker", "context")),
            ("score", pa.float64()),
            ("reasons", pa.list_(text)),
            ("sentences", pa.list_(sentence)),
        ]
    )
    plain = ("publisher", "published", "updated", "language")
    return pa.schema(
        [
            *((name, text) for name in ("ref", "kind", "title")),
            ("authors", pa.list_(text)),
            *((name, text) for name in plain),
            ("words", whole),
            ("sha256", text),
            ("points", pa.list_(point)),
        ]
    )


def _pyarrow() -> Any:
    """Return pyarrow, or say how to get it."""
    try:
        import pyarrow
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow: pip install '.[parquet]' in its clone") from error
    return pyarrow
