"""Sources: files, folders and standard input, and what cannot be read."""

import io
import os
from pathlib import Path

import pytest

from briefing.limits import Limits
from briefing.model import Failure, Source
from briefing.sources import gather


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return a folder of a day with two articles, a hidden file and an inner folder."""
    day = tmp_path / "day1"
    (day / "more").mkdir(parents=True)
    (day / "b.txt").write_text("B")
    (day / "a.txt").write_text("A")
    (day / ".hidden").write_text("H")
    (day / "more" / "c.txt").write_text("C")
    return tmp_path


def refs(*paths: str, limits: Limits | None = None) -> list[str]:
    """Return the refs of what is gathered."""
    return [found.ref for found in gather(paths, limits=limits)]


def failure(*paths: str, limits: Limits | None = None) -> Failure:
    """Return the last thing gathered, which must be a failure."""
    found = list(gather(paths, limits=limits))[-1]
    assert isinstance(found, Failure)
    assert "\n" not in found.message
    return found


def test_a_folder_is_read_in_order_by_its_own_name(inbox: Path) -> None:
    """Refs begin with the folder that was named, and hidden files are left out."""
    assert refs(str(inbox / "day1")) == ["day1/a.txt", "day1/b.txt", "day1/more/c.txt"]


def test_a_file_is_known_as_the_user_named_it(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path stays relative."""
    monkeypatch.chdir(inbox)

    assert refs("day1/b.txt") == ["day1/b.txt"]
    assert refs(".") == ["day1/a.txt", "day1/b.txt", "day1/more/c.txt"]


def test_bytes_are_unchanged(inbox: Path) -> None:
    """A source holds what the file holds."""
    (found,) = gather([str(inbox / "day1" / "a.txt")])

    assert isinstance(found, Source)
    assert found.body == b"A"


def test_folders_of_one_name_are_told_apart(inbox: Path) -> None:
    """Two folders of one name keep their paths, so that no two units share a ref."""
    other = inbox / "other" / "day1"
    other.mkdir(parents=True)
    (other / "a.txt").write_text("A2")

    found = refs(str(inbox / "day1"), str(other))

    assert len(found) == len(set(found)) == 4


def test_what_the_program_writes_is_no_source(tmp_path: Path) -> None:
    """From above, neither briefing.toml nor an edition is read; named itself, an edition is."""
    edition = tmp_path / "editions" / "2026-03-04"
    edition.mkdir(parents=True)
    for name in ("edition.json", "edition.html"):
        (edition / name).write_text("{}", encoding="utf-8")
    (tmp_path / "briefing.toml").write_text('title = "Morning"', encoding="utf-8")
    (tmp_path / "quay.txt").write_text("The quay closed.", encoding="utf-8")
    assert [Path(s.ref).name for s in gather([str(tmp_path)])] == ["quay.txt"]
    assert len(list(gather([str(edition)]))) == 2


def test_a_file_named_twice_is_read_once(inbox: Path) -> None:
    """A shell pattern and a name beside it do not double an article."""
    path = str(inbox / "day1" / "a.txt")

    assert refs(path, path) == [path]


def test_standard_input() -> None:
    """A dash reads it to its end, and is called in words where sources are named."""
    (found,) = gather(["-"], stdin=io.BytesIO(b"Ferry"))

    assert found == Source(ref="standard input", body=b"Ferry")


def test_no_standard_input() -> None:
    """Where there is none, that is said."""
    assert "no standard input" in failure("-").message


def test_a_missing_file() -> None:
    """The message says so; the ref is the name."""
    found = failure("no-such.txt")

    assert (found.ref, found.stage) == ("no-such.txt", "read")
    assert "no such file" in found.message


def test_an_impossible_name() -> None:
    """A name with a zero byte is a failure, not a crash."""
    assert "no file can have this name" in failure("a\0b").message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(inbox: Path) -> None:
    """The message names the permission."""
    (inbox / "day1" / "a.txt").chmod(0)

    assert "permission" in failure(str(inbox / "day1" / "a.txt")).message


def test_a_permission_error_is_worded(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also for root, to whom the system never says it."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    assert "permission" in failure(str(inbox / "day1" / "a.txt")).message


def test_a_pipe_is_refused(inbox: Path) -> None:
    """A pipe would wait for ever; it is named, and the good files are read."""
    os.mkfifo(inbox / "day1" / "pipe")

    found = list(gather([str(inbox / "day1")]))

    assert [f.ref for f in found if isinstance(f, Failure)] == ["day1/pipe"]
    assert len(found) == 4


def test_a_loop_of_links_ends(inbox: Path) -> None:
    """A link back to the folder above is not followed."""
    (inbox / "day1" / "more" / "up").symlink_to(inbox / "day1")

    assert refs(str(inbox / "day1")) == ["day1/a.txt", "day1/b.txt", "day1/more/c.txt"]


def test_a_file_beyond_the_limit(inbox: Path) -> None:
    """The size and the limit are said, and nothing is half read."""
    (inbox / "day1" / "a.txt").write_bytes(b"x" * 3_000_000)

    found = failure(str(inbox / "day1" / "a.txt"), limits=Limits(bytes=1_000_000))

    assert "3.0 MB is more than the 1 MB" in found.message


def test_fifty_megabytes_are_refused() -> None:
    """The default limit holds for standard input, too."""
    (found,) = gather(["-"], stdin=io.BytesIO(b"x" * 50_000_000))

    assert isinstance(found, Failure)
    assert "split it" in found.message


def test_one_line_of_a_megabyte_is_read(inbox: Path) -> None:
    """A long line is no reason to refuse."""
    (inbox / "day1" / "a.txt").write_bytes(b"x" * 1_000_000)

    (found,) = gather([str(inbox / "day1" / "a.txt")])

    assert isinstance(found, Source)


def test_too_many_files(inbox: Path) -> None:
    """The first ones are read and one failure says that there are more."""
    found = list(gather([str(inbox / "day1")], limits=Limits(files=2)))

    assert [type(f) for f in found] == [Source, Source, Failure]


def test_too_deep(inbox: Path) -> None:
    """Folders below the limit are named, those above are read."""
    found = failure(str(inbox / "day1"), limits=Limits(depth=0))

    assert (found.ref, "too deep" in found.message) == ("day1/more", True)


def test_a_name_that_is_no_utf8_can_be_printed(inbox: Path) -> None:
    """Bytes that are no text show as a mark, so that no later face stumbles."""
    (inbox / "day1" / os.fsdecode(b"d\xff.txt")).write_text("D")

    assert refs(str(inbox / "day1"))[2].encode() == "day1/d�.txt".encode()
