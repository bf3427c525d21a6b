"""Strangers' text cannot hide, run on without end, or link to where it should not."""

import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.render import safe

CASES = json.loads(
    (Path(__file__).parent / "cases" / "render" / "safe.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["visible"], ids=lambda c: c["label"])
def test_visible(case: dict[str, str]) -> None:
    """What a reader cannot see is gone, and what a script needs has stayed."""
    assert safe.visible(case["input"]) == case["expected"]


@pytest.mark.parametrize("case", CASES["link"], ids=lambda c: c["label"])
def test_link(case: dict[str, str | None]) -> None:
    """Only plain web and mail addresses are linked."""
    assert safe.link(case["input"]) == case["expected"]


@given(st.text())
def test_visible_twice_changes_nothing_more(text: str) -> None:
    """Making text visible is done once."""
    assert safe.visible(safe.visible(text)) == safe.visible(text)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S"))))
def test_letters_marks_and_digits_all_stay(text: str) -> None:
    """No visible character is lost or changed, apart from fillers that only look empty."""
    fillers = "\u115f\u1160\u3164\uffa0"

    assert safe.visible(text) == "".join(c for c in text if c not in fillers)


@given(st.text())
def test_nothing_that_steers_a_terminal_or_the_direction_is_left(text: str) -> None:
    """Of control and format characters only line feed, tab and needed joiners are left."""
    left = {c for c in safe.visible(text) if unicodedata.category(c) in ("Cc", "Cf", "Cs")}

    assert not {c for c in left if c in safe.BREAK or ord(c) < 32} - {"\n", "\t"}
    assert not left & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@given(st.text(), st.integers(0, 300))
def test_no_token_is_longer_than_the_limit(text: str, length: int) -> None:
    """Whatever the text, a line can be broken after 40 letters, and no letter is lost."""
    printed = safe.printable(text + "a" * length)

    tokens = printed.replace(safe.BREAK, " ").split()
    assert all(len(token) <= safe.LONGEST_TOKEN for token in tokens)
    assert printed.replace(safe.BREAK, "") == safe.visible(text + "a" * length)


@given(st.text(max_size=200), st.integers(1, 400))
def test_pieces_hold_every_word(text: str, times: int) -> None:
    """A long paragraph is cut, and joined again it has the same words or letters."""
    whole = text * times

    pieces = safe.pieces(whole)

    assert all(len(piece) <= safe.LONGEST_PIECE for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(whole.split())


@pytest.mark.parametrize("worst", ["a", "a ", "\u200c", "\u202e", "[", "https://"])
def test_cost_grows_with_the_text_and_not_with_its_square(worst: str) -> None:
    """Ten times the text takes about ten times as long, on each pattern's worst string."""

    def cost(size: int) -> float:
        text = worst * size
        begun = time.process_time()
        safe.printable(text), safe.pieces(text), safe.one_line(text), safe.link(text)
        return time.process_time() - begun

    small = min(cost(20_000) for _ in range(3))
    large = min(cost(200_000) for _ in range(3))

    assert large < 40 * max(small, 0.001)


def test_one_line_cannot_forge_a_mail_header() -> None:
    """A title with a line break stays one line."""
    assert safe.one_line("Rates up\r\nBcc: all@x.example\x00") == "Rates up Bcc: all@x.example"
