"""Collections as streams: folders, globs, JSONL, WARC and Parquet, one unit at a time."""

import glob
import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from briefing.errors import BriefingError, FormatError, UsageError
from briefing.limits import Limits
from briefing.model import Failure, Source
from briefing.readers import warc
from briefing.sources import gather

# A batch is what travels to a worker: large enough that sending it costs little beside the work
# (50 articles take about 80 ms), small enough for any scheduler's message.
BATCH_UNITS = 50
BATCH_BYTES = 8_000_000

# A collection may have any number of files; each is bounded as ever.
_LIMITS = Limits(files=sys.maxsize)
_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst")
_WARC = (".warc", ".warc.gz")


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

        Raises:
            UsageError: A glob matches nothing.
        """
        self.inputs = tuple(name for given in inputs for name in _expand(given))
        self._limits = limits
        self._sizes = {name: _size(Path(name)) for name in self.inputs}
        self._done_bytes = 0
        self._here: BinaryIO | None = None

    def fraction(self) -> float:
        """Return which share of the inputs' bytes has been read, in [0, 1]."""
        here = 0 if self._here is None or self._here.closed else self._here.tell()
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
            self._done_bytes += self._sizes[name]

    def _of(self, name: str) -> Iterator[Source | Failure]:
        """Yield the units of one input."""
        lower = name.lower()
        if lower.endswith(_LINES):
            return self._lines(name)
        if lower.endswith(_WARC):
            return self._pages(name)
        if lower.endswith(".parquet"):
            return _rows(name)
        return gather([name], limits=self._limits)

    def _lines(self, name: str) -> Iterator[Source]:
        """Yield one unit for each line of a JSONL file."""
        with Path(name).open("rb") as self._here, _unpacked(name, self._here) as stream:
            for n, line in enumerate(_read_lines(stream, self._limits.bytes), 1):
                if line.strip():
                    yield Source(ref=f"{name}#{n}", body=line, media_type="application/ninjs+json")

    def _pages(self, name: str) -> Iterator[Source]:
        """Yield one unit for each archived page."""
        with Path(name).open("rb") as self._here:
            for n, page in enumerate(warc.pages(self._here), 1):
                yield replace(page, ref=f"{name}#{n}")


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
    if Path(given).exists() or not glob.has_magic(given):
        return [given]
    found = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute
    if not found:
        raise UsageError(f"nothing matches {given!r}; check the pattern, and quote it")
    return found


def _size(path: Path) -> int:
    """Return the bytes of a file, or of all files of a folder, 0 for what is not there."""
    if path.is_dir():
        return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())
    return path.stat().st_size if path.is_file() else 0


def _unpacked(name: str, stream: BinaryIO) -> BinaryIO:
    """Return a stream of the file's unpacked bytes.

    Raises:
        UsageError: It is packed with zstd and the extra is not installed.
    """
    if name.lower().endswith(".gz"):
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    if not name.lower().endswith(".zst"):
        return stream
    try:
        import zstandard
    except ImportError as error:
        raise UsageError(f"{name} needs zstd: pip install 'briefing[zstd]'") from error
    return cast(BinaryIO, zstandard.ZstdDecompressor().stream_reader(stream))


def _read_lines(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    """Yield the lines of a stream in which no line is longer than the limit.

    Raises:
        FormatError: A line is longer, or the packed stream is torn.
    """
    rest = b""
    while True:
        try:
            chunk = stream.read(1 << 16)
        except (EOFError, gzip.BadGzipFile, OSError) as error:
            raise FormatError(f"torn or not packed as its name says ({error})") from error
        if not chunk:
            break
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
        if len(rest) > longest:
            raise FormatError(f"one line is longer than {longest:,} bytes; it is not JSONL")
    if rest:
        yield rest


def _rows(name: str) -> Iterator[Source]:
    """Yield one unit for each row of a Parquet file."""
    parquet: Any = _pyarrow(name)
    n = 0
    with parquet.ParquetFile(name) as table:
        for batch in table.iter_batches(batch_size=256):
            for row in batch.to_pylist():
                n += 1
                body = json.dumps(row, default=str, ensure_ascii=False).encode()
                yield Source(ref=f"{name}#{n}", body=body, media_type="application/ninjs+json")


def _pyarrow(name: str) -> Any:
    """Return pyarrow's Parquet module, or say how to get it."""
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(f"{name} needs Parquet: pip install 'briefing[parquet]'") from error
    return parquet
