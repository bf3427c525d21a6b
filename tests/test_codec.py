"""The JSON that others may rely on, both ways."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from editions import edition
from hypothesis import given
from hypothesis import strategies as st

from briefing.codec import digest, dump_edition, dump_outcomes, load_edition, named
from briefing.codec.indented import dumps
from briefing.errors import FormatError
from briefing.model import (
    Article,
    Block,
    Failure,
    KeyPoint,
    OffsetMap,
    Rights,
    Role,
    Sentence,
    Summary,
)

Edit = Callable[[dict[str, Any]], Any]


def summary() -> Summary:
    """Return a summary of a text whose first four characters came as five."""
    text = "Ada’s ferry sank. Two were hurt."
    article = Article(
        ref="a.txt",
        sha256="0" * 64,
        source_text="Ada&#39;s ferry sank. Two were hurt.",
        text=text,
        offsets=OffsetMap(here=(0, 3, 4), there=(0, 3, 8)),
        blocks=(Block(start=0, end=len(text), role=Role.BODY),),
        title="Ferry sinks",
        authors=("Ada Vale",),
        publisher="Newline",
        published=datetime(2026, 3, 4, 7, 30, tzinfo=UTC),
        language="en",
        rights=Rights(embargo=datetime(2026, 3, 4, 12, 0, tzinfo=UTC)),
    )
    sentence = Sentence(text="Ada’s ferry sank.", start=0, end=17, position=0, paragraph=0)
    point = KeyPoint(label="Ferry", text=sentence.text, sentences=(sentence,), score=1.0)
    return Summary(article=article, points=(point,))


def test_a_summary_has_the_keys_that_others_rely_on() -> None:
    """The object is the one the manual shows, with both places of each sentence."""
    assert json.loads(dump_outcomes([summary()])) == {
        "format": "briefing.summary/1",
        "article": {
            "ref": "a.txt",
            "kind": "article",
            "title": "Ferry sinks",
            "authors": ["Ada Vale"],
            "publisher": "Newline",
            "published": "2026-03-04T07:30:00+00:00",
            "published_day_only": False,
            "updated": None,
            "language": "en",
            "words": 6,
            "sha256": "0" * 64,
            "embargo": "2026-03-04T12:00:00+00:00",
        },
        "points": [
            {
                "label": "Ferry",
                "text": "Ada’s ferry sank.",
                "speaker": None,
                "context": None,
                "score": 1.0,
                "reasons": [],
                "sentences": [
                    {
                        "text": "Ada’s ferry sank.",
                        "start": 0,
                        "end": 17,
                        "source_start": 0,
                        "source_end": 21,
                        "paragraph": 0,
                    }
                ],
            }
        ],
        "failures": [],
    }


def test_several_outcomes_are_a_list_and_a_failure_keeps_its_place() -> None:
    """The n-th outcome is the n-th object, whether it went well or not."""
    failure = Failure(ref="b.txt", stage="read", message="it is empty")

    first, second = json.loads(dump_outcomes([failure, summary()]))

    assert first["article"] is None
    assert first["failures"] == [{"ref": "b.txt", "stage": "read", "message": "it is empty"}]
    assert second["article"]["ref"] == "a.txt"


def test_no_outcome_is_an_empty_list() -> None:
    """Nothing in gives a list with nothing in it."""
    assert json.loads(dump_outcomes([])) == []


def test_an_edition_comes_back_the_same() -> None:
    """Reading what was written gives an equal edition, and writing that the same bytes."""
    text = dump_edition(edition())

    assert load_edition(text) == edition()
    assert load_edition(text.encode()) == edition()
    assert dump_edition(load_edition(text)) == text


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_any_words_and_numbers_come_back_the_same(words: str, number: float) -> None:
    """Whatever stands in a headline, label or score is read as it was written."""
    made = edition()
    story = made.stories[0]
    point = replace(story.points[0], text=words, label=words, score=number)
    made = replace(made, stories=(replace(story, headline=words, points=(point,)), made.stories[1]))

    assert load_edition(dump_edition(made)) == made


def test_an_edition_is_named_by_its_date_time_and_digest() -> None:
    """A reader sees in the id when it was cut off, in the edition's own zone."""
    window = replace(edition().window, zone="Asia/Kolkata")

    made = edition(window=window)

    assert made.id == f"2026-03-04-1300-{digest(made)}"


