"""The editor's file: written for a person, read strictly, kept through every run."""

import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import CUTOFF, FERRY, LIBRARY, arrivals, draft, frame, groups, told

from briefing import editor
from briefing.compose import Composed, Draft, Wish, Wishes, compose, point_id, regroup
from briefing.compose import Memory as NoMemory
from briefing.edition import Comment
from briefing.errors import ConfigError
from briefing.model import Article, KeyPoint, Summary

FERRY_A = told("a/newline.txt")
FERRY_B = told("b/courant.txt", ("Fourteen were hurt when a ferry ran aground.",))
BOOKS = told("c/post.txt", LIBRARY)
DAY: tuple[Sequence[Summary], ...] = ([FERRY_A, FERRY_B], [BOOKS])


def run(text: str | None, *day: Sequence[Summary]) -> tuple[Composed, str, tuple[str, ...]]:
    """Return edition, file and stale edits of a run with the file as it was, as `daily` does it."""
    before = None if text is None else editor.read(text)
    wishes = before.wishes if before else Wishes()
    made: list[Draft] = [draft(group) for group in regroup(groups(*day), wishes, memory=NoMemory())]
    composed = compose(made, arrivals(), frame(wishes=wishes))
    stale = editor.stale(before, composed) if before else ()
    return composed, editor.write(composed, before), stale


def fresh(*day: Sequence[Summary]) -> tuple[Composed, str]:
    """Return edition and file of a first run."""
    composed, text, _ = run(None, *(day or DAY))
    return composed, text


def ids(composed: Composed) -> list[str]:
    """Return the ids of the printed stories, in order."""
    return [story.id for story in composed.edition.stories]


def test_the_file_lists_stories_and_points_in_order() -> None:
    """Each with its id, and the words beside it for the person who reads."""
    composed, text = fresh()

    values = tomllib.loads(text)

    assert [s["id"] for s in values["story"]] == ids(composed)
    assert [len(s["points"]) for s in values["story"]] == [4, 2]
    assert f"# {FERRY[0]}" in text
    assert "NEW, day 1; Newline, Courant" in text


def test_a_headline_replaced_everywhere_is_not_lost() -> None:
    """A "replace all" that reaches what was offered is refused, with what to do."""
    composed, text = fresh()
    headline = composed.edition.stories[0].headline

    with pytest.raises(ConfigError, match=r"did a “replace all” reach it.*under \[\[story"):
        editor.read(text.replace(headline, "Another headline"))


def test_an_untouched_file_changes_nothing() -> None:
    """Reading it back wishes for nothing, and writing it again gives the same bytes."""
    composed, text = fresh()

    again, rewritten, stale = run(text, *DAY)

    assert rewritten == text
    assert again.edition == composed.edition
    assert stale == ()
    assert not any(w != Wish() for w in editor.read(text).wishes.stories.values())


def edit(text: str, old: str, new: str) -> str:
    """Return the file with *old* replaced where it first stands below the instructions."""
    head, mark, body = text.partition("\nformat = ")
    assert old in body
    return head + mark + body.replace(old, new, 1)


def tables(text: str) -> list[str]:
    """Return what stands before the stories, each story's table, and what was offered."""
    front, _, offered = text.partition("# What was offered")
    return [*front.split("\n[[story]]\n"), offered]


def file_of(head: str, *stories: str, offered: str) -> str:
    """Return the file that `tables` parted."""
    front = "".join(f"\n[[story]]\n{story}" for story in stories)
    return f"{head}{front}\n# What was offered{offered}"


EDITS = [
    ("retitle", 'title = "The ferry Aurelia ran aground"', 'title = "Aground"'),
    ("pin", "points = [", "pin = true\npoints = ["),
    ("drop", "points = [", "drop = true\npoints = ["),
    ("section", "points = [", 'section = "Sea"\npoints = ['),
    ("comment", "points = [", 'comments = [{ author = "A. Vale", text = "Ask." }]\npoints = ['),
]


