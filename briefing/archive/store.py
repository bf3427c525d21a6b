"""The archive: what every edition printed, in one SQLite file."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from briefing.archive.schema import migrate
from briefing.cluster import Fingerprint, fingerprint
from briefing.cluster.versions import page
from briefing.codec import dump_edition, load_edition
from briefing.compose import Memory, PastArticle, PastEdition, PastStory, told
from briefing.edition import Edition
from briefing.errors import ArchiveError, FormatError
from briefing.model import Summary

REMEMBERED = timedelta(days=31)
"""A story that no edition printed for so long is a new one. Set by hand: looking back costs as much
as is looked back at, and after a month a reader wants to be told from the beginning."""

# The file, or the folder in which its journal would stand, may not be written.
_UNWRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One edition as the archive lists it."""

    id: str
    title: str
    number: int
    cutoff: datetime
    stories: int


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive at a path. The file is made when something is first kept in it."""

    path: Path

    @property
    def lock(self) -> Path:
        """Where the lock is that a run holds while it works on the archive."""
        return self.path.with_name(f"{self.path.name}.lock")

    def memory(self, *, cutoff: datetime, title: str, day: date) -> Memory:
        """Return what the editions before *cutoff* told.

        Stories are remembered for `REMEMBERED`, under whatever title they were printed; numbers
        go on from the last edition of *title*, also when it was pruned. An edition of
        this title and day is this one, made before: it is left out, so that making an edition
        again, with late articles or without, gives it the same marks.
        """
        if not self.path.exists():
            return Memory()
        with self._open() as connection:
            editions = {
                id_: PastEdition(id=id_, cutoff=_moment(at))
                for id_, at in connection.execute(
                    "SELECT id, cutoff FROM edition"
                    " WHERE cutoff < ? AND NOT (title = ? AND day = ?) ORDER BY cutoff, id",
                    (_text(cutoff), title, day.isoformat()),
                )
            }
            (last,) = connection.execute(
                "SELECT coalesce(max(number), 0) FROM"
                " (SELECT title, day, cutoff, number FROM edition"
                " UNION ALL SELECT title, day, cutoff, number FROM numbered)"
                " WHERE cutoff < ? AND title = ? AND day <> ?",
                (_text(cutoff), title, day.isoformat()),
            ).fetchone()
            recent = [e for e in editions.values() if e.cutoff > cutoff - REMEMBERED]
            stories = tuple(_stories(connection, recent))
            printed = connection.execute(
                "SELECT json FROM edition WHERE cutoff < ? AND title = ? AND day <> ?"
                " ORDER BY cutoff DESC, id LIMIT 1",
                (_text(cutoff), title, day.isoformat()),
            ).fetchone()
        return Memory(
            editions=tuple(editions.values()),
            stories=stories,
            last=last,
            previous=_readable(printed[0]) if printed else None,
        )

    def keep(
        self,
        edition: Edition,
        summaries: Mapping[str, Summary],
        *,
        texts: Mapping[str, str],
        memory: Memory,
    ) -> None:
        """Keep *edition*, instead of the one of its title and day that was made before.

        Args:
            edition: With its id.
            summaries: By ref, of every article of its stories.
            texts: Source text by ref, of all that it cites.
            memory: The editions before it, to know when each story was first printed.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._open(writing=True) as connection, _transaction(connection):
            _insert(connection, edition)
            firsts = {story.id: story.first for story in reversed(memory.stories)}
            for story in edition.stories:
                first = firsts.get(story.id, edition.cutoff)
                row = (edition.id, story.id, _text(first))
                connection.execute("INSERT INTO story VALUES (?, ?, ?)", row)
                connection.executemany(
                    "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?)",
                    [
                        (edition.id, story.id, *_remembered(summaries[article.ref]))
                        for article in story.articles
                    ],
                )
            connection.executemany(
                "INSERT INTO source_text VALUES (?, ?, ?)",
                [(edition.id, ref, text) for ref, text in sorted(texts.items())],
            )

    def sign(self, edition: Edition, *, instead_of: str) -> None:
        """Keep a signed *edition* in the place of the one with the id *instead_of*.

        Raises:
            ArchiveError: There is none with that id.
        """
        with self._open(writing=True) as connection, _transaction(connection):
            # The new row's children are moved before the old row goes, and checked at the end.
            connection.execute("PRAGMA defer_foreign_keys = ON")
            changed = connection.execute(
                "UPDATE edition SET id = ?, json = ? WHERE id = ?",
                (edition.id, dump_edition(edition), instead_of),
            ).rowcount
            if not changed:
                raise self._error(f"it holds no edition {instead_of}; make it again")
            for table in ("story", "article", "source_text"):
                connection.execute(
                    f"UPDATE {table} SET edition = ? WHERE edition = ?",  # noqa: S608 - our names
                    (edition.id, instead_of),
                )

    def entries(self) -> tuple[Entry, ...]:
        """Return all editions, the latest first."""
        if not self.path.exists():
            return ()
        with self._open() as connection:
            rows = connection.execute(
                "SELECT e.id, title, number, cutoff, count(story.id) FROM edition e"
                " LEFT JOIN story ON story.edition = e.id GROUP BY e.id ORDER BY cutoff DESC, e.id"
            )
            return tuple(
                Entry(id=i, title=t, number=n, cutoff=_moment(at), stories=count)
                for i, t, n, at, count in rows
            )

    def edition(self, name: str) -> Edition:
        """Return the edition of this id, or the only one whose id begins so.

        Raises:
            ArchiveError: There is none, or there are several.
        """
        if not self.path.exists():
            raise self._error("there is no such file: no edition was made yet")
        with self._open() as connection:
            rows = connection.execute(
                "SELECT id, json FROM edition WHERE substr(id, 1, ?) = ? ORDER BY cutoff, id",
                (len(name), name),
            ).fetchall()
        exact = [row for row in rows if row[0] == name] or rows
        if len(exact) != 1:
            found = f"several editions begin with {name}: {', '.join(i for i, _ in exact)}"
            raise self._error(
                found if exact else f"it holds no edition {name!r}; see: briefing archive list"
            )
        try:
            return load_edition(exact[0][1])
        except FormatError as error:
            raise self._error(f"edition {exact[0][0]} is damaged: {error}") from error

    def editions(self, *, first: date, last: date) -> tuple[Edition, ...]:
        """Return the editions of the days from *first* to *last*, both included, oldest first."""
        if not self.path.exists():
            return ()
        with self._open() as connection:
            rows = connection.execute(
                "SELECT json FROM edition WHERE day BETWEEN ? AND ? ORDER BY cutoff, id",
                (first.isoformat(), last.isoformat()),
            ).fetchall()
        try:
            return tuple(load_edition(text) for (text,) in rows)
        except FormatError as error:
            raise self._error(f"an edition in it is damaged: {error}; restore a copy") from error

    def texts(self, edition: str) -> dict[str, str]:
        """Return the source text of each article of an edition, by ref."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT ref, text FROM source_text WHERE edition = ? ORDER BY ref", (edition,)
            )
            return dict(rows)

    def prune(self, *, before: date) -> int:
        """Forget the editions of the days before *before*; return how many there were.

        Title, day and number of each stay, so that numbers go on and none is given twice.
        """
        if not self.path.exists():
            return 0
        old = (before.isoformat(),)
        with self._open(writing=True) as connection:
            with _transaction(connection):
                connection.execute(
                    "INSERT OR REPLACE INTO numbered"
                    " SELECT title, day, cutoff, number FROM edition WHERE day < ?",
                    old,
                )
                gone = connection.execute("DELETE FROM edition WHERE day < ?", old).rowcount
            connection.execute("VACUUM")
        return gone

    @contextmanager
    def _open(self, *, writing: bool = False) -> Iterator[sqlite3.Connection]:
        """Yield a connection to the archive in its present version.

        An older one that may not be written is migrated in a copy, which is lost: it can be read.
        """
        try:
            with ExitStack() as stack:
                connection = stack.enter_context(closing(_connected(self.path)))
                try:
                    migrate(connection)
                except sqlite3.OperationalError as error:
                    if writing or error.sqlite_errorcode & 0xFF not in _UNWRITABLE:
                        raise
                    connection = stack.enter_context(closing(_copied(connection)))
                    migrate(connection)
                yield connection
        except sqlite3.Error as error:
            raise self._error(f"{error}; restore a copy, or name another file") from error
        except ArchiveError as error:
            if str(self.path) in str(error):
                raise
            raise self._error(str(error)) from error

    def _error(self, message: str) -> ArchiveError:
        """Return an error that names the file."""
        return ArchiveError(f"the archive {self.path}: {message}")


def _readable(text: str) -> Edition | None:
    """Return an edition; None when it is damaged: today's is made all the same."""
    try:
        return load_edition(text)
    except FormatError:
        return None


