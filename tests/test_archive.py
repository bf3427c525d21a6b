"""The archive: what was printed is known, nothing is counted twice, nothing is half-kept."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from newsroom import CUTOFF, FERRY, LIBRARY, arrivals, drafts, frame, told

from briefing.archive import Archive
from briefing.archive.schema import APPLICATION, MIGRATIONS, VERSION
from briefing.cli import main
from briefing.codec import dump_edition, load_edition, named
from briefing.compose import Memory, compose
from briefing.edition import Edition
from briefing.errors import ArchiveError

TODAY = CUTOFF.date()


def edition(days_ago: int = 1, *, title: str = "Morning", minutes: int = 0) -> Edition:
    """Return the edition of a day, of one story with one article."""
    made = compose(drafts([told("day/newline.txt")]), arrivals(), frame()).edition
    cutoff = CUTOFF - timedelta(days=days_ago, minutes=-minutes)
    window = replace(made.window, start=cutoff - timedelta(days=1), end=cutoff)
    return named(replace(made, title=title, window=window, cutoff=cutoff, compiled=cutoff))


def keep(archive: Archive, *editions: Edition) -> None:
    """Keep editions, each with its article."""
    summaries = {"day/newline.txt": told("day/newline.txt")}
    texts = {ref: s.article.source_text for ref, s in summaries.items()}
    for one in editions:
        memory = archive.memory(cutoff=one.cutoff, title=one.title, day=one.cutoff.date())
        archive.keep(one, summaries, texts=texts, memory=memory)


def memory_of(archive: Archive, *, title: str = "Morning") -> Memory:
    """Return what today's edition is to know."""
    return archive.memory(cutoff=CUTOFF, title=title, day=TODAY)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return an archive that is not there yet."""
    return Archive(tmp_path / "new" / "archive.sqlite")


def test_an_archive_that_is_not_there_knows_nothing_and_stays_away(archive: Archive) -> None:
    """Looking makes no file."""
    assert memory_of(archive) == Memory()
    assert (archive.entries(), archive.editions(first=TODAY, last=TODAY)) == ((), ())
    assert archive.prune(before=TODAY) == 0
    assert not archive.path.exists()


def test_what_was_printed_is_remembered(archive: Archive) -> None:
    """Edition, story, sentences, address and fingerprint come back as they were kept."""
    made = edition()
    keep(archive, made)

    memory = memory_of(archive)

    (past,) = memory.stories
    assert [e.id for e in memory.editions] == [made.id]
    assert (past.id, past.first) == (made.stories[0].id, made.cutoff)
    assert (
        past.articles[0].sentences[1]
        == "twelve passengers were taken to hospital with broken bones"
    )
    terms = list(past.articles[0].fingerprint.terms.values())
    assert terms == sorted(terms, reverse=True)


def test_memory_reads_only_what_was_cut_off_before(archive: Archive) -> None:
    """An edition made again does not see those that came after it, nor itself."""
    keep(archive, edition(2), edition(1), edition(0), edition(-1))

    assert [e.cutoff for e in memory_of(archive).editions] == [
        CUTOFF - timedelta(days=2),
        CUTOFF - timedelta(days=1),
    ]


def test_an_edition_made_again_takes_its_own_place(archive: Archive) -> None:
    """The same title and day is the same edition: it counts once, and does not see itself."""
    keep(archive, edition(0, minutes=-90), edition(0, minutes=-30))

    assert [e.cutoff for e in archive.entries()] == [CUTOFF - timedelta(minutes=30)]
    assert memory_of(archive) == Memory()
    assert len(memory_of(archive, title="Evening").editions) == 1


def test_each_title_has_numbers_of_its_own(archive: Archive) -> None:
    """They go on from its last edition, whatever was pruned or printed under another title."""
    for days in (3, 2, 1):
        keep(archive, replace(edition(days, title="Evening"), number=11 - days))
    keep(archive, edition(1))

    assert memory_of(archive, title="Evening").last == 10
    assert memory_of(archive).last == edition(1).number == 1
    assert memory_of(archive, title="Night").last == 0
    archive.prune(before=TODAY - timedelta(days=1))
    assert memory_of(archive, title="Evening").last == 10


def test_numbers_go_on_though_all_editions_of_a_title_were_pruned(archive: Archive) -> None:
    """For each title from its own last; an edition made again is not counted beside itself."""
    for days, number in ((4, 1), (3, 2), (2, 3)):
        keep(archive, replace(edition(days), number=number))
    keep(archive, replace(edition(2, title="Evening"), number=7))

    assert archive.prune(before=TODAY) == 4

    assert archive.entries() == ()
    assert (memory_of(archive).last, memory_of(archive, title="Evening").last) == (3, 7)
    assert memory_of(archive, title="Night").last == 0
    again = edition(3)
    assert archive.memory(cutoff=again.cutoff, title="Morning", day=again.cutoff.date()).last == 1
    late = again.cutoff + timedelta(hours=3)
    assert archive.memory(cutoff=late, title="Morning", day=again.cutoff.date()).last == 1


def test_pruning_twice_keeps_the_numbers(archive: Archive) -> None:
    """Also of an edition that was made again in between."""
    keep(archive, replace(edition(3), number=8), replace(edition(2), number=9))
    archive.prune(before=TODAY)
    keep(archive, replace(edition(2), number=9))

    assert (archive.prune(before=TODAY), archive.prune(before=TODAY)) == (1, 0)
    assert memory_of(archive).last == 9


def test_a_story_keeps_the_day_it_was_first_printed(archive: Archive) -> None:
    """However often it goes on."""
    keep(archive, edition(3), edition(2), edition(1))

    assert {story.first for story in memory_of(archive).stories} == {CUTOFF - timedelta(days=3)}


def test_a_story_is_remembered_for_a_month(archive: Archive) -> None:
    """Editions before that are counted, and their stories are new again."""
    keep(archive, edition(32), edition(30))

    memory = memory_of(archive)

    assert len(memory.editions) == 2
    assert {story.edition.cutoff for story in memory.stories} == {CUTOFF - timedelta(days=30)}


def test_editions_are_found_by_the_beginning_of_their_id(archive: Archive) -> None:
    """A day is enough where it names one edition; else the message lists them."""
    keep(archive, edition(2), edition(1), edition(1, title="Evening"))
    day = (CUTOFF - timedelta(days=1)).date().isoformat()

    assert archive.edition("2026-03-02") == edition(2)
    assert archive.edition(edition(1).id) == edition(1)
    with pytest.raises(ArchiveError, match=f"several editions begin with {day}"):
        archive.edition(day)
    with pytest.raises(ArchiveError, match="holds no edition '2025'"):
        archive.edition("2025")
    with pytest.raises(ArchiveError, match="holds no edition '%'"):
        archive.edition("%")


def test_editions_of_a_span_of_days(archive: Archive) -> None:
    """Both ends are included, oldest first."""
    keep(archive, edition(1), edition(3), edition(2))

    found = archive.editions(first=date(2026, 3, 1), last=date(2026, 3, 2))

    assert found == (edition(3), edition(2))


def test_pruning_forgets_all_of_an_edition(archive: Archive) -> None:
    """No story, article or text of it stays in the file."""
    keep(archive, edition(9), edition(1))

    assert archive.prune(before=TODAY - timedelta(days=5)) == 1

    assert [e.id for e in archive.entries()] == [edition(1).id]
    with closing(sqlite3.connect(archive.path)) as connection:
        for table in ("story", "article", "source_text"):
            rows = connection.execute(f"SELECT DISTINCT edition FROM {table}").fetchall()
            assert rows == [(edition(1).id,)]


def test_a_signed_edition_takes_the_place_of_the_unsigned(archive: Archive) -> None:
    """Its stories and texts go with it."""
    made = edition()
    keep(archive, made)
    signed = named(replace(made, signed_off="A. Editor"))

    archive.sign(signed, instead_of=made.id)

    assert [e.id for e in archive.entries()] == [signed.id]
    assert archive.edition(signed.id).signed_off == "A. Editor"
    assert archive.texts(signed.id) == {"day/newline.txt": "\n\n".join(FERRY)}
    assert len(memory_of(archive).stories) == 1


def test_an_edition_that_is_not_there_cannot_be_signed(archive: Archive) -> None:
    """The archive is as it was."""
    keep(archive, edition())

    with pytest.raises(ArchiveError, match="holds no edition other"):
        archive.sign(edition(0), instead_of="other")

    assert [e.id for e in archive.entries()] == [edition().id]


def test_nothing_is_kept_of_an_edition_that_cannot_be_kept_whole(archive: Archive) -> None:
    """An article that is missing among the summaries leaves the archive as it was."""
    keep(archive, edition(1))

    with pytest.raises(KeyError):
        archive.keep(edition(0), {}, texts={}, memory=Memory())

    assert [e.id for e in archive.entries()] == [edition(1).id]


def test_an_archive_of_a_newer_version_is_refused(archive: Archive) -> None:
    """In one sentence that says what to do; the file is left alone."""
    keep(archive, edition())
    with closing(sqlite3.connect(archive.path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = archive.path.read_bytes()

    with pytest.raises(ArchiveError, match="written by a newer version of briefing"):
        memory_of(archive)

    assert archive.path.read_bytes() == before


def written_by(version: int, archive: Archive) -> Edition:
    """Write an archive as that version did, and return the edition in it."""
    archive.path.parent.mkdir()
    made = replace(edition(), number=4)
    with closing(sqlite3.connect(archive.path)) as connection:
        connection.executescript("".join(MIGRATIONS[:version]))
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {version}")
        row = (made.id, made.title, "2026-03-03", made.cutoff.isoformat(), 4, dump_edition(made))
        connection.execute("INSERT INTO edition VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.commit()
    return made


older = pytest.mark.parametrize("version", range(1, VERSION))


@older
def test_an_archive_of_an_older_version_is_migrated(archive: Archive, version: int) -> None:
    """What it held is there afterwards, and what the new version adds, too."""
    made = written_by(version, archive)

    assert [e.id for e in memory_of(archive).editions] == [made.id]

    keep(archive, edition(0))
    assert archive.edition(made.id) == made
    assert archive.texts(edition(0).id)
    assert archive.prune(before=TODAY) == 1
    assert memory_of(archive).last == 4


def _lock(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open the archive as the system opens a file that may not be written (root always may)."""
    connect = sqlite3.connect
    only = f"file:{archive.path}?mode=ro"

    def open_only(path: Path | str, **named: Any) -> sqlite3.Connection:
        found = connect(only, uri=True, **named) if path == archive.path else connect(path, **named)
        assert isinstance(found, sqlite3.Connection)
        return found

    monkeypatch.setattr(sqlite3, "connect", open_only)


