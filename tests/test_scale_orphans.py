"""Workers do not outlive a parent that was killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """
import time
from briefing.scale.engines import LocalEngine

if __name__ == "__main__":
    import os
    with LocalEngine(1) as engine:
        print(engine.submit(os.getpid).result(), flush=True)
        engine.submit(time.sleep, 300).result()
"""
SOON_S = 30.0
"""A worker of a slow machine ends well within it; one that works on sleeps ten times as long."""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc who lives")
def test_a_worker_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    """Killed without a chance to tell anybody, the parent leaves no process at work."""
    script = tmp_path / "parent.py"
    script.write_text(PROGRAM, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.wait()

        until = time.monotonic() + SOON_S
        while _lives(worker) and time.monotonic() < until:
            os.sched_yield()

        if lives := _lives(worker):
            os.kill(worker, signal.SIGKILL)
        assert not lives


def _lives(process: int) -> bool:
    """Return whether a process is there and no zombie."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
