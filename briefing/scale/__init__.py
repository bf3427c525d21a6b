"""The same program over collections: on every core, or on many machines.

    inputs ─collect▶ batches ─engine(summarise)▶ objects ─shards▶ files

Batches go out and results come back in order, with a bounded number under way, so memory does not
grow with the collection. The core knows nothing of any of this: it is handed to the engine as a
plain function of plain values.
"""

from briefing.scale.collect import Batch, Collection, batches
from briefing.scale.corpus import Report, Task, run
from briefing.scale.engines import DaskEngine, Engine, LocalEngine, SerialEngine, ordered
from briefing.scale.shards import Shards
from briefing.scale.windows import group_days
from briefing.scale.work import summarise_and_print, summarise_batch

__all__ = [
    "Batch",
    "Collection",
    "DaskEngine",
    "Engine",
    "LocalEngine",
    "Report",
    "SerialEngine",
    "Shards",
    "Task",
    "batches",
    "group_days",
    "ordered",
    "run",
    "summarise_and_print",
    "summarise_batch",
]
