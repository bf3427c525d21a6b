"""Files are written whole or not at all."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefing import atomic
from briefing.errors import BriefingError


def test_writes_and_makes_the_folder(tmp_path: Path) -> None:
    """A missing folder is made, and nothing but the file is left in it."""
    atomic.write(tmp_path / "a" / "b" / "edition.md", b"words")

    assert (tmp_path / "a" / "b" / "edition.md").read_bytes() == b"words"
    assert [p.name for p in (tmp_path / "a" / "b").iterdir()] == ["edition.md"]


def test_replaces_and_keeps_the_mode(tmp_path: Path) -> None:
    """A file that was there is replaced, and whoever could read it still can."""
    path = tmp_path / "edition.md"
    path.write_bytes(b"old")
    path.chmod(0o640)

    atomic.write(path, b"new")

    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_obeys_the_umask(tmp_path: Path) -> None:
    """A new file is as readable as any other file the user makes."""
    (tmp_path / "plain").touch()

    atomic.write(tmp_path / "edition.md", b"x")

    assert (tmp_path / "edition.md").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_keeps_pointing(tmp_path: Path) -> None:
    """Through a symbolic link, the file it points to is replaced."""
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    atomic.write(tmp_path / "link", b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_device_is_written_to_as_it_is() -> None:
    """A device is not replaced by a file."""
    atomic.write(Path(os.devnull), b"gone")

    assert not Path(os.devnull).is_file()


def test_a_name_of_full_length_can_be_written(tmp_path: Path) -> None:
    """The unfinished file's name is short, however long the finished one's is."""
    atomic.write(tmp_path / ("n" * 255), b"x")

    assert (tmp_path / ("n" * 255)).read_bytes() == b"x"


def test_says_which_file_cannot_be_written(tmp_path: Path) -> None:
    """A folder in the file's place is named, with the reason, and stays."""
    (tmp_path / "edition.md").mkdir()

    with pytest.raises(BriefingError, match=r"edition\.md could not be written: Is a directory"):
        atomic.write(tmp_path / "edition.md", b"x")


def test_all_or_none(tmp_path: Path) -> None:
    """When the second of two files cannot be written, the first keeps its old words."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()

    with pytest.raises(BriefingError):
        atomic.write_all({tmp_path / "a": b"new", tmp_path / "b": b"new"})

    assert (tmp_path / "a").read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b"]


_FULL = """
import resource, signal, sys
from pathlib import Path
from briefing import atomic
from briefing.errors import BriefingError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    atomic.write_all({Path(sys.argv[1]): b"n" * 500, Path(sys.argv[2]): b"n" * 2000})
except BriefingError as error:
    print(error)
"""


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    """When the second file does not fit, the first is as it was and nothing is left behind."""
    paths = [tmp_path / "edition.md", tmp_path / "edition.pdf"]
    for path in paths:
        path.write_bytes(b"old")

    done = subprocess.run(
        [sys.executable, "-c", _FULL, *map(str, paths)], capture_output=True, text=True, check=True
    )

    assert "edition.pdf could not be written: File too large" in done.stdout
    assert [p.read_bytes() for p in paths] == [b"old", b"old"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["edition.md", "edition.pdf"]


_KILLED = """
import os, signal, sys
from pathlib import Path
from briefing import atomic
Path.replace = lambda self, target: os.kill(os.getpid(), signal.SIGKILL)
atomic.write(Path(sys.argv[1]), b"new")
"""


def test_a_kill_leaves_the_old_file_and_a_part_that_is_swept(tmp_path: Path) -> None:
    """Killed before the name changes, the old words stand, and the next run tidies up."""
    path = tmp_path / "edition.md"
    path.write_bytes(b"old")

    done = subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False)

    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"
    assert len(atomic.sweep(tmp_path)) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["edition.md"]


def test_sweeping_leaves_others_alone(tmp_path: Path) -> None:
    """Only the package's own unfinished files are swept; a missing folder has none."""
    (tmp_path / "download.part").touch()

    assert atomic.sweep(tmp_path) == ()
    assert atomic.sweep(tmp_path / "missing") == ()
    assert (tmp_path / "download.part").exists()