@older
def test_an_older_archive_that_may_not_be_written_can_be_read(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    """All of it, and the file is left as it is; what would write says that it cannot."""
    made = written_by(version, archive)
    before = archive.path.read_bytes()
    _lock(archive, monkeypatch)

    assert archive.edition(made.id) == made
    assert [e.id for e in archive.entries()] == [made.id]
    assert archive.editions(first=date(2026, 3, 1), last=TODAY) == (made,)
    assert archive.texts(made.id) == {}
    assert memory_of(archive).last == 4
    with pytest.raises(ArchiveError, match="readonly"):
        archive.prune(before=TODAY)
    with pytest.raises(ArchiveError, match="readonly"):
        keep(archive, edition(0))
    assert archive.path.read_bytes() == before


@older
def test_the_command_exports_from_an_older_archive_that_may_not_be_written(
    *,
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
    version: int,
) -> None:
    """The edition as it was kept, and the list of them."""
    made = written_by(version, archive)
    config = archive.path.with_name("briefing.toml")
    config.write_text('archive = "archive.sqlite"\n', encoding="utf-8")
    _lock(archive, monkeypatch)

    assert main(["archive", "--config", str(config), "export"]) == 0
    assert load_edition(capsysbinary.readouterr().out) == made
    assert main(["archive", "--config", str(config), "list"]) == 0
    assert b"no. 4" in capsysbinary.readouterr().out


def test_each_step_of_the_schema_can_be_taken_alone() -> None:
    """Migrating version by version gives the tables that migrating at once gives."""
    schemas = []
    for steps in (MIGRATIONS, ("".join(MIGRATIONS),)):
        with closing(sqlite3.connect(":memory:")) as connection:
            for step in steps:
                connection.executescript(step)
            rows = connection.execute("SELECT sql FROM sqlite_schema ORDER BY name").fetchall()
            schemas.append(rows)

    assert schemas[0] == schemas[1]


def test_another_programs_database_is_refused(archive: Archive) -> None:
    """A photo library named by mistake is not written to."""
    archive.path.parent.mkdir()
    with closing(sqlite3.connect(archive.path)) as connection:
        connection.execute("CREATE TABLE photo (name TEXT)")

    with pytest.raises(ArchiveError, match="of another program; name another file"):
        memory_of(archive)


@pytest.mark.parametrize("content", [b"not a database at all", b"SQLite format 3\x00" + b"x" * 900])
def test_a_damaged_archive_is_named(archive: Archive, content: bytes) -> None:
    """The message names the file and says what to do."""
    archive.path.parent.mkdir()
    archive.path.write_bytes(content)

    with pytest.raises(ArchiveError, match=r"archive\.sqlite: .*; restore a copy"):
        memory_of(archive)


def test_a_damaged_row_is_named(archive: Archive) -> None:
    """A fingerprint that is no fingerprint is not taken for one."""
    keep(archive, edition())
    with closing(sqlite3.connect(archive.path)) as connection:
        connection.execute("UPDATE article SET fingerprint = ?", (json.dumps({"terms": 1}),))
        connection.commit()

    with pytest.raises(ArchiveError, match=r"what it holds of day/newline\.txt is damaged"):
        memory_of(archive)


_KILLED = """
import os, signal, sys
from pathlib import Path
from typing import Any
sys.path.insert(0, sys.argv[2])
import test_archive
from briefing.archive import Archive, store
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
store._remembered = die
archive = Archive(Path(sys.argv[1]))
test_archive.keep(archive, test_archive.edition(0))
"""


def test_a_kill_while_keeping_leaves_the_archive_as_it_was(archive: Archive) -> None:
    """Killed between two rows, nothing of the edition is there, and the next run keeps it."""
    keep(archive, edition(1))

    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(archive.path), str(Path(__file__).parent)],
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )

    assert done.returncode == -9
    assert [e.id for e in archive.entries()] == [edition(1).id]
    keep(archive, edition(0))
    assert len(archive.entries()) == 2


def test_an_outlet_of_two_stories(archive: Archive) -> None:
    """Two stories of one edition are two stories of the memory, each with its own articles."""
    one, other = told("a.txt"), told("b.txt", LIBRARY)
    made = named(compose(drafts([one], [other]), arrivals(), frame()).edition)
    archive.keep(made, {"a.txt": one, "b.txt": other}, texts={}, memory=Memory())

    memory = archive.memory(
        cutoff=CUTOFF + timedelta(days=1), title="Morning", day=date(2026, 3, 5)
    )

    assert sorted(a.ref for s in memory.stories for a in s.articles) == ["a.txt", "b.txt"]
