"""The cleaner: repairs with offsets, roles of lines, the article's head, its kind."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.clean import clean
from briefing.clean.cuts import dateline
from briefing.clean.header import byline
from briefing.clean.lines import lines
from briefing.clean.offsets import Edit, compose, edited
from briefing.clean.repairs import REPAIRS, repair
from briefing.clean.rules import role_of
from briefing.clean.times import moments
from briefing.model import Article, Kind, Role

CASES = Path(__file__).parent / "cases" / "cleaning"

# Pieces that noisy pages are made of, so that random texts look like them.
PIECES = st.sampled_from(
    [
        "The ferry sank on Monday, the harbour board of Port Vale said.",
        "Ferry sinks",
        "By Ada Vale",
        "3 March 2026, 12:47",
        "Read more: a thing",
        "PORT VALE (Newswire) — It sank.",
        "A boat. Picture: Getty",
        "12 comments",
        "&squot;",
        "&amp;amp;",
        "\u200b",
        "\u00a0",
        "  ",
        "\r\n",
        "\n",
        "\n\n",
        "donâ€™t",
        "e\u0301",
        "Scroll down for video",
        "Subscribe to continue reading",
        "— A (@a) March 3, 2026",
        "#",
        "«",
        "x" * 90,
    ]
)
NOISY = st.lists(PIECES, max_size=30).map("".join)


def params(name: str, kind: str) -> list[Any]:
    """Return the cases of one kind; those we know we fail must go on failing."""
    cases = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))[kind]
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])]
            if case["expect"] == "fail"
            else [],
        )
        for case in cases
    ]


def article(text: str, **more: Any) -> Article:
    """Return an article as a reader hands it over."""
    return Article(ref="a.txt", sha256="", source_text=text, text=text, **more)


@pytest.mark.parametrize("case", params("repairs", "repairs"))
def test_repairs_named_defects(case: dict[str, Any]) -> None:
    """A named defect is mended, what only looks like one stays, and the repair is named."""
    text, _, made = repair(case["text"])

    assert text == case["expected"]
    assert list(made) == case["made"]


def test_each_repair_has_a_name_a_defect_and_a_reason() -> None:
    """The table explains itself to a reader."""
    assert len({r.name for r in REPAIRS}) == len(REPAIRS)
    assert all(r.what and r.why for r in REPAIRS)


@pytest.mark.parametrize("case", params("times", "times"))
def test_reads_times(case: dict[str, Any]) -> None:
    """Times as newspapers write them are read to the minute, and no others."""
    found = moments(case["text"], zone=case["zone"])

    assert [m.when.strftime("%Y-%m-%dT%H:%M") for m in found] == case["expected"]
    assert [m.update for m in found] == case["updates"]


@pytest.mark.parametrize("case", params("lines", "roles"))
def test_knows_noise_by_its_words(case: dict[str, Any]) -> None:
    """A line that is no article's text is known by the table, and running text is not."""
    found = role_of(case["text"])

    assert (found[0].value if found else None) == case["expected"]


@pytest.mark.parametrize("case", params("bylines", "bylines"))
def test_reads_bylines(case: dict[str, Any]) -> None:
    """A byline gives names; an office gives none; running text is no byline."""
    found = byline(case["text"])

    assert (None if found is None else list(found)) == case["expected"]


@pytest.mark.parametrize("case", params("bylines", "datelines"))
def test_finds_datelines(case: dict[str, Any]) -> None:
    """A dateline is told from the first sentence, and a label in capitals is none."""
    found = lines(case["text"])[0]

    assert found.text[: dateline(found)].strip() == case["expected"]


@pytest.mark.parametrize("case", params("pages", "pages"))
def test_cleans_pasted_pages(case: dict[str, Any]) -> None:
    """Title, authors, times and exactly the body's paragraphs come out of a pasted page."""
    found = clean(article(case["text"]), zone="UTC")

    assert [found.text[b.start : b.end] for b in found.body()] == case["body"]
    assert found.title == case["title"]
    assert list(found.authors) == case["authors"]
    assert found.published == _time(case["published"])
    assert found.updated == _time(case["updated"])


@pytest.mark.parametrize("case", params("kinds", "kinds"))
def test_tells_articles_from_what_is_none(case: dict[str, Any]) -> None:
    """A teaser, a headline, a listing and a cookie notice are not taken for articles."""
    found = clean(article(case["text"]), zone="UTC")

    assert found.kind.value == case["kind"]
    assert (found.kind_reason or "").startswith(case["reason"] or "")
    assert (found.kind_reason is None) == (case["reason"] is None)


def test_keeps_what_the_reader_knew() -> None:
    """A title, authors and times from structured data are not replaced by the text's."""
    known = datetime.fromisoformat("2026-01-01T00:00+00:00")
    given_ = article(
        "Ferry sinks\n\nBy Ada Vale\n\n3 March 2026", title="Loss", authors=("X",), published=known
    )

    found = clean(given_, zone="UTC")

    assert (found.title, found.authors, found.published) == ("Loss", ("X",), known)


def test_says_when_the_time_is_a_day_only() -> None:
    """A date without a time counts as midnight of the zone, and the reader is told."""
    found = clean(article("Ferry sinks\n\nBy Ada Vale\n\n3 July 2026"), zone="Europe/London")

    assert str(found.published) == "2026-07-02 23:00:00+00:00"
    assert found.published_day_only
    assert any("midnight" in warning for warning in found.warnings)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
