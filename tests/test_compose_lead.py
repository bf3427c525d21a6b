"""The article whose title is fit to be the headline leads its story."""

import pytest
from newsroom import told

from briefing.compose.groups import Group
from briefing.compose.lead import has_slug, led
from briefing.edition import Difference, Value
from briefing.model import Summary

WIRE = told("wire", title="UPDATE 2-Quake kills 21 in Velm")
EARLY = told("early", title="Velm quake kills 21")
LATE = told("late", title="26 dead as quake flattens Velm")


def value(ref: str, text: str) -> Value:
    """Return what an article gives as its figure."""
    return Value(ref=ref, outlet=ref, value=text, text=text, start=0, end=1)


def titles(*summaries: Summary, kind: str = "rising") -> list[str]:
    """Return the articles of the story in order, when 21 dead became 26."""
    toll = tuple(
        value(ref, count)
        for ref, count in (("wire", "21 people"), ("early", "21"), ("late", "26 people"))
    )
    group = Group(id="s", summaries=summaries, reason="")
    found = led(group, [Difference(what="dead", kind=kind, values=toll)])
    return [summary.article.ref for summary in found.summaries]


def test_a_figure_that_was_overtaken_leads_no_story() -> None:
    """Of a rising toll the headline has the latest; the others keep their order."""
    assert titles(WIRE, EARLY, LATE) == ["late", "wire", "early"]
    assert titles(LATE, WIRE) == ["late", "wire"]


def test_figures_that_merely_differ_move_no_lead() -> None:
    """Nobody knows which of them holds."""
    assert titles(EARLY, LATE, kind="differ") == ["early", "late"]


def test_a_title_for_the_desk_gives_way_to_one_for_readers() -> None:
    """Of titles alike in that, the lead's stays; alone, it is printed as it stands."""
    assert titles(WIRE, EARLY) == ["early", "wire"]
    assert titles(WIRE) == ["wire"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("WRAPUP 3-Markets fall", True),
        ("CORRECTED-UPDATE 1-Bank cuts rates", True),
        ("EXCLUSIVE-Mill to close", True),
        ("UPDATED rota angers drivers", False),
        ("SNAPSHOT of a strike", False),
        ("Exclusive: the mill that never closed", False),
        ("", False),
    ],
)
def test_desk_words_are_told_from_others(title: str, *, expected: bool) -> None:
    """They stand in capitals, first, and end where a word ends."""
    assert has_slug(title) is expected
