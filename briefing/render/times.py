"""Times as a page prints them, in the zone the user named. No locale is asked."""

from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

MONTHS = (
    "January February March April May June July August September October November December".split()
)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_HALF_A_DAY = timedelta(hours=12)


class Dated(Protocol):
    """What has a time of publication: an article, alone or as a story cites it."""

    @property
    def published(self) -> datetime | None:
        """When it was published."""
        ...

    @property
    def published_day_only(self) -> bool:
        """Whether only the day of it is known."""
        ...


def moment(time: datetime, zone: str) -> str:
    """Return day and time to the minute, with the zone's short name.

    >>> moment(datetime(2026, 3, 4, 7, 30, tzinfo=ZoneInfo("UTC")), "Europe/Athens")
    '4 March 2026, 09:30 EET'
    """
    return f"{day(time, zone)}, {clock(time, zone)}"


def day(time: datetime, zone: str) -> str:
    """Return the day.

    >>> day(datetime(2026, 3, 4, 7, 30, tzinfo=ZoneInfo("UTC")), "UTC")
    '4 March 2026'
    """
    local = time.astimezone(ZoneInfo(zone))
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def day_only(midnight: datetime) -> str:
    """Return the day that *midnight* begins, in whichever zone from -11 to +12 hours it is one.

    >>> day_only(datetime(2026, 3, 4, tzinfo=ZoneInfo("Europe/Athens")))
    '4 March 2026'
    """
    return day(midnight + _HALF_A_DAY, "UTC")


def published(of: Dated, zone: str) -> str:
    """Return when an article was published: the day alone where its source gives no more.

    Empty when it is not known.
    """
    if of.published is None:
        return ""
    return day_only(of.published) if of.published_day_only else moment(of.published, zone)


def hour(of: Dated, zone: str) -> str:
    """Return the time of day at which an article was published, empty when it is not known."""
    if of.published is None or of.published_day_only:
        return ""
    return clock(of.published, zone)


def stamp(of: Dated) -> str:
    """Return the same for a machine, as ISO 8601 has it: `2026-03-04`, or day and time."""
    if of.published is None:
        return ""
    if of.published_day_only:
        return (of.published + _HALF_A_DAY).astimezone(UTC).date().isoformat()
    return of.published.isoformat()


def weekday(time: datetime, zone: str) -> str:
    """Return the day with its name.

    >>> weekday(datetime(2026, 3, 4, 7, 30, tzinfo=ZoneInfo("UTC")), "UTC")
    'Wednesday 4 March 2026'
    """
    return f"{DAYS[time.astimezone(ZoneInfo(zone)).weekday()]} {day(time, zone)}"


def clock(time: datetime, zone: str) -> str:
    """Return the time of day to the minute; a zone without a short name shows its offset.

    >>> clock(datetime(2026, 3, 4, 7, 30, tzinfo=ZoneInfo("UTC")), "Asia/Tashkent")
    '12:30 UTC+05:00'
    """
    local = time.astimezone(ZoneInfo(zone))
    name = local.tzname() or ""
    if not name.isalpha():
        name = f"UTC{local.isoformat()[-6:]}"
    return f"{local.hour:02}:{local.minute:02} {name}"