@pytest.mark.parametrize(("old", "new"), [e[1:] for e in EDITS], ids=[e[0] for e in EDITS])
def test_every_edit_outlives_every_run(old: str, new: str) -> None:
    """What the editor asked for is in the next file, and in the one after it."""
    _, text = fresh()
    edited = edit(text, old, new)
    wishes = editor.read(edited).wishes.stories

    first, second, stale = run(edited, *DAY)
    again, third, _ = run(second, *DAY)

    assert wishes == editor.read(second).wishes.stories
    assert (third, again.edition, stale) == (second, first.edition, ())


def test_a_retitled_story_bears_the_editors_title() -> None:
    """And one whose article was retitled meanwhile bears the article's, unless edited."""
    _, text = fresh()
    edited = edit(text, 'title = "The ferry Aurelia ran aground"', 'title = "Aground"')
    renamed = told(
        "c/post.txt", LIBRARY, title="The council of Marrow votes", url="https://p.example/1"
    )

    composed, _, _ = run(edited, *DAY)
    assert composed.edition.stories[0].headline == "Aground"

    first, text = fresh([told("c/post.txt", LIBRARY, url="https://p.example/1")])
    later, _, stale = run(text, [renamed])
    assert later.edition.stories[0].headline == "The council of Marrow votes"
    assert (stale, ids(first)) == ((), ids(later))


def test_moved_stories_stay_moved_and_late_ones_come_in() -> None:
    """The editor's order holds, a late story finds its place, and the file lists all three."""
    composed, text = fresh()
    head, first, second, offered = tables(text)
    moved = file_of(head, second, first, offered=offered)
    late = told("d/late.txt", ("Snow fell on Velm.",), published=CUTOFF - timedelta(hours=20))

    found, rewritten, _ = run(moved, *DAY, [late])

    assert ids(found)[:2] == list(reversed(ids(composed)))
    assert [s["id"] for s in tomllib.loads(rewritten)["story"]] == ids(found)
    again, _, _ = run(rewritten, *DAY, [late])
    assert ids(again) == ids(found)


def test_deleted_and_moved_points() -> None:
    """A line that is gone is a point that is not printed; the order of the lines is theirs."""
    _, text = fresh()
    lines = text.splitlines()
    places = [n for n, line in enumerate(lines) if line.startswith('  "')]
    lines[places[0]], lines[places[2]] = lines[places[2]], ""

    composed, rewritten, _ = run("\n".join(lines), *DAY)

    points = composed.edition.stories[0].points
    assert [p.text for p in points[:2]] == [FERRY[2], FERRY[1]]
    assert f"# {FERRY[0]}" in rewritten  # it is a spare one now
    assert run(rewritten, *DAY)[0].edition == composed.edition


def test_a_deleted_story_is_dropped_and_stays_away() -> None:
    """A late article does not bring it back."""
    composed, text = fresh()
    head, first, _, offered = tables(text)
    kept = file_of(head, first, offered=offered)

    found, rewritten, stale = run(kept, *DAY)

    assert ids(found) == ids(composed)[:1]
    assert [u.reason for u in found.edition.account.units if u.fate == "dropped"] == ["vetoed"]
    assert ids(run(rewritten, *DAY)[0]) == ids(found)
    assert stale == ()


def test_merged_stories_stay_one() -> None:
    """The guest's table may stay or go; the next file has one story."""
    composed, text = fresh()
    host, guest = ids(composed)
    edited = edit(text, "points = [", f'merge = ["{guest}"]\npoints = [')

    found, rewritten, stale = run(edited, *DAY)

    assert ids(found) == [host]
    assert {a.ref for a in found.edition.stories[0].articles} == {
        "a/newline.txt",
        "b/courant.txt",
        "c/post.txt",
    }
    assert (stale, run(rewritten, *DAY)[0].edition) == ((), found.edition)


