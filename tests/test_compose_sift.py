"""Which units may be printed, and why the others may not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from newsroom import CUTOFF, FERRY, LIBRARY, frame, told
from remembered import remember

from briefing.compose import sift
from briefing.compose.window import window
from briefing.edition import Reason
from briefing.errors import UsageError
from briefing.model import Failure, Kind, Rights, Summary

FRAME = frame()


def sifted(*outcomes: Summary | Failure, **changes: Any) -> dict[str, Reason | None]:
    """Return the reason of each unit that is dropped, None for each that is kept."""
    found = sift(outcomes, window=FRAME.window, memory=changes.get("memory", FRAME.memory))
    kept: dict[str, Reason | None] = {s.article.ref: None for s in found.kept}
    return kept | {unit.ref: unit.reason for unit in found.dropped}


@pytest.mark.parametrize(
    ("published", "updated", "reason"),
    [
        (timedelta(hours=-6), None, None),
        (timedelta(hours=-24), None, None),
        (timedelta(hours=-24, seconds=-1), None, Reason.OUT_OF_WINDOW),
        (timedelta(days=-9), timedelta(hours=-1), None),
        (timedelta(days=-9), timedelta(days=-8), Reason.OUT_OF_WINDOW),
        (timedelta(0), None, Reason.OUT_OF_WINDOW),
        (timedelta(hours=-3), timedelta(hours=1), Reason.OUT_OF_WINDOW),
        (timedelta(days=400), None, Reason.OUT_OF_WINDOW),
        (None, None, None),
    ],
    ids=["in", "at start", "before", "updated in", "old", "at cut-off", "later", "2027", "undated"],
)
def test_the_window_goes_by_the_last_change(
    published: timedelta | None, updated: timedelta | None, reason: Reason | None
) -> None:
    """An article is of the time of its last change; one without any time came, and is kept."""
    times: dict[str, Any] = {
        "published": None if published is None else CUTOFF + published,
        "updated": None if updated is None else CUTOFF + updated,
    }

    assert sifted(told("a.txt", **times)) == {"a.txt": reason}


def test_a_date_in_the_future_is_said() -> None:
    """The account tells the date that the article gives, never today's."""
    late = told("a.txt", published=datetime(2062, 1, 2, 3, 4, tzinfo=UTC))

    (unit,) = sift([late], window=FRAME.window, memory=FRAME.memory).dropped

    assert unit.detail == "dated 2062-01-02 03:04 UTC, after the cut-off"


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("stat:canceled", Reason.VETOED),
        ("cancelled", Reason.VETOED),
        ("WITHHELD", Reason.VETOED),
        ("stat:usable", None),
        (None, None),
    ],
)
def test_what_its_agency_took_back_is_not_printed(
    status: str | None, reason: Reason | None
) -> None:
    """A cancelled or withheld item is dropped, in whichever spelling."""
    assert sifted(told("a.xml", rights=Rights(status=status))) == {"a.xml": reason}


def test_a_cancelled_item_takes_its_copies_along() -> None:
    """The copy that came an hour before under the same title is dropped, too."""
    cancelled = told("b.xml", publisher="Wire", title="T", rights=Rights(status="canceled"))
    copies = [
        told("a.xml", publisher="Wire", title="T"),
        told("c.xml", publisher="Other", title="T"),
    ]

    assert sifted(cancelled, *copies) == {
        "a.xml": Reason.VETOED,
        "b.xml": Reason.VETOED,
        "c.xml": None,
    }


@pytest.mark.parametrize(
    ("embargo", "reason"),
    [(timedelta(seconds=1), Reason.VETOED), (timedelta(0), None), (timedelta(hours=-1), None)],
)
def test_an_embargo_is_honoured(embargo: timedelta, reason: Reason | None) -> None:
    """What may not be published at the cut-off is not in the edition."""
    item = told("a.xml", rights=Rights(embargo=CUTOFF + embargo))

    assert sifted(item) == {"a.xml": reason}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": Kind.TEASER}, Reason.TEASER),
        ({"kind": Kind.NOT_ARTICLE}, Reason.NOT_ARTICLE),
        ({"kind": Kind.TEASER, "published": None}, Reason.TEASER),
    ],
)
def test_what_is_no_article_is_dropped(changes: dict[str, Any], reason: Reason) -> None:
    """Teasers and pages without an article are named for what they are."""
    assert sifted(told("a.html", **changes)) == {"a.html": reason}


