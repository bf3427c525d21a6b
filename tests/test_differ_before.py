"""What the last edition printed otherwise is told, and nothing that only looks so."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from test_daily import NOW, run

from briefing.codec import dump_edition, load_edition, named
from briefing.daily import Made
from briefing.edition import Difference, Edition
from briefing.render import bulletin, html
from briefing.verify.content import check_content

REST = (
    "The weir above Velm mill gave way in the night and flooded the lower market. "
    "Firefighters from Oste pumped the cellars of the mill until the morning. "
    "The mayor of Velm, Ada Kovran, closed the bridge to the mill and the market."
)


def mornings(folder: Path, *texts: str, titles: tuple[str, ...] = ("Velm briefing",) * 3) -> Made:
    """Return the last of the editions that one outlet's articles of so many mornings make."""
    made = None
    for day, (text, title) in enumerate(zip(texts, titles, strict=False)):
        now = NOW + timedelta(days=day)
        inbox = folder / f"day{day}"
        inbox.mkdir()
        head = f"Date: {now - timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}"
        words = f"Flood at Velm mill, morning {day + 1}\n{head}\n\n{text} {REST}\n"
        (inbox / f"velm-{day}.txt").write_text(words, encoding="utf-8")
        made = run(folder, str(inbox), now=now, title=title, out=f"editions-{title[:4]}")
    assert made is not None
    return made


def since(made: Made) -> list[Difference]:
    """Return what an edition says its forerunner printed otherwise."""
    return [d for story in made.edition.stories for d in story.differences if d.kind == "since"]


def values(made: Made) -> list[list[str]]:
    """Return the words of each."""
    return [[value.value for value in difference.values] for difference in since(made)]


def test_a_toll_that_rose_is_told_beside_what_was_printed(tmp_path: Path) -> None:
    """Twelve dead yesterday and fifteen today stand side by side, each with who said so."""
    made = mornings(tmp_path, "The flood killed 12 people at the mill.",
        "The flood has killed 15 people at Velm mill, the mayor said.")  # fmt: skip

    (found,) = since(made)
    assert [v.value for v in found.values] == ["12 people", "15 people"]
    assert [bool(v.edition) for v in found.values] == [True, False]
    assert found.values[0].text == "The flood killed 12 people at the mill."
    assert made.edition.stories[0].since == found.values[0].edition


def test_a_toll_that_was_corrected_is_told(tmp_path: Path) -> None:
    """A figure that fell is told like one that rose, and with the source's own reason."""
    made = mornings(tmp_path, "The flood killed 12 people at the mill.",
        "The flood has killed 15 people at Velm mill, the mayor said.",
        "The flood killed 14 people, not 15, as one was counted twice.")  # fmt: skip

    assert values(made) == [["15 people", "14 people"]]
    assert "counted twice" in since(made)[0].values[1].text


@pytest.mark.parametrize(
    ("before", "today"),
    [
        ("The flood killed 12 people at the mill.", "The flood that killed 12 people has sunk."),
        ("The flood killed about 15 people.", "The flood killed 14 people at the mill."),
        ("The flood killed 12 people at the mill.", "The flood injured 15 people at the mill."),
        ("The flood killed 12 people at the mill.", "The flood could have killed 15 people."),
        ("The flood killed 12 people at the mill.", "The flood killed 15 cows at the mill."),
        ("The flood killed 12 people at the mill.", "The mill was insured for 15 guilders."),
    ],
)
def test_what_is_no_other_figure_of_the_same_is_not_told(
    tmp_path: Path, before: str, today: str
) -> None:
    """The same figure, a rounded one, one of others or of what might be: silence."""
    assert values(mornings(tmp_path, before, today)) == []


def test_only_what_this_title_printed_counts(tmp_path: Path) -> None:
    """Another briefing's edition is not "our edition" to a reader of this one."""
    made = mornings(tmp_path, "The flood killed 12 people at the mill.",
        "The flood has killed 15 people at Velm mill.", titles=("Other", "Velm"))  # fmt: skip

    assert values(made) == []


def test_every_face_names_the_edition_that_had_the_other_figure(tmp_path: Path) -> None:
    """Page and plain text say whose figure each is; the edition is read back as it was written."""
    edition = mornings(tmp_path, "The flood killed 12 people at the mill.",
        "The flood has killed 15 people at Velm mill.").edition  # fmt: skip

    plain = bulletin.markdown(edition)
    shown = html(edition, template="daily", compiled=NOW, zone="Europe/London")
    for face in (plain, shown):
        assert "Our edition of Monday 2 March had another figure" in face
        assert "our edition of Monday 2 March, " in face.replace("\\", "")
        assert ", now " in face
    assert load_edition(dump_edition(edition)) == edition
    assert list(check_content(edition, {})) == []


def _forged(of: Edition, **changes: object) -> Edition:
    """Return the edition with its earlier figure changed, under the id this gives it."""
    story = of.stories[0]
    (found,) = story.differences
    first = replace(found.values[0], **changes)  # type: ignore[arg-type] # whatever a forger takes
    forged = replace(found, values=(first, *found.values[1:]))
    return named(replace(of, stories=(replace(story, differences=(forged,)),)))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"value": "2 people"}, "'2 people' is not in the sentence cited for it"),
        ({"value": "3 people"}, "'3 people' is not in the sentence cited for it"),
        ({"edition": "2026-02-01-0730-0123456789"}, "not under the edition that printed it"),
    ],
)
def test_a_forged_earlier_figure_is_found(
    tmp_path: Path, changes: dict[str, str], told: str
) -> None:
    """What we are said to have printed must stand in the sentence carried for it."""
    edition = mornings(tmp_path, "The flood killed 12 people at the mill.",
        "The flood has killed 15 people at Velm mill.").edition  # fmt: skip

    found = [finding.what for finding in check_content(_forged(edition, **changes), {})]

    assert any(told in what for what in found)
