"""Times as a page prints them, in the zone the user named. No locale is asked."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MONTHS = (
    "January February March April May June July August September October November December".split()
)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


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
    return day(midnight + timedelta(hours=12), "UTC")


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
