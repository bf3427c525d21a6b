"""The samples are whole, and say what the replay's expectations say of them."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "samples"
ARTICLES = sorted((SAMPLES / "articles").iterdir())
TEASERS = {"courant-paywall-teaser.txt"}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_article_is_long_enough_to_be_judged(path: Path) -> None:
    """A sample has 180 to 700 words, unless it is a teaser, which has fewer."""
    count = len(path.read_text(encoding="utf-8").split())
    assert (count < 150) if path.name in TEASERS else (180 <= count <= 700)


def test_every_article_is_described_in_the_readme() -> None:
    """The readme names each file of samples/articles."""
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in ARTICLES if f"`{p.name}`" not in readme] == []


def test_the_speech_has_the_defects_it_is_there_for() -> None:
    """The speech keeps its broken entity, its repeated caption and its reopened quotations."""
    text = (SAMPLES / "articles/newline-lighthouse-speech.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert "&squot;" in text
    assert any(f"{line} Picture: " in text for line in lines if line)
    assert sum(line.startswith("Read more: ") for line in lines) == 2
