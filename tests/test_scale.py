"""Collections: the same results whatever the engine, however often a run is killed."""

import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import zstandard

from briefing.errors import ArchiveError, UsageError
from briefing.model import Failure, Source
from briefing.scale import (
    Batch,
    Collection,
    LocalEngine,
    Report,
    SerialEngine,
    Shards,
    Task,
    batches,
    group_days,
    ordered,
    run,
    summarise_and_print,
)
from briefing.scale.engines import WorkerLost

STORY = (
    "The harbour board closed the north quay at Northfold on Tuesday after an inspector found"
    " cracks in crane {n}. Ada Vale, the board's chair, said the repairs would take {n} weeks and"
    " cost £{n}m. The closure affects {n} fishing boats, which will land their catch at Lamorna"
    " until the quay is open again. A second inspection of the cranes is due in April, and the"
    " results will be published on the board's website. The town council has asked for a report"
    " on the cost of the repairs and on who knew of the cracks. The fishermen's union said its"
    " members had warned of rust on the cranes since last winter. Fish merchants expect prices to"
    " rise by a tenth while boats sail to the other harbour."
)


CHOIR = (
    "A choir of retired miners from Upper Teal has won the national singing prize in Montalban."
    "\n\nThe 34 men, whose oldest member is 91, sang three songs in a language that only they"
    " still speak. The jury praised their warmth.\n\nConductor Bo Reed said they would spend the"
    " money on a new piano and a coach to take them to the summer festival in Saint Brannoc."
)


def lines(count: int, start: int = 0) -> bytes:
    """Return *count* articles as JSONL."""
    rows = (
        {
            "title": f"Quay {n} closes",
            "text": STORY.format(n=n).replace(". ", ".\n\n"),
            "published": f"2026-03-{2 + n % 3:02d}T06:00:00Z",
            "publisher": "The Newline",
        }
        for n in range(start, start + count)
    )
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def files(folder: Path) -> dict[str, bytes]:
    """Return all files below *folder* by their names."""
    found = (p for p in sorted(folder.rglob("*")) if p.is_file())
    return {str(p.relative_to(folder)): p.read_bytes() for p in found}


def _read(path: Path) -> list[str]:
    """Return the lines of a file."""
    return path.read_text(encoding="utf-8").splitlines()