EDITS: list[tuple[str, Edit]] = [
    ("title", lambda e: e.update(title="Evening briefing")),
    ("marking", lambda e: e.update(marking=None)),
    ("compiled", lambda e: e.update(compiled="2026-03-04T07:31:00+00:00")),
    ("signed off", lambda e: e.update(signed_off="A. Editor")),
    ("one digit", lambda e: e["stories"][0]["differences"][0]["values"][0].update(value="13")),
    ("a speaker", lambda e: e["stories"][0]["points"][0].update(speaker="Ada Vale")),
    ("a place", lambda e: e["stories"][0]["points"][0]["sentences"][0].update(source_end=9)),
    ("an article's digest", lambda e: e["stories"][0]["articles"][0].update(text_sha256="0")),
    ("a detail", lambda e: e["account"]["units"][0].update(detail="late")),
    ("a failure", lambda e: e["failures"].clear()),
]


@pytest.mark.parametrize("edit", [e for _, e in EDITS], ids=[name for name, _ in EDITS])
def test_any_change_of_content_changes_the_id(edit: Edit) -> None:
    """The id that the content gives is another one as soon as anything differs."""
    raw = json.loads(dump_edition(edition()))
    edit(raw)

    changed = load_edition(json.dumps(raw))

    assert digest(changed) != digest(edition())
    assert named(changed).id != edition().id


def test_a_day_without_a_time_comes_back_and_is_told_only_where_it_is_so() -> None:
    """An edition that has none keeps the bytes and the id it had before the key was known."""
    made = edition()
    story = made.stories[0]
    articles = (replace(story.articles[0], published_day_only=True), *story.articles[1:])
    day = named(replace(made, stories=(replace(story, articles=articles), *made.stories[1:])))

    assert "published_day_only" not in dump_edition(made)
    assert dump_edition(day).count('"published_day_only": true') == 1
    assert load_edition(dump_edition(day)) == day
    assert day.id != made.id


def test_the_id_itself_is_not_part_of_the_digest() -> None:
    """An edition can be asked for its digest whether or not it is named."""
    assert digest(replace(edition(), id="other")) == digest(edition())


BROKEN: list[tuple[str, Edit, str]] = [
    ("another format", lambda e: e.update(format="briefing.edition/2"), "format is 'briefing.ed"),
    ("a missing key", lambda e: e.pop("number"), "number is wrong: Field required"),
    ("an unknown key", lambda e: e.update(extra=1), r"edition\.extra is not a key"),
    (
        "an unknown key far in",
        lambda e: e["stories"][1]["points"][0].update(note=""),
        r"edition\.stories\[1\]\.points\[0\]\.note is not a key",
    ),
    ("a number as text", lambda e: e.update(number="3"), r"edition\.number is text"),
    ("true as a number", lambda e: e.update(number=True), "number is true or false"),
    ("half an edition", lambda e: e.update(number=2.5), "number is wrong"),
    ("an unknown mark", lambda e: e["stories"][0].update(mark="OLD"), r"stories\.0\.mark is wrong"),
    ("a time without zone", lambda e: e.update(cutoff="2026-03-04T07:30:00"), r"edition\.cutoff"),
    ("a zone that is none", lambda e: e["window"].update(zone="Europe/Lonxon"), "no time zone"),
    ("a path as a zone", lambda e: e["window"].update(zone="../../etc/passwd"), "no time zone"),
    ("a folder as a zone", lambda e: e["window"].update(zone="Europe"), "no time zone"),
    ("no zone", lambda e: e["window"].update(zone=""), "no time zone"),
    ("a time before all", lambda e: e.update(compiled="0001-01-01T00:00:00+05:00"), "no calendar"),
    ("a time after all", lambda e: _lead(e).update(updated="9999-12-31T23:00:00Z"), "no calendar"),
    ("stories that are none", lambda e: e.update(stories=[1]), r"stories\.0 is wrong"),
    ("stories that are text", lambda e: e.update(stories="all"), "stories is wrong"),
    ("a window of text", lambda e: e.update(window="today"), "window is wrong"),
    ("half a span", lambda e: _sentence(e).update(source_end=None), "source.* is wrong"),
    ("a false sum", lambda e: e["account"].update(printed=3), r"account\.printed is 3 where 2"),
    ("a story in no section", lambda e: e["sections"].pop(), "do not list each story once: 's-2'"),
    ("a section's stranger", lambda e: e["sections"][0]["stories"].append("s-9"), "'s-9'"),
    ("a story twice", lambda e: e["sections"][0]["stories"].append("s-1"), "list each story once"),
    ("two of one id", lambda e: e["stories"][1].update(id="s-1"), "the story name 's-1'"),
    ("a unit twice", lambda e: e["account"]["units"].append(_unit(e)), r"account|unit name"),
    ("a stranger's point", lambda e: _point(e).update(ref="other.txt"), "cites 'other.txt'"),
]


