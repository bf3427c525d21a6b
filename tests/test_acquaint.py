"""Whom a story has named needs no bracket again, where it is certain who is meant."""

from dataclasses import replace

import pytest

from briefing.acquaint import told_once
from briefing.model import KeyPoint, Sentence


def _points(*told: tuple[str, str | None]) -> list[KeyPoint]:
    """Return points of these texts and contexts."""
    return [KeyPoint(label="", text=text, sentences=(), context=of) for text, of in told]


@pytest.mark.parametrize(
    ("before", "point", "shown"),
    [
        ("Ada Vale came.", ("[Ada] Vale left.", "Ada Vale"), ("Vale left.", None)),
        ("[Ada] Vale came.", ("[Ada] Vale’s boat left.", "Ada Vale"), ("Vale’s boat left.", None)),
        (
            "It fell to Ms. Ada Vale.",
            ("Ms. [Ada] Vale left.", "Ada Vale"),
            ("Ms. Vale left.", None),
        ),
        (
            "Ada Vale came.",
            ("[Otto] Brandt met [Ada] Vale.", "Otto Brandt; Ada Vale"),
            ("[Otto] Brandt met Vale.", "Otto Brandt"),
        ),
        ("Ada Vale came.", ("she [Ada Vale] left.", "Ada Vale"), None),
        ("Vale came.", ("[Ada] Vale left.", "Ada Vale"), None),
        ("Ada Vale met Tom Vale.", ("[Ada] Vale left.", "Ada Vale"), None),
        ("Ada Vales came.", ("[Ada] Vale left.", "Ada Vale"), None),
        ("Canada Vale came.", ("[Ada] Vale left.", "Ada Vale"), None),
    ],
)
def test_a_name_is_completed_once(
    before: str, point: tuple[str, str], shown: tuple[str, str | None] | None
) -> None:
    """Where the full name stands before and no other bearer of the surname does."""
    _, found = told_once(_points((before, "Ada Vale" if "[" in before else None), point))

    assert (found.text, found.context) == (shown or point)


def test_the_articles_own_bracket_stays() -> None:
    """A journalist had put it there."""
    own = Sentence(text="“[Ada] Vale left.”", start=0, end=18, position=0, paragraph=0)
    first, second = _points(("Ada Vale came.", None), ("“[Ada] Vale left.”", "Ada Vale"))

    assert told_once([first, replace(second, sentences=(own,))])[1].text == second.text


def test_the_first_point_keeps_its_brackets() -> None:
    """Nothing is told before it."""
    points = _points(("[Ada] Vale met Ada Vale’s brother.", "Ada Vale"))
    assert told_once(points) == tuple(points)
