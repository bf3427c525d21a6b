"""Layout processes: they load the layout library while the page is being written, and stay.

Loading it takes a third of a second, as long as laying out ten stories; a process that has it
takes one job after another.
"""

import contextlib
import json
import logging
import pickle
import subprocess
import sys
import tempfile
import threading
from queue import LifoQueue
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from briefing.errors import RenderError
from briefing.render.jobs import Job, Part, RenderLimits

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

LOG = logging.getLogger("briefing.render")
_COMMAND = (sys.executable, "-P", "-m", "briefing.render.child")


class Workers:
    """A few child processes for the layouts of one document, ended with the `with` block."""

    def __init__(self, count: int, *, limits: RenderLimits) -> None:
        """Start *count* processes. The clock of the limits runs from now on."""
        self.count = count
        self._limits = limits
        self._late = False
        self._told: set[str] = set()
        self._all = [_Worker() for _ in range(count)]
        # The one that was busy last is asked next: its memory is warm.
        self._free: LifoQueue[_Worker] = LifoQueue()
        for worker in self._all:
            self._free.put(worker)
        self._clock = threading.Timer(limits.wall_s, self._stop)
        self._clock.daemon = True
        self._clock.start()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all processes, whatever they do."""
        self._clock.cancel()
        for worker in self._all:
            worker.end()

    def ask(self, job: Job) -> Part:
        """Return what a process makes of *job*, waiting for one that is free.

        Its warnings are logged, each once. May be called from several threads.

        Raises:
            RenderError: It failed, or went over its limits.
        """
        worker = self._free.get()
        try:
            head, body = worker.answer(job)
        except _Ended as ended:
            raise RenderError(self._why(ended)) from None
        finally:
            self._free.put(worker)
        for warning in head["warnings"]:
            if warning not in self._told:
                self._told.add(warning)
                LOG.warning(warning)
        if head["error"]:
            raise RenderError(head["error"])
        return Part(document=body, count=head["count"], anchors=head["anchors"])

    def _stop(self) -> None:
        """End the processes because their time is over."""
        self._late = True
        for worker in self._all:
            worker.kill()

    def _why(self, ended: "_Ended") -> str:
        """Return why a process gave no answer."""
        if self._late:
            return (
                f"the layout was stopped after {self._limits.wall_s:g} s; "
                "print less, or raise the limit"
            )
        if ended.code in (-24, 152):  # SIGXCPU
            return (
                f"the layout used more than {self._limits.cpu_s} s of processor time; "
                "print less, or raise the limit"
            )
        last = ended.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        return (
            f"the layout process ended with code {ended.code}: {last[0][:200]}; "
            "look at the template and its pictures"
        )


class _Ended(Exception):  # noqa: N818 - not an error by itself
    """A process ended before its answer did."""

    def __init__(self, code: int, stderr: bytes) -> None:
        super().__init__(code)
        self.code = code
        self.stderr = stderr


class _Worker:
    """One process and the pipes to it."""

    def __init__(self) -> None:
        # A file and not a pipe, which would have to be emptied while the process works.
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr
        )

    def answer(self, job: Job) -> tuple[dict[str, Any], bytes]:
        """Return the head and the documents of the answer to *job*; raise `_Ended`."""
        try:
            _write(self._process.stdin, pickle.dumps(job))
        except OSError as error:
            raise self._ended() from error
        out = self._process.stdout
        line = out.readline() if out else b""
        if not (line.startswith(b"{") and line.endswith(b"\n")):
            raise self._ended()
        head = json.loads(line)
        body = out.read(head["size"]) if out else b""
        if len(body) < head["size"]:
            raise self._ended()
        return head, body

    def kill(self) -> None:
        """Stop the process at once."""
        self._process.kill()

    def end(self) -> None:
        """Stop the process and close what leads to it."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):  # what was still to be written is of no use
                    pipe.close()
        self._process.wait()
        self._stderr.close()

    def _ended(self) -> _Ended:
        """Return how the process ended, which closed its pipes or is about to."""
        code = self._process.wait()
        self._stderr.seek(0)
        return _Ended(code, self._stderr.read())


def _write(pipe: IO[bytes] | None, content: "ReadableBuffer") -> None:
    """Write all of *content* to a pipe now."""
    if pipe:
        pipe.write(content)
        pipe.flush()