def summarised(inputs: list[str], folder: Path, **options: Any) -> Report:
    """Run over *inputs* in this process."""
    shards = Shards(folder, by_date=options.pop("by_date", False))
    with options.pop("engine", SerialEngine()) as engine:
        return run(Collection(inputs), shards, engine=engine, **options)


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make shards small enough that a small collection has several."""
    monkeypatch.setattr("briefing.scale.corpus.SHARD_UNITS", 10)
    monkeypatch.setattr("briefing.scale.collect.BATCH_UNITS", 4)


def test_every_line_becomes_a_row(tmp_path: Path) -> None:
    """Each article of a JSONL file is one line of the result, under its own ref."""
    (tmp_path / "in.jsonl").write_bytes(lines(5))
    report = summarised([str(tmp_path / "in.jsonl")], tmp_path / "out.jsonl")
    assert report == Report(articles=5, failures=0, resumed=0)
    rows = [json.loads(r) for r in _read(tmp_path / "out.jsonl/part-00000.jsonl")]
    assert [r["article"]["ref"].rpartition("#")[2] for r in rows] == ["1", "2", "3", "4", "5"]
    assert all(r["points"] for r in rows)


def test_parquet_goes_in_and_comes_out(tmp_path: Path) -> None:
    """A Parquet table of articles becomes one of points, with its types."""
    import pyarrow as pa

    rows = [json.loads(line) for line in lines(3).splitlines()]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "in.parquet")
    summarised([str(tmp_path / "in.parquet")], tmp_path / "out.parquet")
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.num_rows == 3
    assert table.column("publisher").to_pylist() == ["The Newline"] * 3
    first = table.column("points")[0].as_py()[0]
    assert first["text"]
    assert first["sentences"][0]["source_end"] > first["sentences"][0]["source_start"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("torn.jsonl.gz", gzip.compress(lines(40))[:200]),
        ("spoilt.jsonl.gz", gzip.compress(lines(40))[:100] + b"?" * 400),
        ("torn.jsonl.zst", zstandard.compress(lines(40))[:200]),
        ("lines.jsonl.zst", lines(2)),
        ("lines.parquet", lines(2)),
        ("a.warc", b"x"),
    ],
)
def test_a_broken_input_is_a_failure_and_the_rest_goes_on(
    tmp_path: Path, name: str, body: bytes
) -> None:
    """What cannot be read is one failure in a table of its own."""
    (tmp_path / name).write_bytes(body)
    (tmp_path / "good.jsonl").write_bytes(lines(2))
    inputs = [str(tmp_path / name), str(tmp_path / "good.jsonl")]
    report = summarised(inputs, tmp_path / "out.jsonl")
    assert report.failures == 1
    assert report.articles >= 2
    (failure,) = _read(tmp_path / "out.jsonl/_failures/part-00000.jsonl")
    assert json.loads(failure)["ref"] == inputs[0]


def test_partition_by_date_of_publication(tmp_path: Path) -> None:
    """Each date is a folder, as readers of such data sets expect."""
    (tmp_path / "in.jsonl").write_bytes(lines(6))
    summarised([str(tmp_path / "in.jsonl")], tmp_path / "out.parquet", by_date=True)
    dates = sorted(p.name for p in (tmp_path / "out.parquet").glob("date=*"))
    assert dates == ["date=2026-03-02", "date=2026-03-03", "date=2026-03-04"]


@pytest.mark.usefixtures("small_shards")
def test_batches_keep_within_shards() -> None:
    """Every unit is in one batch, and no batch reaches over the edge of a shard."""
    units = [Source(ref=str(n), body=b"") for n in range(23)]
    found = list(batches(units, shard_units=10))
    assert [u for b in found for u in b.units] == units
    assert [(b.shard, len(b.units)) for b in found] == [
        (0, 4),
        (0, 4),
        (0, 2),
        (1, 4),
        (1, 4),
        (1, 2),
        (2, 3),
    ]


class Stop(Exception):  # noqa: N818 - a moment, not a mistake
    """The moment at which a run is killed."""


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_killed_run_goes_on(tmp_path: Path, after: int) -> None:
    """However far it came, the finished folder is the same as without the kill."""
    (tmp_path / "in.jsonl").write_bytes(lines(35))
    inputs = [str(tmp_path / "in.jsonl")]
    summarised(inputs, tmp_path / "whole.jsonl")
    seen = iter(range(after - 1))

    def kill(_units: int, _share: float) -> None:
        if next(seen, None) is None:
            raise Stop

    with pytest.raises(Stop):
        summarised(inputs, tmp_path / "killed.jsonl", watch=kill)
    report = summarised(inputs, tmp_path / "killed.jsonl")
    assert report == Report(articles=35, failures=0, resumed=after)
    assert files(tmp_path / "killed.jsonl") == files(tmp_path / "whole.jsonl")


KILLED = """
import os, signal, sys
import briefing.atomic, briefing.scale.collect, briefing.scale.corpus
from pathlib import Path
from briefing import scale

briefing.scale.corpus.SHARD_UNITS, briefing.scale.collect.BATCH_UNITS = 10, 4
left, sync = int(sys.argv[1]), os.fsync

def fsync(handle):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    sync(handle)

