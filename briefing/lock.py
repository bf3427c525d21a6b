"""One run at a time: a lock that the system itself gives back when a run dies."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.errors import ArchiveError


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock at *path* for the time of the `with` block.

    The lock is the system's (`flock`), not the file: a file left behind by a run that was killed
    locks nobody out. The file tells which process holds it.

    Raises:
        ArchiveError: Another run holds it (the message names the process), or what stands there
            is no file of ours: a link, which might lead to one that is not to be written over.
    """
    import fcntl

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise ArchiveError(_unmade(path, error)) from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ArchiveError(f"{path} is a pipe or a device, where a lock should be; remove it")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ArchiveError(_taken(handle, path)) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def _unmade(path: Path, error: OSError) -> str:
    """Return why the lock could not be made."""
    if path.is_symlink():
        return f"{path} is a link, where a lock should be; remove it"
    return f"{path} could not be made: {error.strerror}; check the folder's permissions"


def _taken(handle: int, path: Path) -> str:
    """Return the message for the run that came second."""
    holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
    process = f"process {holder}" if holder.isdecimal() else "another process"
    return f"another briefing is being made ({process} holds {path}); wait until it is done"