def _lead(raw: dict[str, Any]) -> Any:
    """Return the first article."""
    return raw["stories"][0]["articles"][0]


def _unit(raw: dict[str, Any]) -> Any:
    """Return a unit, and keep the sum right for one more of it."""
    raw["account"]["in"] += 1
    raw["account"]["merged"] += 1
    return raw["account"]["units"][0]


def _point(raw: dict[str, Any]) -> Any:
    """Return the first point."""
    return raw["stories"][0]["points"][0]


def _sentence(raw: dict[str, Any]) -> Any:
    """Return the first sentence."""
    return _point(raw)["sentences"][0]


@pytest.mark.parametrize(
    ("edit", "message"), [(e, m) for _, e, m in BROKEN], ids=[name for name, _, _ in BROKEN]
)
def test_a_broken_edition_is_refused_by_its_place(edit: Edit, message: str) -> None:
    """The first place that is wrong is named; nothing is coerced or passed over."""
    raw = json.loads(dump_edition(edition()))
    edit(raw)

    with pytest.raises(FormatError, match=message):
        load_edition(json.dumps(raw))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON"),
        ("[]", "not a list"),
        ("null", "not null"),
        ("{", "not JSON"),
        ('{"id": 1, "id": 2}', "'id' stands twice"),
        ('{"number": NaN}', "NaN is not a JSON number"),
        ("[" * 100_000, "nested too deeply"),
        ('"\ud800"', "not JSON"),
        (b"\xff\xfe", "not JSON"),
    ],
    ids=["empty", "list", "null", "cut", "twice", "nan", "deep", "surrogate", "bytes"],
)
def test_what_is_no_json_object_is_refused(text: str | bytes, message: str) -> None:
    """Readers of JSON disagree on some texts; those are refused with the rest."""
    with pytest.raises(FormatError, match=message):
        load_edition(text)


@given(st.data())
def test_no_cut_edition_is_taken(data: st.DataObject) -> None:
    """An edition cut short anywhere before its last bracket is refused."""
    text = dump_edition(edition())
    cut = data.draw(st.integers(0, len(text.rstrip()) - 1))

    with pytest.raises(FormatError):
        load_edition(text[:cut])


# Written apart from the package's own list of what steers.
STEERS = (
    "\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"
)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
) | st.text(st.characters(min_codepoint=0, max_codepoint=0x2FF), max_size=6)
THINGS = st.recursive(
    SCALARS, lambda t: st.lists(t, max_size=3) | st.dictionaries(st.text(max_size=3), t, max_size=3)
)


@given(THINGS)
def test_json_is_written_as_the_standard_library_writes_it(thing: Any) -> None:
    """It reads back as it was, and without what steers it is the library's to the letter."""
    written = dumps(thing)
    usual = json.dumps(thing, ensure_ascii=False, indent=2) + "\n"
    assert json.loads(written) == thing
    assert written == re.sub(f"[{STEERS}]", lambda found: json.dumps(found[0])[1:-1], usual)


@pytest.mark.parametrize("thing", [float("nan"), [float("inf")], {1: 2}, {"a": object()}])
def test_what_has_no_json_is_refused(thing: Any) -> None:
    """No number that is none, no key but text, no thing of another kind."""
    with pytest.raises((ValueError, TypeError)):
        dumps(thing)
