"""What pages show of an edition is worked out in the words of its readers."""

from dataclasses import replace

import pytest
from editions import account, edition, ferry, library

from briefing.edition import BY_EDITOR, Reason, Unit, UnitFate
from briefing.render import view


def test_the_front_page_leads_with_what_stands_first_in_the_edition() -> None:
    """A story that the editor pinned leads, however important the others are."""
    made = edition(stories=(library(), ferry()))

    leads = view.edition(made).leads

    assert [lead.story.id for lead in leads] == ["s-1", "s-2"][::-1]
    assert leads[0].story.importance < leads[1].story.importance


@pytest.mark.parametrize(
    ("longer", "shown"), [((), 0), ((0,), None), ((1,), 0)], ids=["none", "first", "second"]
)
def test_the_front_page_tells_a_lead_by_its_first_point(
    longer: tuple[int, ...], shown: int | None
) -> None:
    """Whole or not at all; no later point stands in for it, for it tells less."""
    made = edition()
    first, *others = made.stories
    points = [
        replace(first.points[0], label=f"{n}", text="Boats left. " * (30 if n in longer else 2))
        for n in range(4)
    ]
    made = replace(made, stories=(replace(first, points=tuple(points), new=()), *others))

    lead = next(s for s in view.edition(made).leads if s.story.id == first.id)

    assert (lead.opening and lead.opening.point) == (None if shown is None else points[shown])


def test_an_update_says_since_which_day() -> None:
    """Not since which id, which tells a reader nothing; an id of another form is shown."""
    (update, new), (odd, _) = (
        [shown.standing for shown in view.edition(edition(stories=(story, library()))).leads]
        for story in (ferry(), replace(ferry(), since="number-2"))
    )

    assert (update, new) == ("day 2, new since Tuesday 3 March", "")
    assert odd == "day 2, new since edition number-2"


def test_the_account_tells_the_editors_veto_from_an_agencys() -> None:
    """Each has a heading of its own."""
    vetoed = [
        Unit(ref=ref, fate=UnitFate.DROPPED, reason=Reason.VETOED, detail=detail)
        for ref, detail in (("a", "its agency marked it canceled"), ("b", BY_EDITOR), ("c", "x"))
    ]
    made = edition(account=replace(account(), units=tuple(vetoed)))

    fates = view.edition(made).fates

    assert [(f.reason, [u.ref for u in f.units]) for f in fates] == [
        ("by the editor", ["b"]),
        ("not allowed by its agency", ["a", "c"]),
    ]