os.fsync = fsync
shards = scale.Shards(Path(sys.argv[3]), by_date=True)
scale.run(scale.Collection([sys.argv[2]]), shards, engine=scale.SerialEngine())
"""


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("moment", [1, 2, 6, 9, 11, 17])
def test_a_run_killed_by_the_system_goes_on(tmp_path: Path, moment: int) -> None:
    """Ended as it writes its record, a part, failures or a mark: none is lost, none is twice."""
    (tmp_path / "in.jsonl").write_bytes(lines(14) + b"broken\n" + lines(8, 14))
    (source, folder) = (str(tmp_path / "in.jsonl"), tmp_path / "killed.jsonl")
    command = [sys.executable, "-c", KILLED, str(moment), source, str(folder)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    report = summarised([source], folder, by_date=True)
    assert (report.articles, report.failures) == (22, 1)
    summarised([source], tmp_path / "whole.jsonl", by_date=True)
    assert files(folder) == files(tmp_path / "whole.jsonl")


@pytest.mark.usefixtures("small_shards")
def test_what_a_kill_left_of_a_shard_is_replaced(tmp_path: Path) -> None:
    """Parts without their mark are not whole: they are written again, not twice."""
    (tmp_path / "in.jsonl").write_bytes(lines(12))
    inputs = [str(tmp_path / "in.jsonl")]
    summarised(inputs, tmp_path / "out.jsonl")
    whole = files(tmp_path / "out.jsonl")
    (tmp_path / "out.jsonl/_done/00001.json").unlink()
    (tmp_path / "out.jsonl/part-00001.jsonl").write_bytes(b"half a li")
    summarised(inputs, tmp_path / "out.jsonl")
    assert files(tmp_path / "out.jsonl") == whole


def test_another_run_is_not_mixed_in(tmp_path: Path) -> None:
    """A folder that holds a run over other inputs is refused."""
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(lines(2))
    summarised([str(tmp_path / "a.jsonl")], tmp_path / "out.jsonl")
    with pytest.raises(UsageError, match="other inputs"):
        summarised([str(tmp_path / "b.jsonl")], tmp_path / "out.jsonl")


def test_two_runs_are_not_at_work_in_one_folder(tmp_path: Path) -> None:
    """The second is refused, for it would take the first's shards for what a kill had left."""
    (tmp_path / "in.jsonl").write_bytes(lines(2))
    shards = Shards(tmp_path / "out.jsonl", by_date=False)
    with shards.held(), pytest.raises(ArchiveError, match="wait until it is done"):
        summarised([str(tmp_path / "in.jsonl")], tmp_path / "out.jsonl")
    assert summarised([str(tmp_path / "in.jsonl")], tmp_path / "out.jsonl").articles == 2


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Nothing is written into a folder that is no run."""
    (tmp_path / "out.jsonl").mkdir()
    (tmp_path / "out.jsonl/mine.txt").write_text("mine")
    (tmp_path / "in.jsonl").write_bytes(lines(1))
    with pytest.raises(UsageError, match="no run to go on with"):
        summarised([str(tmp_path / "in.jsonl")], tmp_path / "out.jsonl")


def test_the_output_must_say_its_format(tmp_path: Path) -> None:
    """A name that says neither Parquet nor JSONL is a mistake."""
    with pytest.raises(UsageError, match=r"\.parquet or \.jsonl"):
        Shards(tmp_path / "out.csv", by_date=False)


@pytest.mark.usefixtures("small_shards")
def test_processes_agree_with_one(tmp_path: Path) -> None:
    """Two processes write the same bytes as this one."""
    (tmp_path / "in.jsonl").write_bytes(lines(25) + b"broken\n")
    inputs = [str(tmp_path / "in.jsonl")]
    summarised(inputs, tmp_path / "one.jsonl")
    summarised(inputs, tmp_path / "two.jsonl", engine=LocalEngine(2))
    assert files(tmp_path / "one.jsonl") == files(tmp_path / "two.jsonl")


def test_stories_of_a_day_are_the_same_in_processes(tmp_path: Path) -> None:
    """Two reports of one event are one story, and the engine makes no difference."""
    row = json.loads(lines(1))
    other = {**row, "title": "North quay shut", "text": row["text"].replace("closed", "has shut")}
    far = {"title": "Choir wins prize", "published": row["published"], "text": CHOIR}
    body = "".join(json.dumps(r) + "\n" for r in (row, far, other))
    (tmp_path / "in.jsonl").write_text(body)
    for name, engine in (("one.jsonl", SerialEngine()), ("two.jsonl", LocalEngine(2))):
        with engine:
            shards = Shards(tmp_path / name, by_date=False)
            collection = Collection([str(tmp_path / "in.jsonl")])
            run(collection, shards, engine=engine, task=Task(work=summarise_and_print))
            assert group_days(shards.folder, engine) == 2
    assert files(tmp_path / "one.jsonl") == files(tmp_path / "two.jsonl")
    (day,) = (tmp_path / "one.jsonl" / "_stories").iterdir()
    refs = [[r.rpartition("#")[2] for r in json.loads(s)["refs"]] for s in _read(day)]
    assert sorted(refs) == [["1", "3"], ["2"]]


class Widest:
    """An engine that only keeps how much was ever under way."""

    width = 3

    def __init__(self) -> None:
        self.under_way = self.most = 0

    def submit(self, *_: object) -> "Widest":
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        return self

    def result(self) -> None:
        self.under_way -= 1


def test_a_bounded_number_of_batches_is_under_way() -> None:
    """A million batches are never held at once."""
    engine = Widest()
    tasks: Iterator[int] = iter(range(1000))
    for _, answer in ordered(engine, tasks, engine.submit):  # type: ignore[arg-type]
        answer.result()
    assert engine.most == 8


def die(path: str) -> int:
    """End this process as the kernel does when memory runs out, the first time."""
    mark = Path(path)
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 7


def die_always() -> None:
    """End this process every time."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    """The task of a process that was killed is done by another."""
    with LocalEngine(1) as engine:
        assert engine.submit(die, str(tmp_path / "mark")).result() == 7


def test_a_task_that_ends_every_worker_is_given_up() -> None:
    """After two tries the task is lost, and the engine goes on."""
    with LocalEngine(1) as engine:
        with pytest.raises(WorkerLost):
            engine.submit(die_always).result()
        assert engine.submit(abs, -3).result() == 3


class Deadly(SerialEngine):
    """An engine in which one unit ends every worker it is given to."""

    def submit(self, function: Any, /, *arguments: Any) -> Any:
        if any(unit.ref.endswith("#2") for unit in arguments[0]):
            return self
        return super().submit(function, *arguments)

    def result(self) -> Any:
        raise WorkerLost


def test_a_deadly_unit_is_lost_alone(tmp_path: Path) -> None:
    """The others of its batch are done, and it is named."""
    (tmp_path / "in.jsonl").write_bytes(lines(5))
    inputs = [str(tmp_path / "in.jsonl")]
    report = summarised(inputs, tmp_path / "out.jsonl", engine=Deadly())
    assert report == Report(articles=4, failures=1, resumed=0)


@pytest.fixture
def cluster() -> Iterator[str]:
    """A real Dask cluster on the loopback address: a scheduler and two worker processes."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host="127.0.0.1",
        silence_logs=50,
    ) as running:
        yield running.scheduler_address


