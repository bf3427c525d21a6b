"""Files that are written whole or not at all, even when the disk fills or the power goes."""

import errno
import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from briefing.errors import BriefingError

PART = ".part"
"""How the name of an unfinished file ends. What a kill left behind is swept by `sweep`."""


def write(path: Path, content: bytes) -> None:
    """Write *content* to *path*, whole or not at all.

    See `write_all`, of which this is the case of one file.
    """
    write_all({path: content})


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write each file whole or not at all, and none when any of them has no room.

    Everything is first written beside its place and forced to the disk; only then are the names
    changed, one by one, in the order given. So a full disk changes nothing, and a kill leaves
    each file either as it was or as it is to be. Missing folders are made. A symbolic link keeps
    pointing where it pointed, and its target is replaced; a pipe or device is written to as it
    is.

    Raises:
        BriefingError: A file cannot be written; the message names it.
    """
    parts: dict[Path, Path] = {}
    current = Path()
    try:
        for current, content in contents.items():
            _prepare(_end_of(current), content, parts=parts)
        for current, part in parts.items():
            part.replace(current)
        for folder in sorted({target.parent for target in parts}):
            _sync_folder(folder)
    except (OSError, ValueError) as error:  # a ValueError: a name that no file can have
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise BriefingError(
            f"{current} could not be written: {reason}; what stood there before still stands"
        ) from error
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


def sweep(folder: Path) -> tuple[Path, ...]:
    """Remove the unfinished files that a kill left in *folder*, and return them.

    Only to be called by the run that holds the lock: another run's would be swept too.
    """
    found = tuple(sorted(folder.glob(f".briefing-*{PART}"))) if folder.is_dir() else ()
    for path in found:
        path.unlink(missing_ok=True)
    return found


def _end_of(path: Path) -> Path:
    """Return where *path* leads, through its links; a pipe that has no other name is itself.

    Raises:
        OSError: The links lead in a ring.
    """
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        return path  # /dev/stdout leads to pipe:[7], which is no name
    try:
        return path.resolve()
    except RuntimeError as error:  # Python 3.12 and earlier
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


def _prepare(target: Path, content: bytes, *, parts: dict[Path, Path]) -> None:
    """Write *content* beside *target*, and note it in *parts* from the moment it exists."""
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        target.write_bytes(content)  # a folder refuses by itself; a pipe takes what it is given
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # The name is not derived from the target's, which may be as long as names can be.
    part = target.with_name(f".briefing-{os.getpid()}-{secrets.token_hex(4)}{PART}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    parts[target] = part
    with os.fdopen(handle, "wb") as file:
        if target.exists():
            with suppress(OSError):
                os.fchmod(file.fileno(), stat.S_IMODE(target.stat().st_mode))
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Force the new names in *folder* to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