def _connected(path: Path | str) -> sqlite3.Connection:
    """Return a connection to a file; to one that is nowhere and lost when it is closed, for ""."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _copied(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy of what a connection holds, in a file of the system's that has no name."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    copy = _connected("")
    connection.backup(copy)
    return copy


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all that the block does, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk has ended it already, and has yet to be told
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, edition: Edition) -> None:
    """Put the edition's own row in the place of the one of its title and day."""
    day = edition.cutoff.astimezone(ZoneInfo(edition.window.zone)).date().isoformat()
    connection.execute(
        "DELETE FROM edition WHERE (title = ? AND day = ?) OR id = ?",
        (edition.title, day, edition.id),
    )
    row = (
        edition.id,
        edition.title,
        day,
        _text(edition.cutoff),
        edition.number,
        dump_edition(edition),
    )
    connection.execute("INSERT INTO edition VALUES (?, ?, ?, ?, ?, ?)", row)


def _stories(
    connection: sqlite3.Connection, editions: Iterable[PastEdition]
) -> Iterator[PastStory]:
    """Yield the stories of *editions*, in their order."""
    for edition in editions:
        articles: dict[str, list[PastArticle]] = {}
        for story, *row in connection.execute(
            "SELECT story, ref, outlet, page, sentences, fingerprint FROM article"
            " WHERE edition = ? ORDER BY ref",
            (edition.id,),
        ):
            articles.setdefault(story, []).append(_past(row))
        for id_, first in connection.execute(
            "SELECT id, first FROM story WHERE edition = ? ORDER BY id", (edition.id,)
        ):
            yield PastStory(
                id=id_,
                edition=edition,
                first=_moment(first),
                articles=tuple(articles.get(id_, ())),
            )


def _remembered(summary: Summary) -> tuple[str, ...]:
    """Return what is kept of an article, in the order of its columns."""
    article = summary.article
    mark = fingerprint(article).to_json()
    return (
        article.ref,
        article.publisher or "",
        page(article),
        json.dumps(told(summary), ensure_ascii=False),
        json.dumps(mark, ensure_ascii=False),  # in its order: the heaviest terms come first,
    )


def _past(row: Sequence[str]) -> PastArticle:
    """Return an article as it is remembered."""
    ref, outlet, address, listed, mark = row
    try:
        sentences = tuple(json.loads(listed))
        if not all(isinstance(sentence, str) for sentence in sentences):
            raise TypeError
        return PastArticle(
            ref=ref,
            outlet=outlet,
            page=address,
            sentences=sentences,
            fingerprint=Fingerprint.from_json(json.loads(mark)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ArchiveError(f"what it holds of {ref} is damaged; restore a copy") from error


def _text(moment: datetime) -> str:
    """Return a time as ISO 8601 in UTC: of equal length, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _moment(text: str) -> datetime:
    """Return the time that `_text` wrote.

    Raises:
        ArchiveError: It is none.
    """
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ArchiveError(f"{text!r} stands in it where a time should be; restore a copy")
    return moment
