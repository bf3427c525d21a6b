"""Real articles become an edition that verifies, where the evaluation material is at hand."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EVAL = ROOT.parent / "shared" / "eval"


@pytest.mark.skipif(not EVAL.is_dir(), reason="the evaluation material is not there")
def test_a_real_inbox_becomes_an_edition_that_verifies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invented articles are clean; of real ones, nine inboxes in nine once made none."""
    monkeypatch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    import inboxes  # type: ignore[import-not-found]  # the benchmarks are no package

    units = list(inboxes.found())

    assert inboxes.morning(tmp_path, units[:: len(units) // 30][:30]) == ""
