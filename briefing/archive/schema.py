"""The archive's tables, and the steps that lead an older archive to them."""

import sqlite3

from briefing.errors import ArchiveError

APPLICATION = 0x42524946
"""SQLite's application id of our archives: `BRIF`."""

MIGRATIONS = (
    # 1: what was printed.
    """
    CREATE TABLE edition (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        day TEXT NOT NULL,          -- of the cut-off, in the edition's zone
        cutoff TEXT NOT NULL,       -- ISO 8601 in UTC, so that text order is time order
        number INTEGER NOT NULL,
        json TEXT NOT NULL,         -- briefing.edition/1
        UNIQUE (title, day)
    ) STRICT;
    CREATE INDEX edition_cutoff ON edition (cutoff);
    CREATE TABLE story (
        edition TEXT NOT NULL REFERENCES edition ON DELETE CASCADE,
        id TEXT NOT NULL,
        first TEXT NOT NULL,        -- cut-off of the first edition that printed it
        PRIMARY KEY (edition, id)
    ) STRICT;
    CREATE TABLE article (
        edition TEXT NOT NULL,
        story TEXT NOT NULL,
        ref TEXT NOT NULL,
        outlet TEXT NOT NULL,
        page TEXT NOT NULL,
        sentences TEXT NOT NULL,    -- JSON: each sentence's folded words
        fingerprint TEXT NOT NULL,  -- JSON
        PRIMARY KEY (edition, ref),
        FOREIGN KEY (edition, story) REFERENCES story (edition, id) ON DELETE CASCADE
    ) STRICT;
    """,
    # 2: the texts as they were read, so that an edition can be given its faces again.
    """
    CREATE TABLE source_text (
        edition TEXT NOT NULL REFERENCES edition ON DELETE CASCADE,
        ref TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (edition, ref)
    ) STRICT;
    """,
    # 3: the numbers of editions that were pruned, so that the next of their title goes on.
    """
    CREATE TABLE numbered (
        title TEXT NOT NULL,
        day TEXT NOT NULL,
        cutoff TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (title, day)
    ) STRICT;
    """,
)
"""The n-th step makes version n of version n-1. A step, once released, is never changed."""

VERSION = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the archive to `VERSION`, all steps or none.

    Raises:
        ArchiveError: It was written by a newer version, or is a database of another program.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application != APPLICATION and (tables or version):
        raise ArchiveError("it is a database of another program; name another file")
    if version > VERSION:
        raise ArchiveError(
            f"it was written by a newer version of briefing (archive version {version}, "
            f"this one knows up to {VERSION}); install the newer briefing, or name another file"
        )
    if version == VERSION:
        return
    steps = "".join(MIGRATIONS[version:])
    connection.executescript(
        f"BEGIN IMMEDIATE; {steps} PRAGMA application_id = {APPLICATION}; "
        f"PRAGMA user_version = {VERSION}; COMMIT;"
    )
