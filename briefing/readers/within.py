"""Work on a source within limits: in a child process, or with a clock where the source is light."""

from collections.abc import Callable
from typing import TypeVar

from briefing import bounds
from briefing.limits import Limits
from briefing.model import Source
from briefing.readers.kinds import reader_for

Answer = TypeVar("Answer")

LIGHT_BYTES = 300_000
"""What is larger is read in a child process. Nine in ten of the 282 pages of the evaluation are
smaller. The slowest source of this size that was found, an element of 40,000 attributes, takes
12 s in a library that no clock of ours stops."""


def work(task: Callable[[Source], Answer], source: Source, *, limits: Limits) -> Answer:
    """Return what *task* makes of *source*, which may have been made to take long or much.

    Args:
        task: What reads it: a function of a module, or a `partial` of one.
        source: Packed or large, it is given to a child process; else this one keeps the time.
        limits: `read_s` of processor time and `read_mb` of memory.

    Raises:
        LimitError: It took more than that.
        BriefingError: What the task itself raises.
    """
    if len(source.body) > LIGHT_BYTES or reader_for(source).packed:
        return bounds.run(task, source, limits=limits)
    with bounds.clock(limits.read_s):
        return task(source)
