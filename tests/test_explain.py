"""What became of each sentence, as data, in the terminal and as a page."""

from collections.abc import Sequence
from html import unescape
from pathlib import Path

import pytest
from documents import article, document
from hypothesis import given
from hypothesis import strategies as st

from briefing import cli
from briefing.choose import choose
from briefing.cli.explain import page, text
from briefing.explain import passages, tally
from briefing.model import Fate, KeyPoint, Plan, Sentence, SentenceFate, Summary
from briefing.summarisers import get

HOSTILE = (
    "<script>alert(1)</script> & \x1b[31mred\x07 \u202eevil\u202c \"quoted\" 'single' {braces} <b>."
)


def summary(*paragraphs: str, title: str | None = None) -> Summary:
    """Return the summary of a few paragraphs."""
    return choose(document(*paragraphs, title=title), Plan(), summarise=get("briefing"))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_passages_are_the_whole_text(spans: Sequence[tuple[int, int]]) -> None:
    """Whatever the fates, joined passages are the article's text, and none is lost or doubled."""
    whole = article("Skerrow closed. Orran paid. Nobody came.")
    fates = tuple(SentenceFate(start=min(s), end=max(s), fate=Fate.NOT_CHOSEN) for s in spans)
    cut = passages(Summary(article=whole, points=(), fates=fates))

    assert "".join(p.text for p in cut) == whole.text
    assert all(whole.text[p.start : p.end] == p.text for p in cut)


def test_verdicts_name_the_point() -> None:
    """Points count from 1, and a repaired one shows what is printed."""
    whole = article("But Skerrow closed.")
    sentence = Sentence(text=whole.text, start=0, end=19, position=0, paragraph=0)
    point = KeyPoint(label="Skerrow", text="… Skerrow closed.", sentences=(sentence,))
    fate = SentenceFate(start=0, end=19, fate=Fate.REPAIRED, score=0.5, point=0)
    found = Summary(article=whole, points=(point,), fates=(fate,))

    assert [(p.verdict, p.shown) for p in passages(found)] == [
        ("point 1, repaired", "… Skerrow closed.")
    ]
    assert tally(found)[Fate.REPAIRED] == 1


def test_the_terminal_says_why() -> None:
    """Each sentence has its verdict, its score and its reasons."""
    told = text(summary("Skerrow closed its harbour on Monday.", "It will open again in May."))

    assert "1 chosen" in told
    assert "[point 1]" in told
    assert "does not stand alone, and no remedy was certain" in told


def test_the_terminal_obeys_no_stranger() -> None:
    """No escape sequence of the article reaches the terminal."""
    told = text(summary(HOSTILE, title=HOSTILE))

    assert "\x1b" not in told
    assert "\x07" not in told
    assert "\u202e" not in told


def test_the_page_is_inert() -> None:
    """Markup of the article is shown as text, wherever it stands."""
    made = page([summary(HOSTILE, "Skerrow closed its harbour.", title=HOSTILE)])

    assert "<script" not in made
    assert "<b>." not in made
    assert "\x1b" not in made
    assert "<script>alert(1)</script>" in unescape(made)
    assert "default-src 'none'" in made


def test_the_page_marks_points_in_place() -> None:
    """A chosen sentence is marked with its number and linked from the list of points."""
    made = page([summary("Skerrow closed its harbour on Monday.", "It will open again in May.")])

    assert 'class="chosen"' in made
    assert "<sup>1</sup>" in made
    assert 'href="#s0"' in made
    assert 'id="s0"' in made


@pytest.mark.parametrize("name", ["why.txt", "why.html"])
def test_the_command_writes_what_the_name_says(name: str, tmp_path: Path) -> None:
    """The face follows the name of the output."""
    source = tmp_path / "article.txt"
    source.write_text(
        "Skerrow harbour closes\n\nSkerrow closed its harbour on Monday, the county said.\n\n"
        "Divers found cracks in 14 caissons of the eastern pier, and the repair will cost the "
        "county £38 million over three years.\n\nHotels in Skerrow have lost a third of their "
        "bookings for July and August, and fishermen fear for their catch.\n",
        encoding="utf-8",
    )
    target = tmp_path / name

    assert cli.main(["explain", str(source), "-o", str(target)]) == 0
    made = target.read_text(encoding="utf-8")
    assert made.startswith("<!doctype html>") == name.endswith("html")
    assert "Skerrow closed its harbour on Monday" in made


def test_a_missing_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be read is told on standard error, and the exit code says so."""
    assert cli.main(["explain", str(tmp_path / "none.txt")]) == 1
    assert "none.txt" in capsys.readouterr().err
