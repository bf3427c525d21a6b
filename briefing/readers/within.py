"""Work on a source within limits: in a child process, or with a clock where the source is light."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from briefing import bounds
from briefing.errors import BriefingError, LimitError, VerifyError
from briefing.limits import Limits
from briefing.model import Failure, Source
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
        source: Packed, carrying something packed or large, it is given to a child process; else
            this one keeps the time.
        limits: `read_s` of processor time and `read_mb` of memory.

    Raises:
        LimitError: It took more than that.
        BriefingError: What the task itself raises.
    """
    if len(source.body) > LIGHT_BYTES or reader_for(source).unpacks(source):
        return bounds.run(task, source, limits=limits)
    with bounds.clock(limits.read_s):
        return task(source)


def attempt(
    task: Callable[[Source], Answer], source: Source, *, limits: Limits, verb: str
) -> Answer | Failure:
    """Return what `work` does, or why it does not as a value: one source ends no run. Never raises.

    Args:
        task: What reads it.
        source: As `work` takes it.
        limits: As `work` takes them.
        verb: The stage that a defect of ours is laid to; a source's own defect is one of "read".
    """
    try:
        return work(task, source, limits=limits)
    except Exception as error:  # noqa: BLE001 - a page must not lose the run
        return failed(source.ref, error, verb=verb)


def alone(
    task: Callable[[], Answer], *, ref: str, verb: str = "read", place: str = ""
) -> Answer | Failure:
    """Return what *task* makes of one unit of a source, or why nothing; the others are read.

    Args:
        task: What reads or summarises the unit.
        ref: How the unit is called.
        verb: As `attempt` takes it.
        place: Where it stands in the source, when its number does not tell: `line 12`.

    Raises:
        LimitError: It is larger or deeper than the limits allow, which is the whole source's.
        MemoryError: As above; out of memory, CPython may raise a SystemError instead.
    """
    try:
        return task()
    except (LimitError, MemoryError, SystemError):
        raise
    except Exception as error:  # noqa: BLE001 - a mail must not lose its mailbox
        failure = failed(ref, error, verb=verb)
        return replace(failure, message=f"{place}: {failure.message}") if place else failure


def failed(ref: str, error: Exception, *, verb: str) -> Failure:
    """Return why a unit could not be worked on: what is wrong with it, or a defect of ours."""
    if isinstance(error, VerifyError):
        return Failure(ref=ref, stage=verb, message=str(error))
    if isinstance(error, BriefingError):
        return Failure(ref=ref, stage="read", message=str(error))
    message = f"a defect in briefing, please report it: {type(error).__name__}: {error}"
    return Failure(ref=ref, stage=verb, message=message)
