"""What every command shares: the streams, paths and the clock, and progress for a terminal."""

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from briefing.errors import UsageError

Thing = TypeVar("Thing")


def say(message: str) -> None:
    """Print one line on standard error, with nothing in it that could steer a terminal."""
    from briefing.render.safe import one_line

    print(f"briefing: {one_line(message)}", file=sys.stderr)


def open_closed_streams() -> None:
    """Open each standard stream that the caller closed, as `>&-` does, on nothing.

    Otherwise its number goes to the next file that is opened, and what is printed goes there.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for good


def refuse_missing(paths: Iterable[str]) -> None:
    """Refuse a path that leads nowhere: typed by hand, it is a slip, and no source that failed.

    Raises:
        UsageError: The first that is neither there, nor an address, nor `-`.
    """
    for one in paths:
        if "://" not in one and one != "-" and not os.path.lexists(one):
            raise UsageError(f"{one}: there is no such file or folder; check the name")


def clock(now: str | None) -> datetime:
    """Return the time that counts as now: what the user said, SOURCE_DATE_EPOCH, or the clock.

    This is the one place where the package reads the clock. The answer is aware and in UTC, to
    the second.

    Raises:
        UsageError: *now* is not an ISO 8601 time with its zone.

    >>> clock("2026-03-04T07:30+01:00").isoformat()
    '2026-03-04T06:30:00+00:00'
    """
    if now is not None:
        return _time(now)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        if not epoch.isdecimal():
            raise UsageError(f"SOURCE_DATE_EPOCH must be seconds since 1970, not {epoch!r}")
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now(UTC).replace(microsecond=0)


def _time(text: str) -> datetime:
    """Return an ISO 8601 time in UTC; one without a zone is refused, for it names no moment."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a time; write 2026-03-04T07:30+00:00") from error
    if found.tzinfo is None:
        whole = f"{text}T07:30" if len(text) == len("2026-03-04") else found.isoformat()
        raise UsageError(f"{text!r} names no zone; write {whole}+00:00")
    return found.astimezone(UTC)


def progress(things: Iterable[Thing], title: str) -> Iterator[Thing]:
    """Yield *things*, showing how many are done when standard error is a terminal.

    Nothing is shown in the first second: quick work needs no bar.
    """
    if not sys.stderr.isatty():
        yield from things
        return
    import time

    from rich.console import Console
    from rich.status import Status

    begun = time.monotonic()
    status = Status(title, console=Console(stderr=True))
    shown = False
    try:
        for count, thing in enumerate(things, 1):
            yield thing
            if not shown and time.monotonic() - begun > 1:
                status.start()
                shown = True
            if shown:
                status.update(f"{title}: {count} done")
    finally:
        if shown:
            status.stop()
