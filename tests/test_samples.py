"""The samples are whole, and say what the expectations of the five-day replay say of them.

These tests read the files with the standard library alone, so that a fault of a reader cannot
hide a fault of a sample.
"""

import html
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

SAMPLES = Path(__file__).parents[1] / "samples"
WEEK = SAMPLES / "week"
ARTICLES = sorted((SAMPLES / "articles").iterdir())
TEASERS = {"courant-paywall-teaser.txt"}
EXPECTED: dict[str, Any] = json.loads((WEEK / "expected.json").read_text(encoding="utf-8"))
DAYS: list[dict[str, Any]] = EXPECTED["days"]
UNITS: dict[str, dict[str, Any]] = {u["ref"]: u for d in DAYS for u in d["units"]}
COPIES = {
    "near-duplicate",
    "exact-duplicate",
    "earlier-version",
    "republication",
}
UNTIMED = {"empty", "unreadable", "not-article"}
# The shortest sentence that two writers would not hit upon alone.
_SENTENCE_WORDS = 9
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"

by_day = pytest.mark.parametrize("day", DAYS, ids=lambda day: str(day["date"]))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_article_is_long_enough_to_be_judged(path: Path) -> None:
    """A single article has 180 to 700 words, unless it is a teaser, which has fewer."""
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


@by_day
def test_a_day_has_enough_of_everything(day: dict[str, Any]) -> None:
    """Each day brings at least twelve units from five outlets in four forms."""
    refs = [u["ref"] for u in day["units"]]
    forms = {ref.partition("#")[0].rpartition(".")[2] for ref in refs}
    assert len(refs) >= 12
    assert len({u["outlet"] for u in day["units"]}) == 5
    assert {"txt", "html", "eml", "rss"} <= forms


@by_day
def test_the_units_are_those_on_the_disk(day: dict[str, Any]) -> None:
    """Every unit of a day's folder has an expectation, and every expectation a unit."""
    found = {ref for path in _files(day) for ref in _refs(path)}
    assert {u["ref"] for u in day["units"]} == found


@by_day
def test_the_balance_adds_up(day: dict[str, Any]) -> None:
    """In is printed and merged and dropped; each event prints one unit and merges the rest."""
    fates = [u["fate"] for u in day["units"]]
    counted = {fate: fates.count(fate) for fate in ("printed", "merged", "dropped")}
    assert day["balance"] == {"in": len(fates), **counted}
    assert sum(counted.values()) == len(fates)
    assert counted["printed"] == len(day["events"])
    for event in day["events"]:
        kept = [u["ref"] for u in day["units"] if u["event"] == event["id"]]
        kept = [ref for ref in kept if UNITS[ref]["fate"] != "dropped"]
        assert sorted(kept) == sorted(event["units"])
        assert [r for r in kept if UNITS[r]["fate"] == "printed"] == [event["lead"]]


@by_day
def test_times_stand_in_the_file_and_decide_the_window(day: dict[str, Any]) -> None:
    """A unit is out of the day's window exactly if it is expected to be dropped for that."""
    end = datetime.fromisoformat(day["now"])
    start = end - timedelta(hours=EXPECTED["window_h"])
    assert end.astimezone(ZoneInfo(EXPECTED["zone"])).strftime("%F %H:%M") == day["date"] + " 07:30"
    for row in day["units"]:
        assert (row["published"] is None) == (row["reason"] in UNTIMED), row["ref"]
        if row["published"] is None:
            continue
        latest = datetime.fromisoformat(row["updated"] or row["published"])
        assert (start < latest <= end) == (row["reason"] != "out-of-window"), row["ref"]
        assert _says(row["ref"], datetime.fromisoformat(row["published"])), row["ref"]


@by_day
def test_values_stand_in_the_texts(day: dict[str, Any]) -> None:
    """Each value of a difference, or of a false alarm, is in a kept unit of its event.

    What was corrected stands in the version that was dropped for the correction.
    """
    for found in (*day["differences"], *day["not_differences"]):
        event = next(e for e in day["events"] if e["id"] == found["event"])
        for value in found["values"]:
            row = UNITS[value["ref"]]
            corrected = found.get("kind") == "corrected" and row["reason"] == "earlier-version"
            assert row["event"] == found["event"], value
            assert corrected or value["ref"] in event["units"], value
            assert value["value"] in _text(value["ref"]), value


