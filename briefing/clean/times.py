"""Times as newspapers write them, in several languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

# Number and names of each month, in ten languages.
_MONTHS = """
    1 jan january januar januari janvier enero ene gennaio gen janeiro января янв січня січ jän
    1 jänner
    2 feb february februar februari février fév févr febrero febbraio fevereiro fev февраля фев
    2 лютого лют
    3 mar march märz mär maart mars marzo março marta марта мар березня бер mrz mrt
    4 apr april avril avr abril abr aprile апреля апр квітня кві квіт
    5 may mai mayo maggio mag maio mei мая май травня тра трав
    6 jun june juni juin junio giugno giu junho июня июн червня чер черв
    7 jul july juli juillet juil julio luglio lug julho июля июл липня лип
    8 aug august augustus août agosto ago août augusti августа авг серпня сер серп
    9 sep sept september septembre septiembre settembre set setembro сентября сен сент вересня
    9 вер верес
    10 oct october oktober octobre octubre ottobre ott outubro out okt октября окт жовтня жов жовт
    11 nov november novembre noviembre novembro ноября ноя листопада лис лист
    12 dec december dezember décembre déc diciembre dic dicembre dezembro dez декабря дек грудня
    12 гру груд
"""
# Abbreviations that the press writes, in hours east of Greenwich. EST and its like are North
# American; IST is left out because India, Israel and Ireland all use it.
_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2,
    "eet": 2, "eest": 3, "msk": 3, "мск": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "aest": 10, "aedt": 11, "jst": 9, "nzst": 12,
    "nzdt": 13, "sgt": 8, "hkt": 8, "wat": 1, "cat": 2, "sast": 2, "eat": 3,
}  # fmt: skip
# Zones that are named by their side of the country: the zone database knows which half of the
# year it is.
_REGIONS = {
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver",
    "pt": "America/Los_Angeles", "uk": "Europe/London", "eastern": "America/New_York",
    "pacific": "America/Los_Angeles", "central": "America/Chicago",
}  # fmt: skip

_UPDATED = re.compile(
    r"(?:last\s+)?(?:updated?|modified|edited|amended|mis à jour|modifié|mise à jour|aktualisiert"
    r"|geändert|stand|actualizado|actualizada|modificado|aggiornato|atualizado|bijgewerkt"
    r"|обновлено|обновлён|оновлено|upd)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time found in a text."""

    start: int
    """Offset of its first character."""

    end: int
    when: datetime
    """Aware, in UTC; midnight of the zone where no time of day is given."""

    to_the_minute: bool
    """False when the text gives a day only."""

    update: bool
    """Whether the text calls it an update."""


def moments(text: str, *, zone: str) -> tuple[Moment, ...]:
    """Return the dates in *text*, each with its time of day where one stands beside it.

    A time without a date is none, and "2 hours ago" is none: both would need a clock. Only an
    update that follows a date by its time alone is of that day, if it is later. Numbers
    alone are read as day, month, year when divided by full stops, as the ISO order when the year
    comes first, and not at all where day and month could be exchanged.

    Args:
        text: A line or two.
        zone: IANA zone of times that name none.

    >>> line = "19 July 2023, 12:47 | Updated: 13:09"
    >>> [f"{m.when:%H:%M}" for m in moments(line, zone="Europe/London")]
    ['11:47', '12:09']
    >>> moments("Am 3. März 2026 um 8.05 Uhr", zone="Europe/Berlin")[0].when.isoformat()
    '2026-03-03T07:05:00+00:00'
    """
    if not _YEAR.search(text):
        return ()
    dates = list(_dates(text))
    limits = [date.start for date in dates[1:]] + [len(text)]
    found = []
    previous = 0
    for date, limit in zip(dates, limits, strict=False):
        moment = _moment(text, date, bounds=(previous, limit), zone=zone)
        if moment:
            found.append(moment)
            previous = moment.end
    later = _updated_later(text, found[-1], dates[-1], zone=zone) if found else None
    if later:
        found.append(later)
    return tuple(found)


