"""Publish: sign an edition off, and give it its faces anew with the name on them."""

from dataclasses import replace
from pathlib import Path

from briefing import lock
from briefing.archive import Archive
from briefing.codec import digest, named
from briefing.codec.carry import unpack
from briefing.config import Config
from briefing.daily.faces import JSON
from briefing.daily.run import Made, Tools, folder_of, sound_faces, write_faces
from briefing.edition import Edition
from briefing.errors import FormatError, UsageError


def publish(config: Config, *, by: str, folder: Path | None = None) -> Made:
    """Record that *by* signed off the edition in *folder*, and return it under its new id.

    The words stay as they are. The name is content, so the id changes, here and in the archive.

    Args:
        config: Whose archive, look and rights.
        by: Who signs.
        folder: Where the edition lies; None: the latest that the archive holds.

    Raises:
        UsageError: There is no edition, it was changed since it was made, or is signed already.
        ArchiveError: The archive does not hold it.
    """
    archive = Archive(config.path(config.archive))
    with lock.hold(archive.lock):
        place = folder or _latest(archive, config)
        edition = _unsigned(place / JSON)
        texts = archive.texts(edition.id)
        signed = named(replace(edition, signed_off=by))
        files = sound_faces(signed, texts, config, tools=Tools())
        archive.sign(signed, instead_of=edition.id)
        write_faces(files, place, others={})
    return Made(edition=signed, folder=place, missing=tuple(files.problems.values()))


def _latest(archive: Archive, config: Config) -> Path:
    """Return the folder of the archive's latest edition of this title."""
    entries = [entry for entry in archive.entries() if entry.title == config.title]
    if not entries:
        raise UsageError(f"no edition of “{config.title}” was made yet; run briefing daily")
    return folder_of(config, entries[0].cutoff)


def _unsigned(path: Path) -> Edition:
    """Return the edition of a file, which must be as it was made and not signed."""
    try:
        edition, _ = unpack(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}; name its folder") from error
    except FormatError as error:
        raise UsageError(f"{path}: {error}") from error
    if not edition.id.endswith(f"-{digest(edition)}"):
        raise UsageError(f"{path} was changed since it was made; run briefing daily again")
    if edition.signed_off:
        raise UsageError(f"{path} was signed off by {edition.signed_off} already")
    return edition
