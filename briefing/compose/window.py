"""Window: the stretch of time that an edition covers."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from briefing.edition import Window
from briefing.errors import UsageError

_SINCE = re.compile(r"([1-9][0-9]{0,3})(m|h|d)")


def window(cutoff: datetime, *, since: str, zone: str) -> Window:
    """Return the window that ends at *cutoff* and began *since* ago.

    `90m` and `24h` are minutes and hours that passed. `1d` and `3d` are days of the calendar: the
    window begins at the same time of day as it ends, so that on the nights when clocks change
    daily editions neither overlap nor leave an hour out.

    Args:
        cutoff: Aware; the window's end, itself outside.
        since: A number up to 9999 and one of `m`, `h`, `d`.
        zone: IANA name.

    Raises:
        UsageError: *since* is not of that form.

    >>> from datetime import datetime
    >>> cutoff = datetime.fromisoformat("2026-03-29T06:30+02:00")  # clocks went forward at 2
    >>> window(cutoff, since="1d", zone="Europe/Paris").start.isoformat()
    '2026-03-28T05:30:00+00:00'
    >>> window(cutoff, since="24h", zone="Europe/Paris").start.isoformat()
    '2026-03-28T04:30:00+00:00'
    """
    found = _SINCE.fullmatch(since)
    if found is None:
        raise UsageError(f"{since!r} is no length of time; write 1d, 24h or 90m")
    count, unit = int(found[1]), found[2]
    end = cutoff.astimezone(UTC)
    if unit == "d":
        local = cutoff.astimezone(ZoneInfo(zone))
        start = (local - timedelta(days=count)).astimezone(UTC)
    else:
        start = end - timedelta(**{"m": {"minutes": count}, "h": {"hours": count}}[unit])
    return Window(start=start, end=end, zone=zone)
