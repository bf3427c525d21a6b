"""Where the work is done: in this process, in processes of this machine, or by a Dask cluster.

An engine has one method, `submit`, which answers with something that has one method, `result`.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from briefing.errors import UsageError

Task = TypeVar("Task")


class WorkerLost(Exception):  # noqa: N818 - what happened, not what to do; never leaves `scale`
    """A worker ended twice on the same task without an answer."""


class Answer(Protocol):
    """What will be the result of a task."""

    def result(self) -> Any:
        """Wait for the result and return it; raise WorkerLost when no worker survives it."""
        ...


class Engine(Protocol):
    """A place where tasks are done."""

    width: int
    """How many tasks it can do at once."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Answer:
        """Hand over a task; it may begin at once."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def ordered(
    engine: Engine, tasks: Iterable[Task], submit: Callable[[Task], Answer]
) -> Iterator[tuple[Task, Answer]]:
    """Yield each task and its answer in order, with a bounded number of tasks under way.

    Twice the engine's width and two more are: enough that no worker waits for the next task, and
    no more than that is ever held in memory.
    """
    under_way: deque[tuple[Task, Answer]] = deque()
    for task in tasks:
        under_way.append((task, submit(task)))
        if len(under_way) >= 2 * engine.width + 2:
            yield under_way.popleft()
    yield from under_way


@dataclass(frozen=True, slots=True)
class _Done:
    """An answer that is there already."""

    value: Any

    def result(self) -> Any:
        return self.value


class SerialEngine:
    """Does each task at once, in this process: what the others must agree with."""

    width = 1

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Answer:
        """Do the task."""
        return _Done(function(*arguments))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was opened."""


class LocalEngine:
    """Processes of this machine; one that dies is replaced and its tasks are done again."""

    def __init__(self, width: int | None = None) -> None:
        """Start no process yet; *width* defaults to the cores this process may use."""
        self.width = width or len(os.sched_getaffinity(0))
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Answer:
        """Hand the task to a free process."""
        return _LocalAnswer(self, function, arguments)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def pool(self) -> ProcessPoolExecutor:
        """Return the processes, started when first needed.

        They are spawned and not forked: a fork copies whatever threads and locks the caller had.
        """
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.width, mp_context=get_context("spawn"), initializer=_end_with_parent
            )
        return self._pool

    def replace(self, broken: ProcessPoolExecutor) -> None:
        """Start anew unless another answer already saw to it."""
        if self._pool is broken:
            broken.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _end_with_parent() -> None:
    """See to it that this process ends when its parent is gone, killed or not.

    The parent holds the other end of a pipe, which the system closes whatever ended it.
    """
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    Thread(target=watch, name="parent-watch", daemon=True).start()


class _LocalAnswer:
    """The answer of a process, asked for a second time when the process dies."""

    def __init__(
        self, engine: LocalEngine, function: Callable[..., Any], arguments: tuple[Any, ...]
    ) -> None:
        self._engine = engine
        self._task = (function, *arguments)
        self._start()

    def result(self) -> Any:
        for last in (False, True):
            try:
                return self._future.result()
            except BrokenProcessPool as error:
                self._engine.replace(self._pool)
                if last:
                    raise WorkerLost from error
                self._start()
        raise AssertionError("the second try returns or raises")

    def _start(self) -> None:
        """Hand the task to the pool as it is now; a pool found broken is replaced first."""
        self._pool = self._engine.pool()
        try:
            self._future = self._pool.submit(*self._task)
        except BrokenProcessPool:
            self._engine.replace(self._pool)
            self._pool = self._engine.pool()
            self._future = self._pool.submit(*self._task)


class DaskEngine:
    """A Dask cluster, reached through its scheduler; how it was launched is its own affair."""

    def __init__(self, scheduler: str) -> None:
        """Connect to the scheduler at *scheduler*, such as `tcp://10.0.0.5:8786`.

        Raises:
            UsageError: Dask is not installed, or no scheduler answers there.
        """
        if "://" not in scheduler:
            # Dask would try for twenty seconds to look it up, and stumble over its own end.
            raise UsageError(f"{scheduler!r} is no scheduler's address; write tcp://host:8786")
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError(
                "--engine dask needs Dask: pip install '.[dask]' in its clone"
            ) from error
        try:
            self._client = Client(scheduler, timeout="10s", set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise UsageError(
                f"no Dask scheduler answers at {scheduler!r}; start one with `dask scheduler`,"
                " and name it as tcp://host:8786"
            ) from error
        self.width = max(1, sum(self._client.nthreads().values()))

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Answer:
        """Hand the task to the scheduler, which gives it to another worker when one dies."""
        # Impure: equal batches are not one task, and no result outlives its answer.
        return _DaskAnswer(self._client.submit(function, *arguments, pure=False, retries=2))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()


@dataclass(frozen=True, slots=True)
class _DaskAnswer:
    """The answer of a cluster; its copy on the worker is released once it is here."""

    future: Any

    def result(self) -> Any:
        from distributed import KilledWorker

        try:
            return self.future.result()
        except KilledWorker as error:
            raise WorkerLost from error
        finally:
            self.future.release()
