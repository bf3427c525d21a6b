"""A run over a collection: batches out, objects back in order, shards to the disk."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from briefing.model import Plan
from briefing.scale.collect import Batch, Collection, batches
from briefing.scale.engines import Answer, Engine, WorkerLost, ordered
from briefing.scale.shards import Shards
from briefing.scale.work import lost, summarise_batch

# A shard is what a killed run loses at most: about two seconds of one core's work.
SHARD_UNITS = 1000

Watch = Callable[[int, float], None]
"""Told how many units are done and which share of the inputs was read."""


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
    plan: Plan,
    engine: Engine,
    watch: Watch = lambda _units, _share: None,
) -> Report:
    """Summarise the whole collection into *shards*, going on where a killed run was.

    The files are the same whatever the engine, and however often the run was killed.

    Raises:
        UsageError: The folder holds another run.
        BriefingError: The disk refuses a file.
    """
    done = shards.open({"inputs": collection.identity(), "plan": asdict(plan)})
    todo = (b for b in batches(collection.units(), shard_units=SHARD_UNITS) if b.shard not in done)
    units = 0
    for shard, objects, count in _by_shard(engine, todo, plan=plan):
        shards.write(shard, objects)
        units += count
        watch(units, collection.fraction())
    articles, failures = shards.counts()
    return Report(articles=articles, failures=failures, resumed=len(done))


def _by_shard(
    engine: Engine, todo: Iterator[Batch], *, plan: Plan
) -> Iterator[tuple[int, list[dict[str, Any]], int]]:
    """Yield each shard's number, objects and number of units, once all its batches are back."""

    def submit(batch: Batch) -> Answer:
        return engine.submit(summarise_batch, batch.units, plan)

    shard, objects, count = -1, list[dict[str, Any]](), 0
    for batch, answer in ordered(engine, todo, submit):
        if batch.shard != shard and count:
            yield shard, objects, count
            objects, count = [], 0
        shard = batch.shard
        objects.extend(_result(engine, batch, answer, plan=plan))
        count += len(batch.units)
    if count:
        yield shard, objects, count


def _result(engine: Engine, batch: Batch, answer: Answer, *, plan: Plan) -> list[dict[str, Any]]:
    """Return a batch's objects; one that ends its workers is done again unit by unit."""
    try:
        return list(answer.result())
    except WorkerLost:
        found: list[dict[str, Any]] = []
        for unit in batch.units:
            try:
                found.extend(engine.submit(summarise_batch, (unit,), plan).result())
            except WorkerLost:
                found.extend(lost((unit,)))
        return found
