"""One run at a time."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefing import lock
from briefing.errors import ArchiveError

_HOLDER = """
import sys
from pathlib import Path
from briefing import lock
with lock.hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path: Path) -> "subprocess.Popen[str]":
    """Return a process that holds the lock until its standard input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stdout.readline() == "held\n"
    return process


def test_the_second_run_is_told_who_is_at_work(tmp_path: Path) -> None:
    """The loser names the process that holds the lock, and what to do."""
    path = tmp_path / "new" / "archive.lock"
    with holder(path) as process:
        with (
            pytest.raises(ArchiveError, match=f"process {process.pid} holds .*wait until it is"),
            lock.hold(path),
        ):
            pytest.fail("two runs held the lock")
        process.communicate()


def test_a_run_that_was_killed_locks_nobody_out(tmp_path: Path) -> None:
    """The file stays, the lock does not."""
    path = tmp_path / "archive.lock"
    with holder(path) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()

    with lock.hold(path):
        assert path.read_text() == str(os.getpid())


def test_the_lock_is_given_back(tmp_path: Path) -> None:
    """Also when the run fails."""
    path = tmp_path / "archive.lock"
    with pytest.raises(ValueError, match="failed"), lock.hold(path):
        raise ValueError("failed")

    with lock.hold(path):
        pass


def test_a_lock_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file in the folder's place is said, with the path."""
    (tmp_path / "file").touch()

    with (
        pytest.raises(ArchiveError, match="lock could not be made"),
        lock.hold(tmp_path / "file" / "x.lock"),
    ):
        pass