def test_a_split_article_is_a_story_of_its_own() -> None:
    """Also in the run after."""
    composed, text = fresh()
    edited = edit(text, "points = [", 'split = ["b/courant.txt"]\npoints = [')

    found, rewritten, stale = run(edited, *DAY)

    assert len(found.edition.stories) == 3
    assert ids(composed)[0] in ids(found)
    again, _, still = run(rewritten, *DAY)
    assert (again.edition, stale, still) == (found.edition, (), ())


def test_what_no_longer_fits_is_flagged_with_its_line() -> None:
    """A point whose article changed, a story that is gone: in the list and in the file.

    The point is gone from the file with that; the story's table waits for it to come back.
    """
    _, text = fresh()
    lines = text.splitlines()
    places = [n for n, line in enumerate(lines) if line.startswith('  "')]
    lines[places[0]], lines[places[1]] = lines[places[1]], lines[places[0]]
    pinned = "\n".join(lines).replace("\npoints = [\n", "\npin = true\npoints = [\n")
    changed = told("a/newline.txt", (FERRY[0], "Nobody was hurt.", FERRY[2]))

    _, rewritten, stale = run(pinned, [changed, FERRY_B])

    number = next(n for n, line in enumerate(pinned.splitlines(), 1) if FERRY[1] in line)
    assert stale[0].startswith(f"edition.toml:{number}: stale: the article changed: point ")
    assert "is no longer there" in stale[1]
    assert rewritten.count("# stale: ") == 2
    assert len(run(rewritten, [changed, FERRY_B])[2]) == 1
    assert run(rewritten, *DAY)[2] == ()


def test_a_story_nobody_worked_on_may_come_and_go() -> None:
    """It is not flagged when it goes, and not taken for deleted when it comes back."""
    composed, text = fresh()

    _, without, stale = run(text, [FERRY_A, FERRY_B])
    again, _, _ = run(without, *DAY)

    assert stale == ()
    assert "Marrow" not in without
    assert again.edition == composed.edition


MISTAKES = [
    ('id = "s-', 'id = "x-', r"no story has the id 'x-\w+'; there are s-"),
    ("pin = true", "pin = 1", "pin must be true or false, not 1"),
    ("pin = true", "pinned = true", "there is no key 'pinned'; there are id, title"),
    ("title = ", "title = 3 # ", "title must be text in quotation marks, not 3"),
    ("pin = true", 'merge = ["s-none"]', "no story has the id 's-none'"),
    ("pin = true", 'split = ["none.txt"]', r"no article has the id 'none\.txt'"),
    ("pin = true", "comments = [{ text = 'x' }]", "a comment is { author"),
    ("pin = true", "comments = [{ author = ' ', text = 'x' }]", "a comment is { author"),
    ("pin = true", "comments = ['x']", "a comment is { author"),
    ("pin = true", 'section = ["x"]', "section must be text in quotation marks"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES, ids=[m[1] for m in MISTAKES])
def test_a_mistake_is_shown_in_its_line(old: str, new: str, message: str) -> None:
    """An id that was never offered, a key that there is not, a value of the wrong kind."""
    _, text = fresh()
    good = edit(text, "points = [", "pin = true\npoints = [")
    bad = edit(good, old, new)
    line = next(
        n
        for n, (a, b) in enumerate(zip(good.splitlines(), bad.splitlines(), strict=True), 1)
        if a != b
    )

    with pytest.raises(ConfigError, match=rf"^edition\.toml:{line}: .*({message})"):
        editor.read(bad)


def test_a_wrong_point_is_shown_in_its_own_line() -> None:
    """Not in that of the list it stands in."""
    _, text = fresh()
    lines = text.splitlines()
    place = next(n for n, line in enumerate(lines) if FERRY[1] in line)
    lines[place] = '  "p-none",'

    with pytest.raises(ConfigError, match=rf"^edition\.toml:{place + 1}: no point has the id"):
        editor.read("\n".join(lines))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "format must be"),
        ('format = "briefing.draft/1"\nstories = 3', "2: there is no key 'stories'"),
        ('format = "briefing.draft/1"\nstory = 3', "2: stories are"),
        ('format = "briefing.draft/1"\n[[story]]\ntitle = "x"', "needs the id"),
        ('format = "briefing.draft/1"\n[offered.x]\npoints = 1', "was offered was changed"),
        ('format = "briefing.draft/1"\nstory = [1]', "needs the id"),
        ("format = [", "not TOML"),
    ],
)
def test_what_is_not_the_editors_file_is_refused(text: str, message: str) -> None:
    """Each in one line that says what is wrong."""
    with pytest.raises(ConfigError, match=message):
        editor.read(text)