@by_day
def test_differences_stand_in_the_order_of_time(day: dict[str, Any]) -> None:
    """The values of a difference are of different units, earliest first, and none is alike."""
    for found in day["differences"]:
        times = [_latest(value["ref"]) for value in found["values"]]
        assert times == sorted(set(times)), found
        assert len({value["value"] for value in found["values"]}) == len(times) >= 2


@by_day
def test_a_rising_figure_rises(day: dict[str, Any]) -> None:
    """Figures called rising grow with time, and counts called differing do not."""
    for found in day["differences"]:
        figures = [_number(value["value"]) for value in found["values"]]
        if found["kind"] == "rising":
            assert figures == sorted(set(figures)), found
        elif found["kind"] == "differ" and all(figures):
            assert figures != sorted(figures), found


def test_marks_follow_the_days_before() -> None:
    """A story is new once, then counts its days from that one and names the last edition."""
    first: dict[str, int] = {}
    last: dict[str, str] = {}
    printings: dict[str, int] = {}
    for day in DAYS:
        for event in day["events"]:
            name = event["id"]
            assert (event["mark"] == "NEW") == (name not in first), (day["date"], name)
            first.setdefault(name, day["day"])
            printings[name] = printings.get(name, 0) + 1
            assert event["day"] == day["day"] - first[name] + 1
            assert event["printing"] == printings[name]
            assert event["since"] == last.get(name)
            assert ("new" in event) == (event["mark"] == "UPDATE")
            last[name] = day["date"]


def test_every_fate_and_mark_is_met() -> None:
    """The week has each reason to drop that a folder of files can bring, and each mark."""
    reasons = {u["reason"] for u in UNITS.values() if u["fate"] == "dropped"}
    assert reasons == COPIES | UNTIMED | {"teaser", "out-of-window", "vetoed"}
    assert {e["mark"] for d in DAYS for e in d["events"]} == {"NEW", "UPDATE", "CONTINUING"}
    kinds = {found["kind"] for d in DAYS for found in d["differences"]}
    assert kinds == {"differ", "rising", "corrected"}


def test_copies_are_copies() -> None:
    """A whole copy has the sentences of its original; a near one has more than half of them."""
    for row in UNITS.values():
        if "of" not in row:
            continue
        own, whole = _sentences(row["ref"]), _sentences(row["of"])
        if row["reason"] in ("exact-duplicate", "republication"):
            assert own == whole, row["ref"]
        else:
            assert own != whole, row["ref"]
            assert sum(s in whole for s in own) > len(own) / 2, row["ref"]


def test_no_sentence_is_used_twice() -> None:
    """Units that are not planned as copies share no sentence, on any of the five days."""
    texts = {
        ref: set(_sentences(ref))
        for ref, row in UNITS.items()
        if "of" not in row and row["reason"] not in UNTIMED | {"earlier-version"}
    }
    shared = [(a, b, texts[a] & texts[b]) for a, b in combinations(texts, 2)]
    assert [found for found in shared if found[2]] == []


def test_articles_of_the_week_have_a_body_to_judge() -> None:
    """Whatever is to be printed or merged has 140 to 350 words."""
    for ref, row in UNITS.items():
        if row["fate"] != "dropped":
            assert 140 <= len(_text(ref).split()) <= 350, ref


def _files(day: dict[str, Any]) -> list[Path]:
    """Return the files of a day's folder."""
    return sorted((WEEK / f"day{day['day']}").iterdir())


def _refs(path: Path) -> list[str]:
    """Return the refs of the units of a file."""
    ref = path.relative_to(WEEK).as_posix()
    if path.suffix == ".rss":
        return [f"{ref}#{n}" for n, _ in enumerate(_items(path), 1)]
    if path.suffix == ".eml":
        count = len(_sections(path))
        return [f"{ref}#{n}" for n in range(1, count + 1)] if count > 1 else [ref]
    return [ref]


