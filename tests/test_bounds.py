"""Work on strangers' bytes ends within its limits, whatever it does, and the next is done."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from briefing import bounds
from briefing.errors import FormatError, LimitError
from briefing.limits import Limits

SMALL = Limits(read_s=1, read_mb=300)


@pytest.fixture(autouse=True, scope="module")
def _tasks_are_found() -> Iterator[None]:
    """Let the child find the tasks of this file, and leave none behind that does."""
    bounds._child().end()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        yield
        bounds._child().end()


def doubled(word: str) -> str:
    """Return a word twice: what a sound task does."""
    return word * 2


def broken(word: str) -> str:
    """Refuse, as readers do."""
    raise FormatError(f"{word} is broken")


def defective(_: str) -> None:
    """Fail as nobody foresaw."""
    raise KeyError("quay")


def endless(_: str) -> None:
    """Never come back, deaf to every signal that Python could answer."""
    for sign in (signal.SIGTERM, signal.SIGVTALRM):
        signal.signal(sign, signal.SIG_IGN)
    while True:
        pass


def boundless(_: str) -> list[bytearray]:
    """Take ever more memory."""
    return [bytearray(10_000_000) for _ in range(1_000)]


def lethal(_: str) -> None:
    """End as a library does that finds itself damaged."""
    os.abort()


def talkative(word: str) -> str:
    """Print where answers go."""
    sys.stdout.write("\x1b[2J" * 1_000)
    sys.stderr.write("\x1b[2J" * 1_000)
    os.write(1, b"not an answer")
    return word


def identity(_: str) -> int:
    """Return which process works."""
    return os.getpid()


def test_the_answer_is_the_tasks() -> None:
    """A task answers from another process, the same for several."""
    assert bounds.run(doubled, "quay", limits=SMALL) == "quayquay"
    first, second = (bounds.run(identity, "", limits=SMALL) for _ in range(2))
    assert first == second != os.getpid()


def test_an_error_of_ours_is_raised_here() -> None:
    """What the task refuses is refused, with its own words."""
    with pytest.raises(FormatError, match="quay is broken"):
        bounds.run(broken, "quay", limits=SMALL)


def test_a_defect_is_called_by_its_name() -> None:
    """What nobody foresaw is not taken for a bomb, and the child works on."""
    child = bounds.run(identity, "", limits=SMALL)
    with pytest.raises(RuntimeError, match="KeyError: 'quay'"):
        bounds.run(defective, "", limits=SMALL)
    assert bounds.run(identity, "", limits=SMALL) == child


@pytest.mark.skipif(sys.platform != "linux", reason="these limits are Linux's")
@pytest.mark.parametrize(
    ("task", "why"),
    [
        (endless, "more than 1 s, as bombs do.*read_s"),
        (boundless, "more than 300 MB, as bombs do.*read_mb"),
        (lethal, "more than 300 MB.*code -6"),
    ],
)
def test_what_goes_over_is_one_line_and_the_next_is_done(task: object, why: str) -> None:
    """Time, memory and sudden death each end as one clear line, and a new child works on."""
    with pytest.raises(LimitError, match=why) as raised:
        bounds.run(task, "", limits=SMALL)  # type: ignore[arg-type]
    assert "\n" not in str(raised.value)
    assert bounds.run(doubled, "a", limits=SMALL) == "aa"


def test_what_a_library_prints_is_no_answer(capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever is printed in the child reaches neither the answer nor the terminal."""
    assert bounds.run(talkative, "quay", limits=SMALL) == "quay"
    assert capfd.readouterr() == ("", "")


def test_each_task_has_the_whole_time() -> None:
    """The time of one task is not taken from the next one's."""
    busy = partial(_busy, seconds=0.7)
    assert [bounds.run(busy, n, limits=SMALL) for n in range(3)] == [0, 1, 2]


def _busy(number: int, *, seconds: float) -> int:
    """Use the processor for so long."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return number


def test_the_clock_stops_what_swallows_errors() -> None:
    """A loop that catches every `Exception` is stopped all the same, and the alarm given back."""
    with pytest.raises(LimitError, match=r"more than 0\.1 s"), bounds.clock(0.1):
        while True:
            with suppress(Exception):  # as libraries do
                _busy(0, seconds=0.01)
    assert signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_the_clock_leaves_others_alarms_alone() -> None:
    """Where a program has an alarm of its own, nothing is watched and nothing changed."""
    before = signal.signal(signal.SIGVTALRM, signal.SIG_IGN)
    try:
        with bounds.clock(0.01):
            _busy(0, seconds=0.05)
        assert signal.getsignal(signal.SIGVTALRM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGVTALRM, before)
