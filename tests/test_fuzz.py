"""What fuzzing found, replayed; and every target with its own seeds."""

from pathlib import Path

import pytest
from fuzzing import CORPUS, TARGETS, tried

FOUND = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", FOUND, ids=[f"{p.parent.name}/{p.name}" for p in FOUND])
def test_what_once_broke_a_target_is_answered_or_refused(path: Path) -> None:
    """Each input that fuzzing found keeps its target's promise now."""
    tried(TARGETS[path.parent.name], path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_sound_input_is_answered(name: str) -> None:
    """The inputs that fuzzing begins from are no refusals: it would look in the wrong place."""
    for seed in TARGETS[name].seeds():
        TARGETS[name].attempt(seed)


def test_every_finding_has_a_target() -> None:
    """No case lies where nobody replays it."""
    assert {path.parent.name for path in FOUND} <= set(TARGETS)
