"""Bounds on work with strangers' bytes: a child process that can neither outlive nor outgrow them.

A PDF of 4 kB can keep a library busy for a year, and one of 1 MB can unpack to all the memory there
is; no care in our own code ends either. So what unpacks, and what is larger than articles are, is
worked on by a child process with limits that the system holds (`run`). Everything else is small
enough for a clock in this process (`clock`).
"""

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from typing import Any, TypeVar

from briefing.errors import BriefingError, LimitError
from briefing.limits import Limits

Given = TypeVar("Given")
Answer = TypeVar("Answer")

_COMMAND = (sys.executable, "-P", "-m", "briefing.bounds")
READ = "split it, or raise {} under [limits] in briefing.toml"
"""What the reader of an inbox can do; in the place of {} stands the limit's name."""

# By the clock on the wall a child gets more than of the processor, which others use, too.
_PATIENCE = 10


def run(
    task: Callable[[Given], Answer], given: Given, *, limits: Limits, advice: str = READ
) -> Answer:
    """Return what *task* makes of *given*, in a child process with limits.

    The child stays for the next task; a thread waits while another's is done.

    Args:
        task: A function of a module, or a `partial` of one.
        given: Like the answer, a value that can be pickled.
        limits: `read_s` of processor time and `read_mb` of memory.
        advice: What the user can do about a limit.

    Raises:
        LimitError: It took more than that, or ended the child.
        BriefingError: What the task itself raises.
    """
    return _child().ask(partial(task, given), limits, advice)  # type: ignore[no-any-return]


@contextmanager
def clock(seconds: float) -> Iterator[None]:
    """Raise LimitError when the block takes more than *seconds* of processor time in this process.

    Only in the main thread, and where nobody else has set such an alarm; elsewhere nothing
    is watched. A call into a library ends first, so what may never come back belongs to `run`.
    """
    if not _may_watch():
        yield
        return

    def over(*_: object) -> None:
        raise _Over

    before = signal.signal(signal.SIGVTALRM, over)
    # Once more each second: a library may have swallowed the first.
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1)
    try:
        yield
    except _Over:
        raise LimitError(_too_long(seconds, READ)) from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


class _Over(BaseException):
    """The time is over. No `except Exception` of a library may swallow it."""


def _may_watch() -> bool:
    """Return whether this thread may set the alarm, and it is free."""
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL
        and signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    )


def _too_long(seconds: float, advice: str) -> str:
    """Return what is said of a source that takes too long."""
    return f"refused: it takes more than {seconds:g} s, as bombs do; {advice.format('read_s')}"


def _too_much(megabytes: int, advice: str) -> str:
    """Return what is said of a source that takes too much memory."""
    return f"refused: it takes more than {megabytes:,} MB, as bombs do; {advice.format('read_mb')}"


@cache
def _child() -> "_Child":
    """Return the one child process of this process."""
    return _Child()


class _Child:
    """A process that is started when first needed, and again when it died."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.end)

    def ask(self, task: Callable[[], Any], limits: Limits, advice: str) -> Any:
        """Return what the process answers, or raise what it says."""
        with self._turn:
            process = self._process = self._process or subprocess.Popen(  # noqa: S603 - our own
                _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            late = threading.Timer(_PATIENCE * limits.read_s, process.kill)
            late.daemon = True
            late.start()
            try:
                answer, error = _exchange(process, (task, limits))
            except (OSError, EOFError, pickle.UnpicklingError):
                raise LimitError(_why(self.end(), limits, advice)) from None
            finally:
                late.cancel()
            if isinstance(error, MemoryError):
                self.end()  # nobody knows in what state it is
                raise LimitError(_too_much(limits.read_mb, advice))
            if error is not None:
                raise error
            return answer

    def end(self) -> int:
        """End the process, if there is one, and return its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        # One that has closed its pipes is about to end by itself, with a code that says why.
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.2 if process.poll() is None else None)
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        return process.wait()


def _exchange(process: subprocess.Popen[bytes], question: object) -> Any:
    """Return the answer of a process to *question*."""
    assert process.stdin is not None
    assert process.stdout is not None
    pickle.dump(question, process.stdin)
    process.stdin.flush()
    return pickle.load(process.stdout)  # noqa: S301 - our own child's


def _why(code: int, limits: Limits, advice: str) -> str:
    """Return why a process ended without an answer."""
    if -code in (getattr(signal, "SIGXCPU", 0), getattr(signal, "SIGKILL", 0)):
        return _too_long(limits.read_s, advice)
    # Libraries that find no memory end the process themselves.
    return f"{_too_much(limits.read_mb, advice)} (the process ended with code {code})"


def main() -> None:
    """Do each task on standard input and answer on standard output, until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get into an answer
    while True:
        try:
            task, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent's
        except EOFError:
            return
        _limit(limits)
        answers.write(_answer(task))
        answers.flush()


def _answer(task: Callable[[], Any]) -> bytes:
    """Return the answer to a task, or its error, packed."""
    try:
        return pickle.dumps((task(), None))
    except (MemoryError, SystemError):  # CPython out of memory may forget to say so
        _limit(None)  # so that there is room to say so
        return pickle.dumps((None, MemoryError()))
    except BriefingError as error:
        return pickle.dumps((None, error))
    except Exception as error:  # noqa: BLE001 - told to the parent, in whose worker it would be, too
        # By name, for an error of a library need not survive being packed.
        return pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))


def _limit(limits: Limits | None) -> None:
    """Bound what this process may use from now on, where the system can; None: memory unbounded."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only bound
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    memory = hard if limits is None else _least(limits.read_mb * 1_000_000, hard)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    if limits is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        until = int(time.process_time()) + 1 + limits.read_s
        resource.setrlimit(resource.RLIMIT_CPU, (_least(until, hard), hard))


def _least(wanted: int, hard: int) -> int:
    """Return the limit that can be set: no more than the system's own, where it has one."""
    return wanted if hard < 0 else min(wanted, hard)


if __name__ == "__main__":
    main()
