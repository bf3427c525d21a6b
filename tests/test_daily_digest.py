"""From what came in to the edition: whatever comes, every unit is accounted for once."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.cli.console import clock
from briefing.codec import digest as digest_of
from briefing.codec import dump_edition, load_edition
from briefing.compose import Frame, Length, Rules
from briefing.compose.window import window
from briefing.daily import Collected, digest, summaries
from briefing.daily.collect import Asked
from briefing.daily.digest import texts
from briefing.edition import Reason
from briefing.model import Failure, Plan, Summary
from briefing.pipeline import summarise_all
from briefing.sources import gather

SAMPLES = Path(__file__).parent.parent / "samples" / "week"
NOW = clock("2026-03-06T07:30+00:00")


@cache
def week() -> tuple[Summary | Failure, ...]:
    """Return every unit of the sample week."""
    days = [str(SAMPLES / f"day{n}") for n in range(1, 6)]
    return tuple(summarise_all(gather(days), Plan(zone="Europe/London")))


def collected(outcomes: Sequence[Summary | Failure], *, empty: Sequence[str] = ()) -> Collected:
    """Return that one source answered with all of these."""
    return Collected(sources=(Asked(name="week", outcomes=tuple(outcomes), empty=tuple(empty)),))


def frame(*, stories: int = 30) -> Frame:
    """Return what an edition of the last week depends on."""
    return Frame(
        window=window(NOW, since="7d", zone="Europe/London"),
        compiled=NOW,
        rules=Rules(length=Length(stories=stories)),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.integers(1, 8))
def test_every_unit_is_accounted_for_once(data: st.DataObject, stories: int) -> None:
    """Whatever mix of articles, copies and failures comes in, the sum balances."""
    mix = data.draw(st.lists(st.sampled_from(range(len(week()))), max_size=12, unique=True))
    came = [week()[n] for n in mix]

    edition = digest(collected(came, empty=["nothing.txt"]), frame(stories=stories)).edition

    refs = [o.ref if isinstance(o, Failure) else o.article.ref for o in came]
    assert [u.ref for u in edition.account.units] == sorted([*refs, "nothing.txt"])
    assert load_edition(dump_edition(edition)) == edition
    assert edition.id.endswith(digest_of(edition))
    assert len(edition.stories) <= stories
    cited = {a.ref: story.id for story in edition.stories for a in story.articles}
    told = {u.ref: u.story for u in edition.account.units if u.fate != "dropped"}
    assert cited == told


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(range(24)))
def test_the_order_of_arrival_changes_nothing(order: list[int]) -> None:
    """The first day and a half, in any order: the same bytes."""
    straight = digest(collected(week()[:24]), frame()).edition

    assert digest(collected([week()[n] for n in order]), frame()).edition == straight


def test_the_texts_that_travel_are_those_cited() -> None:
    """One for each article of a story, as it was read; and of a corrected version, its text."""
    composed = digest(collected(week()), frame())

    cited = {a.ref for story in composed.edition.stories for a in story.articles}
    values = {
        v.ref for story in composed.edition.stories for d in story.differences for v in d.values
    }
    assert summaries(composed).keys() == cited
    assert cited | values <= texts(composed).keys()


def test_two_units_of_one_event_and_its_copy() -> None:
    """The event is one story, its copy is named, and the copy's outlet stands under also."""
    wanted = {"day1/meridian-quake-2.txt", "day1/nine-quake.txt", "day1/newline-quake.html"}
    came = [o for o in week() if isinstance(o, Summary) and o.article.ref in wanted]

    edition = digest(collected(came), frame()).edition

    (story,) = edition.stories
    reasons = {u.ref: u.reason for u in edition.account.units}
    assert reasons["day1/nine-quake.txt"] is Reason.NEAR_DUPLICATE
    assert any(article.duplicates for article in story.articles)


def test_an_edition_does_not_depend_on_what_is_not_in_it() -> None:
    """Another frame's title changes the title, and with it the id, and nothing else."""
    came = collected(week()[:10])
    plain = digest(came, frame())
    titled = digest(came, replace(frame(), rules=Rules(title="Other")))

    assert titled.edition.id != plain.edition.id
    assert replace(titled.edition, id="", title="") == replace(plain.edition, id="", title="")
