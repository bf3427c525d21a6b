"""What lies where a file of the user's own should be: named in one line, never waited for or lost.

Each attack is tried through the command line, as a person would meet it.
"""

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
from test_hostile_daily import ARTICLES

from briefing.cli import main

NOW = "2026-03-02T20:00+00:00"
BEFORE = "2026-03-01T20:00+00:00"
EDITION = Path("editions/2026-03-02")
DRAFT = EDITION / "edition.toml"
ARCHIVE = Path(".briefing/archive.sqlite")
LOCK = Path(".briefing/archive.sqlite.lock")


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: an inbox of one article, and a configuration."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/a.txt").write_text(next(iter(ARTICLES.values())))
    (tmp_path / "briefing.toml").write_text('title = "Brief"\nsources = ["inbox"]\n')
    monkeypatch.chdir(tmp_path)
    # The PDF takes long and shows nothing here; the edition's JSON is made all the same.
    monkeypatch.setattr(import_module("briefing.daily.faces"), "_MAKERS", {})
    return tmp_path


def daily(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    """Make the edition; return the exit code and what stands on standard error."""
    code = main(["daily", "--now", NOW, *options])
    return code, capsys.readouterr().err


def sql(statement: str) -> None:
    """Change the archive as a damaged disk or a stranger's hand would."""
    with closing(sqlite3.connect(ARCHIVE)) as connection:
        connection.execute(statement)
        connection.commit()


IN_PLACE: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "a device without end": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "12 MB": lambda path: path.write_bytes(b"#" * 12_000_000),
    "a number of 10,000 digits": lambda path: path.write_text("a = " + "9" * 10_000),
    "a key of 100,000 letters": lambda path: path.write_text("a" * 100_000 + " = 1"),
    "100,000 brackets": lambda path: path.write_text("a = " + "[" * 100_000),
    "a null byte": lambda path: path.write_bytes(b'a = "\0"'),
    "a screen that is cleared": lambda path: path.write_text('"\\u001b[2J" = 1'),
}