@cache
def _text(ref: str) -> str:
    """Return the sentences of a unit's body, spaces folded."""
    blocks = (" ".join(block.split()) for block in _blocks(ref))
    prose = [re.sub(r"^.{5,60}\(Meridian Wire\) - ", "", b) for b in blocks if _is_prose(b)]
    return " ".join(prose)


def _blocks(ref: str) -> list[str]:
    """Return the paragraphs of a unit as its format marks them, headings among them."""
    name, _, number = ref.partition("#")
    path = WEEK / name
    if path.suffix == ".rss":
        item = _items(path)[int(number) - 1]
        return _paragraphs(item.findtext(_CONTENT) or f"<p>{item.findtext('description')}</p>")
    if path.suffix == ".eml":
        return _sections(path)[int(number or 1) - 1].split("\n\n")
    text = _decoded(path)
    if path.suffix in (".html", ".xml"):
        return _paragraphs(text)
    body = json.loads(text)["bodies"][0]["value"] if path.suffix == ".json" else text
    return str(body).split("\n\n")


def _decoded(path: Path) -> str:
    """Return the text of a file: UTF-8, or what Windows saves."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def _paragraphs(markup: str) -> list[str]:
    """Return the text of the paragraphs that carry no class: the body's, in these pages."""
    found = re.findall(r"<p>(.*?)(?=</p>|<p\b|<aside|<div|</span>)", markup, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", p)) for p in found]


def _is_prose(block: str) -> bool:
    """Tell whether a paragraph is made of sentences: not a headline, byline or caption."""
    return bool(re.search(r"[.?!…][\"”’']?$", block)) and "Picture: " not in block


def _sentences(ref: str) -> list[str]:
    """Return the sentences of a unit that are long enough to be one writer's own."""
    found = re.split(r"(?<=[.?!…])[\"”’']? +", _text(ref))
    return [s for s in found if len(s.split()) >= _SENTENCE_WORDS]


def _items(path: Path) -> list[ElementTree.Element]:
    """Return the items of a feed, the bare ampersand of day 3 forgiven."""
    text = path.read_text(encoding="utf-8").replace("News & views", "News and views")
    return ElementTree.fromstring(text).findall("./channel/item")


def _sections(path: Path) -> list[str]:
    """Return the articles of a newsletter, without its masthead and footer."""
    body = _message(path).get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return re.split(r"^-{20,}$", body.get_content(), flags=re.MULTILINE)[1:-1]


def _message(path: Path) -> EmailMessage:
    """Return a newsletter, parsed."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _says(ref: str, when: datetime) -> bool:
    """Tell whether a unit's file says that it was published at *when*."""
    name, _, number = ref.partition("#")
    path = WEEK / name
    if path.suffix == ".rss":
        stamp = _items(path)[int(number) - 1].findtext("pubDate") or ""
        return parsedate_to_datetime(stamp) == when
    if path.suffix == ".eml":
        return parsedate_to_datetime(str(_message(path)["Date"])) == when
    text = _decoded(path)
    return any(stamp in text for stamp in _stamps(when))


def _stamps(when: datetime) -> Iterator[str]:
    """Yield the forms in which the outlets write a time."""
    yield f"{when:%Y-%m-%dT%H:%M}"
    yield f"{when.day} {when:%B %Y}, {when:%H:%M}"
    yield f"{when.day} {when:%b %Y} at {when:%H:%M}"
    yield f"{when:%B} {when.day}, {when.year} {when.hour % 12 or 12}:{when:%M} {when:%p} GMT"


def _latest(ref: str) -> datetime:
    """Return when a unit was last changed."""
    row = UNITS[ref]
    return datetime.fromisoformat(row["updated"] or row["published"])


def _number(value: str) -> float:
    """Return the count that a value states, 0 for a date or a name."""
    if value.startswith("Fourteen"):
        return 14
    found = re.search(r"[\d,.]*\d", value)
    return float(found.group().replace(",", "")) if found and "March" not in value else 0
