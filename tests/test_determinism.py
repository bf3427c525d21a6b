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
PROGRAM = ("-m", "briefing")
IN_TWO_PROCESSES = """
import sys
from briefing.cli import daily, main
from briefing.scale import engines

class Two(engines.LocalEngine):
    def __init__(self):
        super().__init__(2)
        print("two processes", file=sys.stderr)

daily.FEW, engines.LocalEngine = 0, Two
sys.exit(main(sys.argv[1:]))
"""


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
    folder: Path,
    *,
    environment: dict[str, str],
    backwards: bool,
    now: bool = True,
    program: tuple[str, str] = PROGRAM,
    says: str = "",
) -> dict[str, str]:
    """Return the SHA-256 of each face of the day's edition, made in a process of its own."""
    folder.mkdir()
    _copied(folder, backwards=backwards)
    command = [sys.executable, *program, "daily", "day1", "--out", str(folder / "out")]
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
    assert says in done.stderr
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
    environment = {
        "TZ": "Asia/Kathmandu",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "77",
    }
    second = _digests(tmp_path / "elsewhere", environment=environment, backwards=True)
    assert second == first


def test_source_date_epoch_is_the_clock(first: dict[str, str], tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH stands for --now."""
    environment = {"SOURCE_DATE_EPOCH": "1772436600", "TZ": "UTC", "LANG": "C.UTF-8"}
    assert (
        _digests(tmp_path / "epoch", environment=environment, backwards=False, now=False) == first
    )


def test_two_processes_give_the_same_bytes_as_one(first: dict[str, str], tmp_path: Path) -> None:
    """Read in this process or side by side in others: every face is the same to the byte."""
    second = _digests(
        tmp_path / "side by side",
        environment={"TZ": "UTC", "LANG": "C.UTF-8"},
        backwards=True,
        program=("-c", IN_TWO_PROCESSES),
        says="two processes",
    )
    assert second == first


def test_another_time_is_another_edition(first: dict[str, str], tmp_path: Path) -> None:
    """The cut-off is SOURCE_DATE_EPOCH and not the clock: an hour later every face differs."""
    environment = {"SOURCE_DATE_EPOCH": "1772440200", "TZ": "UTC", "LANG": "C.UTF-8"}
    later = _digests(tmp_path / "later", environment=environment, backwards=False, now=False)
    assert not set(later.values()) & set(first.values())