# distributed's own warnings while a worker dies are not ours to hold to account.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.usefixtures("small_shards")
def test_a_cluster_that_loses_a_worker_agrees_with_one_process(
    tmp_path: Path, cluster: str
) -> None:
    """With a worker killed in the middle, the files are the same, byte for byte."""
    from briefing.scale import DaskEngine

    (tmp_path / "in.jsonl").write_bytes(lines(60))
    inputs = [str(tmp_path / "in.jsonl")]
    summarised(inputs, tmp_path / "one.jsonl")
    engine = DaskEngine(cluster)
    pids = list(engine._client.run(os.getpid).values())
    killed: list[int] = []

    def kill(units: int, _share: float) -> None:
        if not killed:
            killed.append(units)
            os.kill(pids[0], signal.SIGKILL)

    summarised(inputs, tmp_path / "many.jsonl", engine=engine, watch=kill)
    assert killed
    assert files(tmp_path / "one.jsonl") == files(tmp_path / "many.jsonl")


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_is_not_there_is_named() -> None:
    """The message says what to start."""
    pytest.importorskip("distributed")
    from briefing.scale import DaskEngine

    with pytest.raises(UsageError, match="dask scheduler"):
        DaskEngine("nonsense://127.0.0.1:1")


def test_units_without_bodies_count_as_failures() -> None:
    """A failure keeps its place among the units."""
    units = [Failure(ref="x", stage="read", message="gone")]
    assert list(batches(units, shard_units=5)) == [Batch(number=0, shard=0, units=tuple(units))]