def test_a_day_that_the_reader_found_stays_that_day_in_any_zone(zone: str) -> None:
    """The day alone is midnight where the user is, and never the evening before."""
    day = datetime.fromisoformat("2026-07-03T00:00+00:00")
    given_ = article("Ferry sinks", published=day, published_day_only=True)

    found = clean(given_, zone=zone)

    assert found.published is not None
    assert found.published.astimezone(ZoneInfo(zone)).isoformat()[:16] == "2026-07-03T00:00"
    assert clean(found, zone=zone) == found


def test_a_time_to_the_minute_is_no_day_only() -> None:
    """Where the text gives the time, too, it is printed."""
    found = clean(article("Ferry sinks\n\nBy Ada Vale\n\n3 July 2026, 10:00"), zone="UTC")

    assert found.published is not None
    assert not found.published_day_only


def test_a_kind_that_the_reader_knew_stays() -> None:
    """A feed's teaser stays a teaser, however long it reads."""
    text = "The ferry sank on Monday, the harbour board of Port Vale said. " * 20

    found = clean(article(text, kind=Kind.TEASER, kind_reason="cut by the feed"), zone="UTC")

    assert (found.kind, found.kind_reason) == (Kind.TEASER, "cut by the feed")


def test_text_on_one_line_is_body() -> None:
    """A text without any line break keeps its sentences."""
    text = "The ferry sank on Monday night, the harbour board said. Nobody was hurt. " * 5

    found = clean(article(text), zone="UTC")

    assert found.text[found.body()[0].start : found.body()[-1].end] == text.strip()


def test_hard_wrapped_text_gives_the_same_body() -> None:
    """Wrapping a page at 72 columns changes no paragraph."""
    import textwrap

    case = json.loads((CASES / "pages.json").read_text(encoding="utf-8"))["pages"][0]
    wrapped = "\n\n".join(textwrap.fill(p, 72) for p in case["text"].split("\n\n"))

    found = clean(article(wrapped), zone="UTC")

    assert [found.text[b.start : b.end] for b in found.body()] == case["body"]


@settings(deadline=None)
@given(NOISY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """What is clean stays as it is."""
    once = clean(article(text), zone="Europe/London")

    assert clean(once, zone="Europe/London") == once


@settings(deadline=None)
@given(NOISY)
def test_no_line_is_lost(text: str) -> None:
    """Blocks are in order, never overlap, and hold all that is not white space."""
    found = clean(article(text), zone="UTC")
    ends = [0, *(b.end for b in found.blocks)]

    assert all(e <= b.start < b.end for e, b in zip(ends, found.blocks, strict=False))
    kept = "".join(found.text[b.start : b.end] for b in found.blocks)
    assert "".join(kept.split()) == "".join(found.text.split())


@settings(deadline=None)
@given(NOISY)
def test_every_block_leads_back_to_its_source(text: str) -> None:
    """Repairing the source's span of a block gives the block again."""
    found = clean(article(text), zone="UTC")

    for block in found.blocks:
        start, end = found.offsets.span(block.start, block.end)
        assert 0 <= start < end <= len(found.source_text)
        if found.text == found.source_text:
            assert (start, end) == (block.start, block.end)


edits = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.sampled_from(["", "x", "yz"])))


def _edits(drawn: list[tuple[int, int, str]], length: int) -> list[Edit]:
    """Return what was drawn as edits in order that do not overlap."""
    place, made = 0, []
    for skip, size, replacement in drawn:
        start = place + skip
        if start + size > length:
            break
        made.append(Edit(start=start, end=start + size, replacement=replacement))
        place = start + size + 1
    return made


@settings(deadline=None)
@given(edits, edits)
def test_composed_maps_agree_with_one_after_the_other(
    one: list[tuple[int, int, str]], two: list[tuple[int, int, str]]
) -> None:
    """What neither repair touched leads back to the same letters."""
    source = "".join(chr(0x4E00 + n) for n in range(40))
    middle, first = edited(source, _edits(one, len(source)))
    text, then = edited(middle, _edits(two, len(middle)))

    both = compose(first, then)

    for at, letter in enumerate(text):
        if letter in source:
            start, end = both.span(at, at + 1)
            assert source[start:end] == letter


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aA .!\n\"'&;#x(@/:—-0123456789|»"), max_size=400))
def test_any_text_can_be_cleaned(text: str) -> None:
    """No text makes the cleaner fail, and body is only what was not empty."""
    found = clean(article(text), zone="UTC")

    assert all(found.text[b.start : b.end].strip() for b in found.blocks)
    assert all(isinstance(b.role, Role) and b.rule for b in found.blocks)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 300_000,
        "By " * 100_000,
        "A " * 100_000,
        "&" * 200_000,
        "&amp;" * 60_000,
        "1 " * 100_000,
        "3 March " * 30_000,
        "(" * 200_000,
        "Watch " * 50_000 + "»",
        "Vale/" * 60_000,
        "Picture: " * 30_000,
        "\n".join(["12:00 " * 30] * 2_000),
    ],
    ids=lambda text: text[:8].strip(),
)
def test_long_lines_of_anything_are_cleaned(text: str) -> None:
    """A line of hundreds of thousands of characters ends: no expression is worse than linear."""
    assert clean(article(text), zone="UTC").source_text == text


def _time(text: str | None) -> datetime | None:
    """Return a time of a case."""
    return datetime.fromisoformat(text) if text else None