@pytest.mark.parametrize("place", [DRAFT, Path("briefing.toml")], ids=str)
@pytest.mark.parametrize("name", IN_PLACE)
def test_what_stands_in_the_place_of_a_file_of_settings_is_named(
    name: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line names the file, whatever it is; nothing waits, and nothing fills the memory."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    IN_PLACE[name](place)
    code, said = daily(capsys)
    assert code in (1, 2)
    assert place.name in said
    assert len(said.splitlines()) == 1
    assert len(said) < 600
    assert "\x1b" not in said


NAMES = {
    'out = "a\\u0000b"': "out",
    'out = "a\\n\\u001b[2J"': "out",
    'out = ""': "out",
    f'out = "{"a" * 5_000}"': "out",
    'archive = "a\\u0000b"': "archive",
    'archive = ""': "archive",
    f'archive = "{"a" * 250}"': "archive",
    'template = "./a\\u0000b"': "template",
    f'title = "{"a" * 100_000}"': "title",
    'zone = "../../etc/passwd"': "zone",
    "limits = { bytes = 99999999999999999999 }": "limits.bytes",
    "limits = { read_s = 99999999999999999999 }": "limits.read_s",
    "limits = { render_s = 99999999999999999999 }": "limits.render_s",
    "limits = { render_mb = 99999999999999999999 }": "limits.render_mb",
    "weights = { length = nan }": "weights.length",
    'outlets = { "a.txt" = "\\u202ex" }': "outlets.a.txt",
}


@pytest.mark.parametrize("said", NAMES, ids=lambda said: said[:40])
def test_what_cannot_be_is_shown_in_its_line(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that no file can have and a number that no clock counts are shown in their line."""
    title = "" if said.startswith("title") else 'title = "Brief"\n'
    Path("briefing.toml").write_text(f'{title}sources = ["inbox"]\n{said}\n')
    code, told = daily(capsys)
    assert code == 2
    assert "briefing.toml:" in told
    assert f"{NAMES[said]} = " in told
    assert len(told) < 700


def _a_folder() -> None:
    """Put a folder in the archive's place."""
    ARCHIVE.unlink()
    ARCHIVE.mkdir()


DAMAGE: dict[str, tuple[Callable[[], object], str]] = {
    "half of it": (lambda: os.truncate(ARCHIVE, 5_000), "malformed"),
    "a text": (lambda: ARCHIVE.write_text("hello"), "not a database"),
    "a folder": (_a_folder, "unable to open"),
    "a time that is none": (lambda: sql("UPDATE story SET first = 'x'"), "'x' stands in it"),
    "a time without a zone": (
        lambda: sql("UPDATE edition SET cutoff = '2026-03-01T20:00:00'"),
        "where a time should be",
    ),
    "sentences that are none": (
        lambda: sql("UPDATE article SET sentences = '[1, {}]'"),
        "is damaged",
    ),
    "an edition that is none": (
        lambda: sql("UPDATE edition SET json = 'x', day = '2026-03-02'"),
        "an edition in it is damaged",
    ),
    "a missing table": (lambda: sql("DROP TABLE article"), "no such table"),
    "a newer version": (lambda: sql("PRAGMA user_version = 99"), "newer version"),
    "another program's": (lambda: sql("PRAGMA application_id = 7"), "another program"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_archive_is_one_line_that_names_it(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever lies in the archive's place, the message names the file and what to do."""
    assert main(["daily", "--now", BEFORE]) == 0
    damage, why = DAMAGE[name]
    damage()
    capsys.readouterr()
    code, said = daily(capsys)
    assert code == 1
    assert str(ARCHIVE) in said
    assert why in said
    assert len(said.splitlines()) == 1


def test_a_lock_never_writes_over_what_it_is_linked_to(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A link in the lock's place is refused: what it leads to may be precious."""
    Path("precious").write_text("precious")
    LOCK.parent.mkdir()
    LOCK.symlink_to(Path("precious").resolve())
    code, said = daily(capsys)
    assert (code, Path("precious").read_text()) == (1, "precious")
    assert "is a link, where a lock should be" in said


def test_a_pipe_in_the_locks_place_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot hold a lock is refused in one line."""
    LOCK.parent.mkdir()
    os.mkfifo(LOCK)
    code, said = daily(capsys)
    assert code == 1
    assert "where a lock should be" in said


OUTPUTS = {
    "/dev/full": "No space left",
    "folder.html": "Is a directory",
    "ring.html": "symbolic links",
    "a" * 300 + ".html": "too long",
    "file/x.html": "could not be written",
}


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output[:20])
def test_an_output_that_cannot_be_written_is_one_line(
    output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full device, a folder, a ring of links and an endless name each end with their reason."""
    Path("folder.html").mkdir()
    Path("ring.html").symlink_to("ring.html")
    Path("file").touch()
    before = sorted(Path().iterdir())
    assert main(["summarise", "inbox", "--format", "html", "-o", output]) == 1
    said = capsys.readouterr().err
    assert OUTPUTS[output] in said
    assert len(said.splitlines()) == 1
    assert sorted(Path().iterdir()) == before


def test_output_goes_down_a_pipe_by_the_name_of_standard_output() -> None:
    """`-o /dev/stdout` is written to, where it leads to no name that could be replaced."""
    command = [sys.executable, "-m", "briefing", "summarise", "inbox", "-o", "/dev/stdout"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("room", [1_000, 60_000])
def test_a_full_disk_leaves_the_old_edition_or_the_new_one(room: int) -> None:
    """Where no file may grow beyond *room*, there is no half file, no old PDF, and the reason."""
    assert main(["daily", "--now", NOW]) == 0
    before = (EDITION / "edition.json").read_bytes()
    (Path("inbox") / "b.txt").write_text(list(ARTICLES.values())[1])

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    command = [sys.executable, "-m", "briefing", "daily", "--now", NOW]
    done = subprocess.run(command, capture_output=True, check=False, preexec_fn=narrow, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "rollback" not in done.stderr
    assert not list(EDITION.glob(".*"))
    from briefing.codec.carry import unpack

    unpack((EDITION / "edition.json").read_bytes())  # whole, whichever it is
    assert room > 1_000 or (EDITION / "edition.json").read_bytes() == before