# What every date has: a year of four digits, or numbers with full stops or slashes between.
_YEAR = re.compile(r"(?:19|20)\d\d|\d[./]\d\d?[./]\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Date:
    """A day found in a text."""

    start: int
    end: int
    year: int
    month: int
    day: int


def _dates(text: str) -> Iterator[_Date]:
    """Yield the days named in *text*, in order."""
    done = 0
    for found in _date_expression().finditer(text):
        if found.start() < done:
            continue
        numbers = _numbers(found)
        if numbers:
            done = found.end()
            yield _Date(
                start=found.start(),
                end=found.end(),
                year=numbers[0],
                month=numbers[1],
                day=numbers[2],
            )


def _numbers(found: re.Match[str]) -> tuple[int, int, int] | None:
    """Return year, month and day of a match, None where they make no day."""
    kind = (found.lastgroup or "")[0]
    if kind == "n":  # ambiguous unless one of the two cannot be a month
        first, second, year = int(found["n1"]), int(found["n2"]), int(found["n3"])
        if first > 12 >= second:
            return year, second, first
        if second > 12 >= first:
            return year, first, second
        return (year, first, second) if first == second <= 12 else None
    month = found[f"{kind}m"].lower().rstrip(".")
    number = int(month) if month.isdigit() else _months().get(month, 0)
    year, day = int(found[f"{kind}y"]), int(found[f"{kind}d"])
    year += 2000 if year < 100 else 0
    return (year, number, day) if 1 <= number <= 12 and 1 <= day <= 31 else None


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by its names."""
    months = {}
    for line in _MONTHS.strip().splitlines():
        number, *names = line.split()
        months.update(dict.fromkeys(names, int(number)))
    return months


@cache
def _date_expression() -> re.Pattern[str]:
    """Return the expression of all forms of a date; the last group's first letter tells which."""
    months = "|".join(sorted(_months(), key=len, reverse=True))
    return re.compile(
        # ISO 8601, also with its time glued on: 2026-03-03T08:05
        r"(?<![\d.])(?P<iy>(?:19|20)\d\d)[-/.](?P<im>\d\d?)[-/.](?P<id>\d\d?)(?!\d)(?P<i>)"
        # 3 March 2026, 3. März 2026, 1er janvier 2026, 3 de marzo de 2026, 3rd of March, 2026
        rf"|(?<![\w.])(?P<ed>\d\d?)(?:st|nd|rd|th|er|\.|º)?[ -](?:de |of )?(?P<em>{months})"
        r"\.?,?[ -]?(?:de |del )?(?P<ey>(?:19|20)\d\d)(?!\d)(?P<e>)"
        # March 3, 2026
        rf"|(?<!\w)(?P<am>{months})\.?[ -](?P<ad>\d\d?)(?:st|nd|rd|th)?,?[ -]"
        r"(?P<ay>(?:19|20)\d\d)(?P<a>)"
        # 03.03.2026
        r"|(?<![\d.])(?P<dd>\d\d?)\.(?P<dm>\d\d?)\.(?P<dy>(?:19|20)\d\d|\d\d(?![\d:.]))(?P<d>)"
        # 03/03/2026, where the order may not be known
        r"|(?<![\d/])(?P<n1>\d\d?)[/-](?P<n2>\d\d?)[/-](?P<n3>(?:19|20)\d\d)(?P<n>)",
        re.IGNORECASE,
    )


_CLOCK = re.compile(
    r"(?<![\d.:])(?P<hour>[01]?\d|2[0-3])"
    r"(?:[:.h](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d)(?:\.\d{1,6})?)?)?"
    r"(?!\d)\s*(?P<half>a\.?m\b\.?|p\.?m\b\.?)?\s*(?:Uhr\b|Uhr,|hrs?\b|ч\b)?"
    r",?\s*\(?(?P<zone>[+-]\d\d:?\d\d\b|(?:GMT|UTC)?[+-]\d{1,2}\b|[A-Za-zМСКмск]{1,7}\b)?",
    re.IGNORECASE,
)
# What may stand between a date and its time: "at", "um", commas, a weekday.
_BETWEEN = re.compile(r"(?:[\s,|·•–—T@()-]|\b(?:at|um|à|a las|a|alle|в|о|on|de)\b){0,12}\Z")


def _moment(text: str, date: _Date, *, bounds: tuple[int, int], zone: str) -> Moment | None:
    """Return the time of *date*, with the time of day that stands beside it within *bounds*."""
    clock = _clock_after(text, date.end, bounds[1]) or _clock_before(text, bounds[0], date.start)
    try:
        local = datetime(date.year, date.month, date.day)  # noqa: DTZ001 - the zone is next
        if clock:
            local = local.replace(hour=_hour(clock), minute=int(clock["minute"] or 0))
            local = local.replace(second=int(clock["second"] or 0))
        when = _aware(local, clock["zone"] if clock else None, zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    before = text[bounds[0] : min(date.start, clock.start() if clock else date.start)]
    return Moment(
        start=min(date.start, clock.start()) if clock else date.start,
        end=max(date.end, clock.end()) if clock else date.end,
        when=when,
        to_the_minute=clock is not None,
        update=bool(_UPDATED.search(before)),
    )


# "… | Updated: 16:05": nothing but marks may stand about the word.
_ALONE = re.compile(r"[\s,;|·•–—(-]{0,8}")
_BEFORE_CLOCK = re.compile(r"[\s:,]{0,3}(?:at |um |à |a las |alle |в |о )?", re.IGNORECASE)


def _updated_later(text: str, of: Moment, date: _Date, *, zone: str) -> Moment | None:
    """Return the update that follows *of* by its time of day alone, None unless it is later."""
    gap = _ALONE.match(text, of.end)
    word = _UPDATED.match(text, gap.end()) if gap and of.to_the_minute else None
    between = _BEFORE_CLOCK.match(text, word.end()) if word else None
    if not word or not between:
        return None
    same_day = replace(date, start=word.start(), end=between.end())
    found = _moment(text, same_day, bounds=(word.start(), len(text)), zone=zone)
    if not found or not found.to_the_minute or found.when <= of.when:
        return None
    return replace(found, update=True)


def _clock_after(text: str, place: int, limit: int) -> re.Match[str] | None:
    """Return the time of day that follows a date at once."""
    found = _CLOCK.search(text, place, min(limit, place + 40))
    return (
        found if found and _is_clock(found) and _BETWEEN.match(text, place, found.start()) else None
    )


def _clock_before(text: str, floor: int, place: int) -> re.Match[str] | None:
    """Return the time of day that stands at once before a date: "12.47 BST, 19 July 2023"."""
    for found in _CLOCK.finditer(text, max(floor, place - 40), place):
        between = text[found.end() : place].strip(" ,|·–—-")
        if _is_clock(found) and (not between or between.lower() in _WEEKDAYS):
            return found
    return None


_WEEKDAYS = frozenset(
    """on monday tuesday wednesday thursday friday saturday sunday
    mon tue wed thu fri sat sun""".split()
)


def _is_clock(found: re.Match[str]) -> bool:
    """Return whether the match is a time of day and not just a number."""
    return found["minute"] is not None or found["half"] is not None


def _hour(clock: re.Match[str]) -> int:
    """Return the hour of 24."""
    hour = int(clock["hour"])
    half = (clock["half"] or "")[:1].lower()
    if half and not 1 <= hour <= 12:
        return hour
    return hour % 12 + 12 * (half == "p") if half else hour


def _aware(local: datetime, named: str | None, zone: str) -> datetime:
    """Return *local* in the zone it names, else in *zone*."""
    name = (named or "").lower()
    offset = re.fullmatch(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d\d)?", name)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        shift = timedelta(minutes=-minutes if offset[1] == "-" else minutes)
        return local.replace(tzinfo=timezone(shift))
    if name in _ZONES:
        return local.replace(tzinfo=timezone(timedelta(hours=_ZONES[name])))
    return local.replace(tzinfo=ZoneInfo(_REGIONS.get(name, zone)))
