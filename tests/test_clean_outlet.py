"""The outlet's name is read where a pasted page gives it, and nowhere else."""

import json
from pathlib import Path

import pytest

from briefing.clean import clean
from briefing.clean.outlet import outlet
from briefing.model import Article

CASES = json.loads(
    (Path(__file__).parent / "cases" / "cleaning" / "outlets.json").read_text(encoding="utf-8")
)
BODY = (
    "The ferry burned for six hours off the northern head on Sunday before its crew put the"
    " fire out, the harbour board said.\n\nNobody was hurt. The board has asked for a report, and"
    " all other sailings are off until Thursday at the earliest."
)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])]
            if case["expect"] == "fail"
            else [],
        )
        for case in CASES
    ],
)
def test_outlet(case: dict[str, str | None]) -> None:
    """A masthead, a line below the headline, a dateline or a copyright names it."""
    text = str(case["text"]).replace("{body}", BODY)
    found = clean(Article(ref="a", sha256="", source_text=text, text=text), zone="UTC")
    assert found.publisher == case["expected"]
    assert case["expected"] not in found.authors


def test_what_the_reader_knows_stays() -> None:
    """A publisher from the page's own data is not read from the text again."""
    text = f"HARBOUR COURANT\n\nFerry burns\n\n{BODY}"
    known = Article(ref="a", sha256="", source_text=text, text=text, publisher="The Newline")
    assert clean(known, zone="UTC").publisher == "The Newline"


def test_no_lines_name_no_outlet() -> None:
    """An empty text has no outlet."""
    assert outlet((), text="") is None


@pytest.mark.parametrize("url", ["http://[oops/", "not an address", "", None])
def test_a_broken_address_is_none(url: str | None) -> None:
    """What later stages take apart is an address."""
    text = f"Ferry burns\n\n{BODY}"
    found = clean(Article(ref="a", sha256="", source_text=text, text=text, url=url), zone="UTC")
    assert found.url is None
