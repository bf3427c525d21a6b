"""The samples give what they gave when somebody last looked at it."""

from pathlib import Path

import pytest
from goldens import ARTICLES, FOLDER, README, golden, in_readme, written


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.name)
def test_a_sample_gives_what_was_looked_at(article: Path) -> None:
    """A change of what users see is a change of a file that a reviewer sees."""
    expected = golden(article).read_text(encoding="utf-8")
    assert written(article) == expected, "if that is better, run scripts/goldens and look at it"


def test_no_golden_is_left_over() -> None:
    """Each golden belongs to a sample."""
    assert {p.name for p in FOLDER.iterdir()} == {golden(a).name for a in ARTICLES}


def test_the_readme_shows_what_the_program_prints() -> None:
    """The output in the README is that of the golden."""
    shown = README.read_text(encoding="utf-8")
    assert "<!-- golden: newline-lighthouse-speech.txt -->" in shown
    assert in_readme(shown) == shown, "run scripts/goldens"
