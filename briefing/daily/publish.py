"""Publish: sign an edition off, or withdraw that, and give it its faces anew."""

from dataclasses import replace
from pathlib import Path

from briefing import lock
from briefing.archive import Archive
from briefing.codec import digest, named
from briefing.codec.carry import unpack
from briefing.config import Config
from briefing.daily.faces import JSON
from briefing.daily.run import Made, Tools, edition_in, folder_of, sound_faces, write_faces
from briefing.edition import Edition
from briefing.errors import FormatError, UsageError


def publish(config: Config, *, by: str | None, folder: Path | None = None) -> Made:
    """Record that *by* signed off the edition in *folder*, and return it under its new id.

    The words stay as they are. The name is content, so the id changes, here and in the archive.
    Withdrawn, the edition has the id again that it had before it was signed.

    Args:
        config: Whose archive, look and rights.
        by: Who signs; None: the name is withdrawn.
        folder: Where the edition lies; None: the latest that the archive holds.

    Raises:
        UsageError: There is no edition, it was changed since it was made, or is signed already;
            there is no name to withdraw; or every source failed in it, or in a later run.
        ArchiveError: The archive does not hold it.
    """
    archive = Archive(config.path(config.archive))
    with lock.hold(archive.lock):
        place = folder or _latest(archive, config)
        edition = _as_made(place / JSON)
        _check(edition, place / JSON, by=by)
        if by and folder is None:
            _refuse_notice(config, place)
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
        others = list(dict.fromkeys(entry.title for entry in archive.entries()))
        what = f"no edition of “{config.title}” was made yet"
        if not others:
            raise UsageError(f"{what}; run briefing daily")
        raise UsageError(
            f"{what}, but of {', '.join(f'“{title}”' for title in others)}: name the edition's "
            "folder (briefing publish editions/DAY), or the title in briefing.toml"
        )
    return folder_of(config, entries[0].cutoff)


def _as_made(path: Path) -> Edition:
    """Return the edition of a file, which must be as it was made."""
    try:
        edition, _ = unpack(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}; name its folder") from error
    except FormatError as error:
        raise UsageError(f"{path}: {error}") from error
    if not edition.id.endswith(f"-{digest(edition)}"):
        raise UsageError(f"{path} was changed since it was made; run briefing daily again")
    return edition


def _check(edition: Edition, path: Path, *, by: str | None) -> None:
    """Refuse to sign what is signed or no edition, and to withdraw what is not."""
    if edition.unread:
        raise UsageError(f"{path} is no edition, for every source failed; run briefing daily again")
    if by and edition.signed_off:
        raise UsageError(f"{path} was signed off by {edition.signed_off} already")
    if not by and not edition.signed_off:
        raise UsageError(f"{path} was not signed off; there is nothing to withdraw")


def _refuse_notice(config: Config, place: Path) -> None:
    """Refuse to take an edition for the latest one when a later run had no source that answered."""
    later = (f for f in config.path(config.out).glob("*-*-*") if f.name > place.name)
    for folder in sorted(later, reverse=True):
        found = edition_in(folder)
        if found is not None and found.unread and found.title == config.title:
            raise UsageError(
                f"every source failed in the latest run, {folder}; to sign the edition before it "
                f"all the same, name its folder: briefing publish {place}"
            )
