"""Collections as streams: folders, globs, JSONL, WARC and Parquet, one unit at a time."""

import glob
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from briefing.errors import BriefingError, FormatError, UsageError
from briefing.limits import Limits
from briefing.model import Failure, Source
from briefing.readers import warc
from briefing.scale.packed import unpacked
from briefing.sources import gather

# A batch is what travels to a worker: large enough that sending it costs little beside the work
# (50 articles take about 80 ms), small enough for any scheduler's message.
BATCH_UNITS = 50
BATCH_BYTES = 8_000_000

# A collection may have any number of files; each is bounded as ever.
_LIMITS = Limits(files=sys.maxsize)
_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst")
_WARC = (".warc", ".warc.gz")
_TABLES = (".parquet",)
_STREAMS = (*_LINES, *_WARC, *_TABLES)
"""How the names of files end that hold many articles each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some units that one worker summarises, and where their results belong."""

    number: int
    """From 0, in the order of the collection."""

    shard: int
    units: tuple[Source | Failure, ...]


class Collection:
    """The units of the inputs, as a stream that knows how far it has come.

    >>> list(Collection([]).units())
    []
    """

    def __init__(self, inputs: Iterable[str], *, limits: Limits = _LIMITS) -> None:
        """Look at the inputs' names and sizes; nothing is read yet.

        A folder's files of many articles (JSONL, WARC, Parquet) are inputs of their own. What is
        named twice is read once.

        Raises:
            UsageError: An input is not there, or a glob matches nothing.
        """
        self.inputs = tuple(dict.fromkeys(name for given in inputs for name in _expand(given)))
        self._limits = limits
        self._sizes = {name: _size(Path(name)) for name in self.inputs}
        self._done_bytes = self._passed = 0
        self._here: BinaryIO | None = None

    def fraction(self) -> float:
        """Return which share of the inputs' bytes has been read, in [0, 1]."""
        here = self._passed if self._here is None or self._here.closed else self._here.tell()
        total = sum(self._sizes.values())
        return min(1.0, (self._done_bytes + here) / total) if total else 1.0

    def identity(self) -> list[list[object]]:
        """Return name and size of each input: a run goes on only over the same."""
        return [[name, self._sizes[name]] for name in self.inputs]

    def units(self) -> Iterator[Source | Failure]:
        """Yield each unit in order; what cannot be read is a failure in its place."""
        for name in self.inputs:
            try:
                yield from self._of(name)
            except BriefingError as error:
                yield Failure(ref=name, stage="read", message=str(error))
            except OSError as error:
                message = f"{error.strerror or error}; check the file and its permissions"
                yield Failure(ref=name, stage="read", message=message)
            self._done_bytes, self._passed = self._done_bytes + self._sizes[name], 0

    def _of(self, name: str) -> Iterator[Source | Failure]:
        """Yield the units of one input."""
        lower = name.lower()
        if lower.endswith(_LINES):
            return self._lines(name)
        if lower.endswith(_WARC):
            return self._pages(name)
        if lower.endswith(_TABLES):
            return self._rows(name)
        return self._files(name)

    def _files(self, name: str) -> Iterator[Source | Failure]:
        """Yield the units of a folder or of a single file."""
        for unit in gather([name], limits=self._limits):
            self._passed += len(unit.body) if isinstance(unit, Source) else 0
            if not unit.ref.lower().endswith(_STREAMS):
                yield unit

    def _lines(self, name: str) -> Iterator[Source]:
        """Yield one unit for each line of a JSONL file."""
        with Path(name).open("rb") as self._here:
            lines = _read_lines(unpacked(name, self._here), self._limits.bytes)
            for n, line in enumerate(lines, 1):
                if line.strip():
                    yield Source(ref=f"{name}#{n}", body=line, media_type="application/ninjs+json")

    def _pages(self, name: str) -> Iterator[Source | Failure]:
        """Yield one unit for each archived page."""
        with Path(name).open("rb") as self._here:
            for n, page in enumerate(warc.pages(self._here), 1):
                yield replace(page, ref=f"{name}#{n}")

    def _rows(self, name: str) -> Iterator[Source]:
        """Yield one unit for each row of a Parquet file.

        Raises:
            FormatError: It is not a whole Parquet file.
        """
        parquet, defects = _pyarrow(name)
        n = 0
        try:
            with parquet.ParquetFile(name) as table:
                for batch in table.iter_batches(batch_size=256):
                    for row in batch.to_pylist():
                        n += 1
                        body = json.dumps(row, default=str, ensure_ascii=False).encode()
                        yield Source(
                            ref=f"{name}#{n}", body=body, media_type="application/ninjs+json"
                        )
                    self._passed = self._sizes[name] * n // table.metadata.num_rows
        except defects as error:
            raise FormatError(f"not a whole Parquet file ({error}); fetch it anew") from error


def batches(units: Iterable[Source | Failure], *, shard_units: int) -> Iterator[Batch]:
    """Yield the units in batches, none of which reaches over the edge of a shard.

    How units fall into batches and shards depends on the units alone, so a run that goes on
    where another was killed makes the same ones.
    """
    number = shard = in_shard = size = 0
    held: list[Source | Failure] = []
    for unit in units:
        held.append(unit)
        size += len(unit.body) if isinstance(unit, Source) else 0
        in_shard += 1
        full = in_shard >= shard_units
        if full or len(held) >= BATCH_UNITS or size >= BATCH_BYTES:
            yield Batch(number=number, shard=shard, units=tuple(held))
            number, size, held = number + 1, 0, []
        if full:
            shard, in_shard = shard + 1, 0
    if held:
        yield Batch(number=number, shard=shard, units=tuple(held))


def _expand(given: str) -> list[str]:
    """Return the paths that a name or glob stands for, sorted."""
    if Path(given).is_dir():
        return _inside(given)
    if Path(given).exists():
        return [given]
    if not glob.has_magic(given):
        raise UsageError(f"{given} is not there; check the name, nothing was written")
    found = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute
    if not found:
        raise UsageError(f"nothing matches {given!r}; check the pattern, and quote it")
    return found


def _inside(folder: str) -> list[str]:
    """Return the inputs of a folder: its files of many articles, and itself for all others."""
    names = [p for p in sorted(Path(folder).rglob("[!.]*")) if p.is_file()]
    streams = [str(path) for path in names if path.name.lower().endswith(_STREAMS)]
    return streams if streams and len(streams) == len(names) else [folder, *streams]


def _size(path: Path) -> int:
    """Return the bytes of a file, or of all files of a folder but those of many articles."""
    if path.is_dir():
        files = (p for p in path.rglob("*") if p.is_file())
        return sum(p.stat().st_size for p in files if not p.name.lower().endswith(_STREAMS))
    return path.stat().st_size if path.is_file() else 0


def _read_lines(chunks: Iterable[bytes], longest: int) -> Iterator[bytes]:
    """Yield the lines of a stream in which no line is longer than the limit.

    Raises:
        FormatError: A line is longer.
    """
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
        if len(rest) > longest:
            raise FormatError(f"one line is longer than {longest:,} bytes; it is not JSONL")
    if rest:
        yield rest


def _pyarrow(name: str) -> tuple[Any, tuple[type[Exception], ...]]:
    """Return pyarrow's Parquet module and its errors, or say how to get it."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(f"{name} needs Parquet: pip install '.[parquet]' in its clone") from error
    return parquet, (pyarrow.ArrowException, UnicodeEncodeError)
