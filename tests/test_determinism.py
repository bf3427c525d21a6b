"""Same inputs, same bytes: whatever the zone, the locale, the hash seed, the folder, the order."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DAY = ROOT / "samples" / "week" / "day1"
NOW = "2026-03-02T07:30:00Z"
FACES = (".pdf", ".html", ".json", ".md", ".eml")


def _copied(folder: Path, *, backwards: bool) -> Path:
    """Return a copy of the day's sources, their files written in one order or the other."""
    target = folder / "day1"
    for path in sorted(DAY.rglob("*"), reverse=backwards):
        if path.is_file():
            copy = target / path.relative_to(DAY)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    return target


def _digests(
    folder: Path, *, environment: dict[str, str], backwards: bool, now: bool = True
) -> dict[str, str]:
    """Return the SHA-256 of each face of the day's edition, made in a process of its own."""
    folder.mkdir()
    _copied(folder, backwards=backwards)
    command = [sys.executable, "-m", "briefing", "daily", "day1", "--out", str(folder / "out")]
    if now:
        command += ["--now", NOW]
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "PYTHONPATH")}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    found = {
        path.suffix: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / "out").rglob("edition.*"))
        if path.suffix in FACES
    }
    assert found.keys() == set(FACES), done.stderr[-2000:]
    assert b'"role": "lead"' in next((folder / "out").rglob("edition.json")).read_bytes()
    return found


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the digests of a first run."""
    environment = {"TZ": "UTC", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1"}
    folder = tmp_path_factory.mktemp("one") / "run"
    return _digests(folder, environment=environment, backwards=False)


def test_another_zone_locale_seed_folder_and_order_give_the_same_bytes(
    first: dict[str, str], tmp_path: Path
) -> None:
    """Nothing of the machine gets into an edition."""
    environment = {"TZ": "Asia/Kathmandu", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "77"}
    second = _digests(tmp_path / "elsewhere", environment=environment, backwards=True)
    assert second == first


def test_source_date_epoch_is_the_clock(first: dict[str, str], tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH stands for --now."""
    environment = {"SOURCE_DATE_EPOCH": "1772436600", "TZ": "UTC", "LANG": "C.UTF-8"}
    assert (
        _digests(tmp_path / "epoch", environment=environment, backwards=False, now=False) == first
    )