def test_a_story_that_stands_twice_is_refused() -> None:
    """Two tables of one story contradict each other."""
    composed, text = fresh()
    twice = edit(text, "[[story]]", f'[[story]]\nid = "{ids(composed)[0]}"\n[[story]]')

    with pytest.raises(ConfigError, match="stands twice"):
        editor.read(twice)


def test_a_comment_is_the_editors_and_nobody_elses() -> None:
    """Name and text reach the story as they were written."""
    _, text = fresh()
    said = 'comments = [{ author = "A. \\"Vale\\"", text = "Ask [them]. = #" }]\npoints = ['

    composed, rewritten, _ = run(edit(text, "points = [", said), *DAY)

    expected = (Comment(author='A. "Vale"', text="Ask [them]. = #"),)
    assert composed.edition.stories[0].comments == expected
    assert run(rewritten, *DAY)[0].edition.stories[0].comments == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_strangers_words_break_the_file(words: str) -> None:
    """Whatever a title or sentence holds, the file is TOML and reads back as written."""
    strange = told("x.txt", (f"A {words} b.",), title=f"t{words}")

    composed, text = fresh([strange])

    assert editor.read(text).wishes.stories == {ids(composed)[0]: Wish()}


def test_stories_without_room_are_listed_for_the_editor() -> None:
    """They say so, and pin prints them."""
    many = [
        [told(f"{n}/outlet{n}.txt", (f"Story {n} happened in Velm today.",))] for n in range(31)
    ]
    _, text = fresh(*many)

    assert text.count("# no room: pin = true prints it all the same") == 1
    head, _, tail = text.rpartition("# no room: pin = true prints it all the same\n")
    pinned = head + tail.replace("points = [", "pin = true\npoints = [", 1)
    assert len(run(pinned, *many)[0].edition.stories) == 30


def _file(stories: int, points: int) -> str:
    """Return a file of so many stories, with so many points each."""
    names = [f'"{n:06x}"' for n in range(points)]
    listed = f"points = [{', '.join(names)}]"
    tables = [f'[[story]]\nid = "s-{n}"\npin = true\n{listed}\n' for n in range(stories)]
    offers = [
        f'[offered.s-{n}]\ntitle = "A"\nshown = []\nrefs = ["a{n}.txt"]\n{listed}\n'
        for n in range(stories)
    ]
    return "\n".join(['format = "briefing.draft/1"', *tables, *offers])


def test_reading_takes_steps_as_the_file_is_long() -> None:
    """No story is compared with all before it: ten times as many take some ten times the calls."""
    small, large = _file(30, 8), _file(300, 8)

    assert _calls(large) < 12 * _calls(small)


def _calls(text: str) -> int:
    """Return how many calls it takes to read a file and to tell what is stale in it."""
    composed, _ = fresh()
    count = 0

    def tell(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tell)
    try:
        editor.stale(editor.read(text), composed)
    finally:
        sys.setprofile(None)
    return count


def test_each_point_is_named_once_whatever_the_file_wishes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To tell what is stale: the points there are, not those for each story of the file."""
    composed, text = fresh()
    named = []

    def count(point: KeyPoint, articles: Mapping[str, Article]) -> str:
        named.append(point.text)
        return point_id(point, articles)

    monkeypatch.setattr(sys.modules[editor.stale.__module__], "point_id", count)
    assert editor.stale(editor.read(text), composed) == ()
    assert sorted(named) == sorted(
        point.text for summary in (FERRY_A, FERRY_B, BOOKS) for point in summary.points
    )
