"""Sources: the files, folders and standard input that the user named, as bytes with a `ref`."""

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from briefing.limits import Limits
from briefing.model import Failure, Source

STDIN = "-"
_STDIN_REF = "standard input"

# What the program itself writes or is told by, and nobody means as a source of articles when a
# folder above it is named: `briefing daily .`
_CONFIG, _EDITION = "briefing.toml", "edition.json"


def gather(
    paths: Iterable[str], *, limits: Limits | None = None, stdin: BinaryIO | None = None
) -> Iterator[Source | Failure]:
    """Yield each file of *paths* as a source, or as a failure that says what is wrong with it.

    Folders are read with all that is in them, in the order of their names; what is hidden (its
    name begins with a full stop) is left out there, and so are briefing.toml and the folders of
    editions; a link that leads back into its own folder is not followed. A file named twice is
    read once.

    Args:
        paths: Files, folders, and `-` for standard input, whose ref is `standard input`.
        limits: Bounds on bytes, files and depth.
        stdin: Where `-` reads from; None when there is none.
    """
    named = list(paths)
    limits = limits or Limits()
    seen: set[str] = set()
    for path, ref in _files(named, limits):
        if isinstance(path, Failure):
            yield path
        elif ref not in seen:
            seen.add(ref)
            yield _standard_input(stdin, limits) if ref == STDIN else _source(path, ref, limits)


def _files(named: list[str], limits: Limits) -> Iterator[tuple[Path | Failure, str]]:
    """Yield (file, ref) of every file, or (failure, ref) where a folder cannot be read."""
    shared = Counter(Path(path).name for path in {*named})
    count = 0
    for path in named:
        if path == STDIN or not _is_folder(path):
            yield Path(path), path
            continue
        # Two folders of one name would give two files one ref: there the whole path tells.
        top = path.rstrip("/") if shared[Path(path).name] > 1 else Path(path).name
        for found, ref in _walk(Path(path), "" if top == ".." else top, depth=limits.depth):
            count += not isinstance(found, Failure)
            if count > limits.files:
                message = f"more than {limits.files:,} files; only the first {limits.files:,} are"
                yield _failure(path, f"{message} read: name smaller folders"), path
                return
            yield found, ref


def _is_folder(path: str) -> bool:
    """Return whether *path* is a folder; what is not there, or has no possible name, is none."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _walk(
    folder: Path, ref: str, *, depth: int, above: tuple[tuple[int, int], ...] = ()
) -> Iterator[tuple[Path | Failure, str]]:
    """Yield the files below *folder* in the order of their names.

    Args:
        folder: Where to look.
        ref: How the user knows it; empty for the current folder.
        depth: How many levels may still be entered.
        above: Device and inode of each folder on the way down, to see a loop of links.
    """
    try:
        status = folder.stat()
        entries = sorted(filter(_is_seen, folder.iterdir()), key=lambda entry: entry.name)
    except OSError as error:
        yield _failure(ref or ".", _reason(error)), ref
        return
    here = (status.st_dev, status.st_ino)
    if here in above or (above and _is_edition(entries)):
        return  # a folder that the user named is read whatever it holds
    if depth < 0:
        yield _failure(ref, "refused: its folders lie too deep; name an inner folder"), ref
        return
    above = (*above, here)
    for entry in entries:
        inner = f"{ref}/{entry.name}" if ref else entry.name
        if _is_folder(str(entry)):
            yield from _walk(entry, inner, depth=depth - 1, above=above)
        else:
            yield entry, inner


def _is_edition(entries: list[Path]) -> bool:
    """Return whether a folder with *entries* is one in which the program wrote an edition."""
    return any(entry.name == _EDITION for entry in entries)


def _is_seen(entry: Path) -> bool:
    """Return whether a file or folder is neither hidden nor the program's own settings."""
    return not entry.name.startswith(".") and entry.name != _CONFIG


def _source(path: Path, ref: str, limits: Limits) -> Source | Failure:
    """Return the file's bytes, or why it cannot be read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _failure(ref, "refused: it is a pipe, a device or a socket, not a file")
        if status.st_size > limits.bytes:
            return _too_large(ref, status.st_size, limits)
        with path.open("rb") as file:
            body = file.read(limits.bytes + 1)
    except (OSError, ValueError) as error:
        return _failure(ref, _reason(error))
    if len(body) > limits.bytes:
        return _too_large(ref, len(body), limits)
    return Source(ref=_printable(ref), body=body)


def _standard_input(stdin: BinaryIO | None, limits: Limits) -> Source | Failure:
    """Return what standard input holds, to its end."""
    if stdin is None:
        return _failure(_STDIN_REF, "there is no standard input to read here; name a file")
    try:
        body = stdin.read(limits.bytes + 1)
    except OSError as error:
        return _failure(_STDIN_REF, _reason(error))
    if len(body) > limits.bytes:
        return _too_large(_STDIN_REF, len(body), limits)
    return Source(ref=_STDIN_REF, body=body)


def _too_large(ref: str, size: int, limits: Limits) -> Failure:
    """Return the failure of a source beyond the limit."""
    message = f"{size / 1e6:.1f} MB is more than the {limits.bytes / 1e6:g} MB read of one file"
    return _failure(ref, f"{message}; split it, or give the articles only")


def _reason(error: OSError | ValueError) -> str:
    """Return what went wrong with a path, in a reader's words."""
    if isinstance(error, FileNotFoundError):
        if str(error.filename).startswith(("http:/", "https:/")):
            return "only files are read here; save the page, or: briefing daily --fetch ADDRESS"
        return "there is no such file; check the name and the folder"
    if isinstance(error, PermissionError):
        return "no permission to read it; change its permissions or run as its owner"
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    return f"no file can have this name: {error}"


def _failure(ref: str, message: str) -> Failure:
    """Return a failure of the stage that reads."""
    return Failure(ref=_printable(ref), stage="read", message=message)


def _printable(ref: str) -> str:
    """Return *ref* so that it can be printed: bytes that are no UTF-8 become �."""
    return os.fsencode(ref).decode("utf-8", "replace")
