"""Stems: forms of one word meet, in each language that has a stemmer."""

import subprocess
import sys

import pytest

from briefing.stemming import stemmer


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ("resigned", "resigning", "resigns")),
        ("fr", ("élection", "élections")),
        ("de", ("ministern", "minister")),
        ("es", ("elecciones", "elección")),
        ("it", ("elezioni", "elezione")),
        ("pt", ("ministros", "ministro")),
        ("nl", ("ministers", "minister")),
        ("ru", ("министрами", "министров", "министр")),
        ("uk", ("міністрами", "міністрів", "міністр")),
    ],
)
def test_forms_of_a_word_meet(language: str, forms: tuple[str, ...]) -> None:
    """The forms of one word have one stem, and another word has another."""
    stem = stemmer(language)

    assert len({stem(form) for form in forms}) == 1
    assert stem(forms[0]) != stem("12")


def test_other_languages_are_left_alone() -> None:
    """A language without a stemmer keeps its words."""
    assert stemmer("xx")("elections") == "elections"


def test_no_more_of_nltk_than_snowball() -> None:
    """A stemmer leaves neither NLTK nor SciPy nor sumy loaded."""
    code = """
import sys
from briefing.stemming import stemmer
assert stemmer("fr")("maisons") == "maison" and stemmer("uk")("мовами")
assert not {name.partition(".")[0] for name in sys.modules} & {"nltk", "scipy", "sumy"}
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