def test_empty_and_unreadable_units_are_told_apart() -> None:
    """A file without words is empty; one that no reader can open is unreadable."""
    failure = Failure(ref="b.pdf", stage="read", message="it is encrypted")

    assert sifted(told("a.txt", ()), failure) == {
        "a.txt": Reason.EMPTY,
        "b.pdf": Reason.UNREADABLE,
    }


REPUBLISHED: list[tuple[str, dict[str, Any], tuple[str, ...], Reason | None]] = [
    ("same file", {}, FERRY, Reason.REPUBLICATION),
    ("new time", {"published": CUTOFF - timedelta(hours=1)}, FERRY, Reason.REPUBLICATION),
    ("new address", {"url": "https://x.example/2"}, FERRY, Reason.REPUBLICATION),
    ("another outlet", {"publisher": "Other"}, FERRY, Reason.REPUBLICATION),
    ("cut short", {}, FERRY[:2], Reason.REPUBLICATION),
    ("a comma", {}, (FERRY[0].replace(" on", ", on"), *FERRY[1:]), Reason.REPUBLICATION),
    ("a typo", {}, (FERRY[0].replace("aground", "agruond"), *FERRY[1:]), Reason.REPUBLICATION),
    ("a sentence more", {}, (*FERRY, "A tug pulled her free at dawn."), None),
    ("another figure", {}, (FERRY[0], FERRY[1].replace("Twelve", "Fourteen"), FERRY[2]), None),
    ("another name", {}, (*FERRY[:2], FERRY[2].replace("Vale", "Varga")), None),
    ("another text", {}, LIBRARY, None),
]


@pytest.mark.parametrize(
    ("changes", "sentences", "reason"),
    [row[1:] for row in REPUBLISHED],
    ids=[row[0] for row in REPUBLISHED],
)
def test_a_page_published_again_is_not_new(
    changes: dict[str, Any], sentences: tuple[str, ...], reason: Reason | None
) -> None:
    """The same text is no news, whatever its time, address, outlet or typing; a new fact is."""
    memory = remember([told("mon/newline.txt", FERRY, url="https://x.example/1")])

    assert sifted(told("tue/newline.txt", sentences, **changes), memory=memory) == {
        "tue/newline.txt": reason
    }


def test_the_order_of_arrival_does_not_matter() -> None:
    """The kept and the dropped come out in the order of their refs."""
    units = [told("b.txt"), told("a.txt", LIBRARY), told("c.txt", kind=Kind.TEASER)]

    one = sift(units, window=FRAME.window, memory=FRAME.memory)

    assert one == sift(reversed(units), window=FRAME.window, memory=FRAME.memory)


@pytest.mark.parametrize(
    ("cutoff", "since", "start"),
    [
        ("2026-03-29T06:30+02:00", "1d", "2026-03-28T05:30:00+00:00"),
        ("2026-03-29T06:30+02:00", "24h", "2026-03-28T04:30:00+00:00"),
        ("2026-10-25T06:30+01:00", "1d", "2026-10-24T04:30:00+00:00"),
        ("2026-10-25T06:30+01:00", "24h", "2026-10-24T05:30:00+00:00"),
        ("2026-03-30T02:30+02:00", "1d", "2026-03-29T01:30:00+00:00"),
        ("2026-10-26T02:30+01:00", "1d", "2026-10-25T00:30:00+00:00"),
        ("2026-03-04T07:30+01:00", "90m", "2026-03-04T05:00:00+00:00"),
    ],
    ids=["spring", "spring 24h", "autumn", "autumn 24h", "in the gap", "in the fold", "minutes"],
)
def test_days_are_the_calendars_and_hours_the_clocks(cutoff: str, since: str, start: str) -> None:
    """On the nights when clocks change a day has 23 or 25 hours; an hour always has 60 minutes."""
    found = window(datetime.fromisoformat(cutoff), since=since, zone="Europe/Paris")

    assert found.start.isoformat() == start


@pytest.mark.parametrize("since", ["", "1", "d", "0d", "-1d", "1w", "yesterday", "99999d", "1 d"])
def test_what_is_no_length_of_time_is_refused(since: str) -> None:
    """The message names the value and shows what to write."""
    with pytest.raises(UsageError, match="write 1d, 24h or 90m"):
        window(CUTOFF, since=since, zone="UTC")
