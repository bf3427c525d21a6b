"""A run over a collection: batches out, objects back in order, shards to the disk."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from briefing.model import Failure, Plan, Source
from briefing.scale.collect import Batch, Collection, batches
from briefing.scale.engines import Answer, Engine, WorkerLost, ordered
from briefing.scale.shards import Shards
from briefing.scale.work import lost, summarise_batch

# A shard is what a killed run loses at most: about two seconds of one core's work.
SHARD_UNITS = 1000

Watch = Callable[[int, float], None]
"""Told how many units are done and which share of the inputs was read."""

Work = Callable[[tuple[Source | Failure, ...], Plan], list[dict[str, Any]]]
"""What a worker does with a batch: a function that can be named from another process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is asked of each batch."""

    plan: Plan = Plan()
    work: Work = summarise_batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did."""

    articles: int
    """Articles in the folder, also of earlier runs that this one went on with."""

    failures: int
    resumed: int
    """Shards that were whole already."""


def run(
    collection: Collection,
    shards: Shards,
    *,
    task: Task = Task(),
    engine: Engine,
    watch: Watch = lambda _units, _share: None,
) -> Report:
    """Summarise the whole collection into *shards*, going on where a killed run was.

    The files are the same whatever the engine, and however often the run was killed. Where there
    is neither an article nor a failure, nothing is left in the folder, nor the folder.

    Raises:
        UsageError: The folder holds another run, or something else.
        ArchiveError: Another process is at work in it.
        BriefingError: The disk refuses a file.
    """
    with shards.held():
        return _run(collection, shards, task=task, engine=engine, watch=watch)


def _run(
    collection: Collection, shards: Shards, *, task: Task, engine: Engine, watch: Watch
) -> Report:
    """Do the shards that are not whole yet."""
    done = shards.open(
        {"inputs": collection.identity(), "plan": asdict(task.plan), "work": task.work.__name__}
    )
    todo = (b for b in batches(collection.units(), shard_units=SHARD_UNITS) if b.shard not in done)
    units = 0
    for shard, objects, count in _by_shard(engine, todo, task=task):
        shards.write(shard, objects)
        units += count
        watch(units, collection.fraction())
    articles, failures = shards.counts()
    if not articles and not failures:
        shards.withdraw()
    return Report(articles=articles, failures=failures, resumed=len(done))


def _by_shard(
    engine: Engine, todo: Iterator[Batch], *, task: Task
) -> Iterator[tuple[int, list[dict[str, Any]], int]]:
    """Yield each shard's number, objects and number of units, once all its batches are back."""

    def submit(batch: Batch) -> Answer:
        return engine.submit(task.work, batch.units, task.plan)

    shard, objects, count = -1, list[dict[str, Any]](), 0
    for batch, answer in ordered(engine, todo, submit):
        if batch.shard != shard and count:
            yield shard, objects, count
            objects, count = [], 0
        shard = batch.shard
        try:
            objects.extend(answer.result())
        except WorkerLost:
            objects.extend(_one_by_one(engine, batch, task=task))
        count += len(batch.units)
    if count:
        yield shard, objects, count


def _one_by_one(engine: Engine, batch: Batch, *, task: Task) -> list[dict[str, Any]]:
    """Return the objects of a batch that ends its workers: those of all but the deadly unit."""
    found: list[dict[str, Any]] = []
    for unit in batch.units:
        try:
            found.extend(engine.submit(task.work, (unit,), task.plan).result())
        except WorkerLost:
            found.extend(lost((unit,)))
    return found
