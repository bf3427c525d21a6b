"""The daily edition: made of whatever answers, written whole, remembered once."""

import email
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from briefing import render
from briefing.archive import Archive
from briefing.cli.console import clock
from briefing.codec import digest, load_edition
from briefing.codec.carry import pack, unpack
from briefing.config import Config
from briefing.daily import Faces, Made, Request, Tools, make, publish
from briefing.edition import Edition, Reason
from briefing.errors import ArchiveError, FetchError, UsageError, VerifyError
from briefing.fetch import FakeFetcher, Fetched
from briefing.model import Failure
from briefing.render import bulletin, post, wording

SAMPLES = Path(__file__).parent.parent / "samples" / "week"
NOW = clock("2026-03-02T07:30+00:00")
DAY1 = ("meridian-quake-2.txt", "newline-quake.html", "nine-mirador.txt", "newline-strike.txt")


def quick(edition: Edition, texts: Mapping[str, str], config: Config) -> Faces:
    """Return the one face that costs nothing to make."""
    assert config
    return Faces(files={"edition.json": pack(edition, texts).encode()})


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return a folder whose inbox holds four articles of one morning."""
    (tmp_path / "inbox").mkdir()
    for name in DAY1:
        shutil.copy(SAMPLES / "day1" / name, tmp_path / "inbox")
    return tmp_path


def run(folder: Path, *inputs: str, **changes: Any) -> Made:
    """Return what a run in *folder* makes of *inputs*, by default of the inbox."""
    known = {"now": NOW, "draft": False, "output": None, "past": False}
    request: dict[str, Any] = {key: changes.pop(key, value) for key, value in known.items()}
    tools: dict[str, Any] = {
        key: changes.pop(key) for key in ("fetcher", "map", "check", "faces") if key in changes
    }
    settings: dict[str, Any] = {"zone": "Europe/London", "folder": folder, **changes}
    return make(
        Request(config=Config(**settings), inputs=inputs or (str(folder / "inbox"),), **request),
        Tools(**{"faces": quick, "check": lambda *_: {}, **tools}),
    )


def refs(made: Made) -> list[str]:
    """Return the ref of every unit that came in."""
    return [unit.ref for unit in made.edition.account.units]


def statuses(made: Made) -> dict[str, str]:
    """Return how each source answered."""
    return {report.source: report.status for report in made.edition.account.sources}


# What comes in.


def test_an_inbox_becomes_an_edition(office: Path) -> None:
    """Everything in the folder is accounted for, under names that begin with the folder's."""
    made = run(office)

    assert refs(made) == sorted(f"inbox/{name}" for name in DAY1)
    assert made.folder == office / "editions" / "2026-03-02"
    assert load_edition(_bare(made)) == made.edition
    assert len(made.edition.stories) == 3


def _bare(made: Made) -> str:
    """Return the edition of the JSON face, without the texts it carries."""
    raw = json.loads((made.folder / "edition.json").read_text(encoding="utf-8"))
    del raw["texts"]
    return json.dumps(raw)


def test_the_folder_is_named_by_the_day_of_the_zone(office: Path) -> None:
    """At half past seven in London it is evening in Auckland, and the day before in Honolulu."""
    assert run(office, zone="Pacific/Auckland").folder.name == "2026-03-02"
    assert run(office, zone="Pacific/Honolulu").folder.name == "2026-03-01"


def test_sources_are_told_apart(tmp_path: Path) -> None:
    """A feed and a newsletter are sources of their own; the pages of a folder are one together."""
    made = run(tmp_path, str(SAMPLES / "day1"))
    units = {report.source: report.units for report in made.edition.account.sources}

    assert list(units) == ["day1", "day1/courant.rss", "day1/gazette-bulletin.eml"]
    assert units["day1/courant.rss"] == 5
    assert units["day1/gazette-bulletin.eml"] == 2
    assert sum(units.values()) == len(refs(made))


def test_a_source_without_news_is_silent(office: Path) -> None:
    """An empty folder and a feed of last week's items are named, and are no failure."""
    (office / "empty").mkdir()
    shutil.copy(SAMPLES / "day1" / "courant.rss", office / "old.rss")

    made = run(office, str(office / "empty"), str(office / "old.rss"), now=NOW + timedelta(days=9))

    assert statuses(made) == {"empty": "silent", str(office / "old.rss"): "silent"}
    assert made.edition.failures == ()


def test_an_empty_file_is_empty_and_no_failure(office: Path) -> None:
    """It came, it is in the account, and it alarms nobody."""
    (office / "inbox" / "nothing.txt").write_bytes(b" \n")

    made = run(office)

    reasons = {u.ref: u.reason for u in made.edition.account.units}
    assert reasons["inbox/nothing.txt"] is Reason.EMPTY
    assert made.edition.failures == ()


def test_the_user_says_whose_articles_these_are(office: Path) -> None:
    """By file name or host; what no pattern fits keeps the outlet that it gives itself."""
    names = {"meridian-*": "Meridian Wire", "newline.*": "New Line", "*quake*": "Nobody"}

    made = run(office, outlets=names)

    outlets = {a.ref: a.outlet for story in made.edition.stories for a in story.articles}
    assert outlets["inbox/meridian-quake-2.txt"] == "Meridian Wire"
    assert outlets["inbox/newline-quake.html"] == "New Line"
    assert outlets["inbox/nine-mirador.txt"] not in names.values()


# What fails.


def pages(count: int, failing: int) -> tuple[list[str], FakeFetcher]:
    """Return addresses of *count* articles, and a fetcher for which the first *failing* fail."""
    bodies = sorted(SAMPLES.glob("day*/*.txt"))
    answers: dict[str, bytes | Fetched | Exception] = {}
    for number in range(count):
        url = f"https://outlet{number:02}.example/article"
        answers[url] = FetchError(f"{url} did not answer within 20 s")
        if number >= failing:
            answers[url] = Fetched(
                url=url, body=bodies[number].read_bytes(), media_type="text/plain"
            )
    return list(answers), FakeFetcher(answers)


def test_three_of_twenty_sources_fail(tmp_path: Path) -> None:
    """The edition is made of the others; account and front page name the three."""
    urls, fetcher = pages(20, failing=3)

    made = run(tmp_path, *urls, fetcher=fetcher)

    assert [f.ref for f in made.edition.failures] == urls[:3]
    assert [s for s, status in statuses(made).items() if status == "failed"] == urls[:3]
    assert len(refs(made)) == 17
    page = render.html(made.edition, template="daily", compiled=NOW, zone="UTC")
    front = page[: page.index("<main")]
    assert all(url in front for url in urls[:3])


def test_every_source_fails(tmp_path: Path) -> None:
    """A notice is made in the edition's place, and says so."""
    urls, fetcher = pages(4, failing=4)

    made = run(tmp_path, *urls, fetcher=fetcher)

    assert (made.edition.stories, refs(made), len(made.edition.failures)) == ((), [], 4)
    page = render.html(made.edition, template="daily", compiled=NOW, zone="UTC")
    assert "What failed" in page
    assert "This is no edition: every source failed, so what came in is not known" in page
    assert "nothing significant" not in page
    assert "No edition" in page
    assert (made.folder / "edition.json").exists()


def test_a_run_whose_sources_all_failed_is_no_edition(office: Path) -> None:
    """It takes no number and is not in the archive: the next run is what it would have been."""
    run(office)
    day = NOW + timedelta(days=1)

    notice = run(office, str(office / "gone"), now=day)

    archive = Archive(office / ".briefing" / "archive.sqlite")
    assert notice.edition.number == 0
    assert len(archive.entries()) == 1
    assert ["no edition" in warning for warning in notice.warnings] == [True]
    shutil.copy(SAMPLES / "day1" / "newline-coach.html", office / "inbox")
    assert run(office, now=day, since="3d").edition.number == 2


def test_a_run_whose_sources_all_failed_replaces_no_edition(office: Path, tmp_path: Path) -> None:
    """Neither the day's edition, nor its memory, nor the editor's file, nor the face asked for."""
    output = tmp_path / "today.json"
    made = run(office, draft=True, output=output)
    before = {path: path.read_bytes() for path in (*made.folder.iterdir(), output)}

    failed = run(office, str(office / "gone"), now=NOW + timedelta(hours=1), output=output)

    assert {path: path.read_bytes() for path in (*made.folder.iterdir(), output)} == before
    entries = Archive(office / ".briefing" / "archive.sqlite").entries()
    assert [entry.id for entry in entries] == [made.edition.id]
    (warning,) = failed.warnings
    assert f"nothing was written, and {made.folder} keeps {made.edition.id}" in warning


def test_a_notice_gives_way_to_the_edition_and_to_another_notice(office: Path) -> None:
    """As soon as a source answers; the face asked for by name follows, and there is no draft."""
    output = office / "today.json"
    for hour in (1, 2):
        now = NOW + timedelta(hours=hour)
        notice = run(office, str(office / "gone"), now=now, draft=True, output=output)
        assert json.loads(output.read_text(encoding="utf-8"))["id"] == notice.edition.id
        assert not (notice.folder / "edition.toml").exists()

    made = run(office, now=NOW + timedelta(hours=3), output=output)

    assert json.loads(output.read_text(encoding="utf-8"))["id"] == made.edition.id
    assert made.edition.number == 1


def test_every_face_of_a_notice_says_that_it_is_no_edition(tmp_path: Path) -> None:
    """In mail that is in the subject, which is all that some desks see."""
    notice = run(tmp_path, str(tmp_path / "gone")).edition
    for template in ("daily", "front-page", "clips"):
        page = render.html(notice, template=template, compiled=NOW, zone="UTC")
        assert "no edition" in page.replace(wording.UNREAD, "").lower()
        assert "edition 0" not in page.lower()
    assert "No edition" in bulletin.markdown(notice)
    subject = email.message_from_bytes(post.make(notice, sender=None, to=[]))["Subject"]
    assert subject.endswith(": no edition, all sources failed")


def test_without_a_network_addresses_are_not_asked(office: Path) -> None:
    """The rest of the edition is made, and the account says what to do."""
    made = run(office, str(office / "inbox"), "https://newline.example/feed")

    (failure,) = made.edition.failures
    assert "fetching is off; set fetch = true" in failure.message
    assert len(made.edition.stories) == 3


def test_a_missing_folder_is_a_source_that_failed(office: Path) -> None:
    """Nothing came in of it, so it is no unit; a broken file that came is one."""
    (office / "inbox" / "scan.pdf").write_bytes(b"%PDF-1.7 cut short")

    made = run(office, str(office / "inbox"), str(office / "gone"))

    assert [f.ref for f in made.edition.failures] == [str(office / "gone"), "inbox/scan.pdf"]
    assert statuses(made)[str(office / "gone")] == "failed"
    reasons = {u.ref: u.reason for u in made.edition.account.units}
    assert reasons["inbox/scan.pdf"] is Reason.UNREADABLE
    assert str(office / "gone") not in reasons


# Fetching.


def test_a_list_of_feeds_is_asked_feed_by_feed(office: Path) -> None:
    """The list itself is no unit and no source; each feed in it is a source."""
    feed = (SAMPLES / "day1" / "courant.rss").read_bytes()
    (office / "feeds.opml").write_text(
        '<opml version="2.0"><body><outline xmlUrl="https://a.example/rss"/>'
        '<outline xmlUrl="https://b.example/rss"/></body></opml>'
    )
    fetcher = FakeFetcher({"https://a.example/rss": feed})

    made = run(office, str(office / "feeds.opml"), fetcher=fetcher)

    assert statuses(made) == {"https://a.example/rss": "ok", "https://b.example/rss": "failed"}
    assert refs(made) == [f"https://a.example/rss#{n}" for n in range(1, 6)]


TEASER = """<rss version="2.0"><channel><title>The Newline</title><item>
<title>Train drivers vote to strike</title><link>https://newline.example/strike</link>
<description>Drivers at Westline will walk out. Read more</description>
<pubDate>Sun, 01 Mar 2026 09:15:00 GMT</pubDate></item></channel></rss>"""


def test_the_page_behind_a_teaser_is_read_when_fetching(office: Path) -> None:
    """The page's article stands under the teaser's ref, with what only the feed knew."""
    (office / "feed.rss").write_text(TEASER)
    page = Fetched(
        url="https://newline.example/strike",
        body=(SAMPLES / "day1" / "newline-strike.txt").read_bytes(),
        media_type="text/plain",
    )
    feed = str(office / "feed.rss")

    without = run(office, feed)
    fetched = run(office, feed, fetcher=FakeFetcher({"https://newline.example/strike": page}))
    refused = run(office, feed, fetcher=FakeFetcher({}))

    assert [u.reason for u in without.edition.account.units] == [Reason.TEASER]
    assert [u.reason for u in refused.edition.account.units] == [Reason.TEASER]
    (story,) = fetched.edition.stories
    assert story.articles[0].ref.endswith("feed.rss#1")
    assert story.articles[0].url == "https://newline.example/strike"
    assert story.points


# Again and again.


def test_the_same_window_gives_the_same_edition(office: Path) -> None:
    """Made again, it has the same bytes, and is counted once."""
    first = (run(office).folder / "edition.json").read_bytes()
    again = run(office)

    assert (again.folder / "edition.json").read_bytes() == first
    assert again.edition.number == 1
    assert len(Archive(office / ".briefing" / "archive.sqlite").entries()) == 1


def test_what_was_printed_yesterday_is_not_printed_today(office: Path) -> None:
    """Though the window reaches back over it."""
    run(office)

    made = run(office, now=NOW + timedelta(days=1), since="3d")

    assert made.edition.stories == ()
    assert {u.reason for u in made.edition.account.units} == {Reason.REPUBLICATION}
    assert made.edition.number == 2


def test_an_edition_of_the_past_can_be_made_again(office: Path) -> None:
    """With what was known then: later editions are left aside, and the user is told of them."""
    first = run(office)
    run(office, now=NOW + timedelta(days=1))

    again = run(office)

    assert again.edition == first.edition
    assert "holds 1 edition later than" in again.warnings[0]
    assert "Was the clock set back?" in again.warnings[0]
    assert run(office, past=True).warnings == ()
    assert first.warnings == ()


def test_an_edition_of_another_title_is_not_written_over(office: Path) -> None:
    """Two briefings of one day need two folders."""
    run(office, title="Morning")

    with pytest.raises(UsageError, match="holds “Morning”; for “Evening” name another folder"):
        run(office, title="Evening")
    evening = run(office, title="Evening", out="evening").edition
    assert (evening.title, evening.number) == ("Evening", 1)


# The editor.


def test_late_articles_come_in_and_edits_stay(office: Path) -> None:
    """The draft is written, edited, and kept through a run an hour later."""
    made = run(office, draft=True)
    path = made.folder / "edition.toml"
    title = made.edition.stories[0].headline
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("\npoints = [", "\npin = true\npoints = [", 1).replace(
            f"\ntitle = {json.dumps(title, ensure_ascii=False)}", '\ntitle = "The quake"', 1
        ),
        encoding="utf-8",
    )
    shutil.copy(SAMPLES / "day1" / "newline-coach.html", office / "inbox")

    later = run(office, now=NOW + timedelta(hours=1))

    assert "The quake" in [story.headline for story in later.edition.stories]
    assert len(later.edition.stories) == 4
    assert path.read_text(encoding="utf-8").count("\n[[story]]\n") == 4
    assert later.stale == ()
    assert len(Archive(office / ".briefing" / "archive.sqlite").entries()) == 1


def test_the_worked_example_of_the_docs_is_what_it_says(tmp_path: Path) -> None:
    """Its stories, put in the place of those of the draft, do all that is told of them.

    Points are found by their words: an id follows every mended word, and the docs need not.
    """
    docs = (SAMPLES.parent.parent / "docs" / "daily.md").read_text(encoding="utf-8")
    changed = docs.partition("```toml\n")[2].partition("```")[0].split("[[story]]\n")[1:]
    day = str(SAMPLES / "day1")
    path = run(tmp_path, day, draft=True).folder / "edition.toml"
    head, *stories = path.read_text(encoding="utf-8").split("[[story]]\n")
    last, offered = stories[-1].split("# What was offered", 1)
    by_id = {table.splitlines()[0]: table for table in [*stories[:-1], last]}
    assert len(changed) == 3
    for table in changed:
        name, wanted = table.splitlines()[0], table
        for said in re.findall(r"(?<=  # ).+(?= …)", table):
            (known,) = re.findall(rf'"(\w{{6}})",  # {re.escape(said)}', by_id[name])
            wanted = re.sub(rf'"\w{{6}}"(?=,  # {re.escape(said)})', f'"{known}"', wanted)
        by_id[name] = wanted
    stories = ["[[story]]\n" + table for table in by_id.values()]
    path.write_text("".join([head, *stories, "# What was offered", offered]), encoding="utf-8")

    made = run(tmp_path, day)

    assert made.stale == ()
    first, quake, *others = made.edition.stories
    assert (first.headline, len(first.points)) == ("Rail and bin crews to strike", 3)
    assert (first.comments[0].author, len(first.articles)) == ("A. Vale", 3)
    assert [p.text[:8] for p in quake.points] == ["Hundreds", "Norland "]
    assert not [s for s in others if "Thorn Hoard" in s.headline]
    vetoed = [unit for unit in made.edition.account.units if unit.reason is Reason.VETOED]
    assert [unit.detail for unit in vetoed] == ["dropped by the editor"] * 2


def test_a_wrong_id_in_the_draft_stops_the_run(office: Path) -> None:
    """With its line, before anything is written."""
    made = run(office, draft=True)
    path = made.folder / "edition.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('\nid = "s-', '\nid = "t-', 1))
    before = (made.folder / "edition.json").read_bytes()

    with pytest.raises(UsageError, match=r"edition\.toml:\d+: no story has the id 't-"):
        run(office)

    assert (made.folder / "edition.json").read_bytes() == before


# Signing off.


def signed(folder: Path) -> Made:
    """Return the latest edition, signed off by one who signs everything."""
    return publish(Config(zone="Europe/London", folder=folder), by="A. Vale")


def test_publishing_signs_every_face_and_the_archive(office: Path) -> None:
    """The name is on the pages, the id another one, and the day's edition still counts once."""
    made = make(
        Request(
            config=Config(zone="Europe/London", folder=office),
            now=NOW,
            inputs=(str(office / "inbox"),),
        ),
        Tools(),
    )

    done = signed(office)

    assert done.edition == replace(made.edition, signed_off="A. Vale", id=done.edition.id)
    assert done.edition.id != made.edition.id
    assert done.edition.id.endswith(digest(done.edition))
    assert "A. Vale" in (done.folder / "edition.html").read_text(encoding="utf-8")
    edition, texts = unpack((done.folder / "edition.json").read_bytes())
    assert (edition, len(texts)) == (done.edition, 4)
    entries = Archive(office / ".briefing" / "archive.sqlite").entries()
    assert [entry.id for entry in entries] == [done.edition.id]
    with pytest.raises(UsageError, match=r"was signed off by A\. Vale already"):
        signed(office)


def test_what_was_changed_since_is_not_signed(office: Path) -> None:
    """One digit changed in the edition's file is refused."""
    made = run(office)
    path = made.folder / "edition.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"number": 1', '"number": 2'))

    with pytest.raises(UsageError, match="was changed since it was made"):
        signed(office)


def test_a_signed_edition_is_not_replaced(office: Path) -> None:
    """Neither files nor archive change, wherever the faces go; another title is another edition."""
    made = run(office)
    done = signed(office)
    before = (made.folder / "edition.json").read_bytes()

    for out in ("editions", "elsewhere"):
        with pytest.raises(ArchiveError, match=r"was signed off by A\. Vale and stays as it is"):
            run(office, out=out)

    assert (made.folder / "edition.json").read_bytes() == before
    archive = Archive(office / ".briefing" / "archive.sqlite")
    assert [entry.id for entry in archive.entries()] == [done.edition.id]
    assert run(office, title="Evening", out="evening").edition.signed_off is None


def test_a_signature_can_be_withdrawn(office: Path) -> None:
    """The edition is what it was before, under its first id; what is unsigned stays so."""
    made = run(office)
    signed(office)
    config = Config(zone="Europe/London", folder=office)

    assert publish(config, by=None).edition == made.edition
    with pytest.raises(UsageError, match="was not signed off; there is nothing to withdraw"):
        publish(config, by=None)


def test_a_notice_is_not_signed_and_hides_no_older_edition(office: Path) -> None:
    """Who signs without a folder means today's; the last one there is must be named then."""
    made = run(office)
    notice = run(office, str(office / "gone"), now=NOW + timedelta(days=1))
    config = Config(zone="Europe/London", folder=office)

    with pytest.raises(UsageError, match="every source failed in the latest run"):
        signed(office)
    with pytest.raises(UsageError, match="is no edition, for every source failed"):
        publish(config, by="A. Vale", folder=notice.folder)
    assert publish(config, by="A. Vale", folder=made.folder).edition.signed_off == "A. Vale"


def test_nothing_can_be_signed_before_it_is_made(tmp_path: Path) -> None:
    """The message says what to run."""
    with pytest.raises(UsageError, match="no edition of “Daily briefing” was made yet"):
        signed(tmp_path)


def test_what_else_can_be_signed_is_named(office: Path) -> None:
    """An edition made under another title is named, and how to choose it."""
    made = run(office, title="Morning briefing")

    with pytest.raises(UsageError, match="but of “Morning briefing”: name the edition's folder"):
        signed(office)
    assert publish(Config(folder=office), by="A. Vale", folder=made.folder).edition.signed_off


# Verified before it is written.


def test_an_edition_that_does_not_hold_is_not_written(office: Path) -> None:
    """Neither files nor archive know of it."""

    def fails(files: Mapping[str, bytes], config: Config) -> dict[str, str]:
        assert config
        return dict.fromkeys(files, "edition.json does not hold")

    with pytest.raises(VerifyError, match="does not hold"):
        run(office, check=fails)

    assert not (office / "editions").exists()
    assert Archive(office / ".briefing" / "archive.sqlite").entries() == ()


def test_a_face_that_does_not_hold_is_left_out_and_named(office: Path) -> None:
    """The others are written, an older one of its name goes, and the story is remembered."""

    def two(edition: Edition, texts: Mapping[str, str], config: Config) -> Faces:
        assert config
        files = {"edition.json": pack(edition, texts).encode(), "edition.md": b"words"}
        return Faces(files=files, problems={"edition.pdf": "edition.pdf could not be made"})

    run(office)
    for name in ("edition.md", "edition.pdf"):
        (office / "editions/2026-03-02" / name).write_bytes(b"of the run before")

    made = run(office, faces=two, check=lambda *_: {"edition.md": "edition.md does not hold"})

    assert made.missing == ("edition.pdf could not be made", "edition.md does not hold")
    assert [p.name for p in made.folder.iterdir()] == ["edition.json"]
    assert len(Archive(office / ".briefing" / "archive.sqlite").entries()) == 1


# Killed, full, twice at once.

_DYING = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import test_daily
from briefing.archive import Archive
die = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
{patch}
test_daily.run(Path(sys.argv[1]), draft=True)
"""

KILLS = {
    "before the files": "Path.replace = die",
    "between two files": (
        "first = []; real = Path.replace\n"
        "Path.replace = lambda s, t: (die() if first else first.append(1)) or real(s, t)"
    ),
    "before the archive": "Archive.keep = die",
}


@pytest.mark.parametrize("patch", KILLS.values(), ids=KILLS.keys())
def test_a_kill_between_two_steps_is_made_good_by_the_next_run(office: Path, patch: str) -> None:
    """Every file is whole, the archive sound, and the next run makes what this one would have."""
    expected = run(office, draft=True, out="expected", archive="expected.sqlite")

    assert script(_DYING.format(patch=patch), office) == -9

    folder = office / "editions" / "2026-03-02"
    for path in folder.glob("edition.*"):
        assert path.read_bytes() == (expected.folder / path.name).read_bytes()
    assert Archive(office / ".briefing" / "archive.sqlite").entries() == ()
    made = run(office, draft=True)
    assert made.edition == expected.edition
    assert sorted(p.name for p in folder.iterdir()) == ["edition.json", "edition.toml"]


_FULL = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import test_daily
from briefing.errors import BriefingError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
try:
    test_daily.run(Path(sys.argv[1]), now=test_daily.NOW + test_daily.timedelta(hours=1))
except BriefingError as error:
    print(error, file=sys.stderr)
    sys.exit(7)
"""


@pytest.mark.parametrize("size", [1000, 40_000], ids=["for the files", "for the archive"])
def test_a_full_disk_changes_nothing_that_was_there(office: Path, size: int) -> None:
    """The run fails with one line; yesterday's files and archive are as they were."""
    if size == 1000:
        run(office)
    before = _state(office)

    assert script(_FULL.format(size=size), office) == 7

    if size == 1000:
        assert _state(office) == before
    assert Archive(office / ".briefing" / "archive.sqlite").entries() == (
        before["entries"] if size == 1000 else ()
    )
    assert run(office).edition.number == 1


def _state(office: Path) -> dict[str, Any]:
    """Return what stands in the editions' folder and in the archive."""
    files = {p.name: p.read_bytes() for p in office.glob("editions/*/*")}
    return {"files": files, "entries": Archive(office / ".briefing/archive.sqlite").entries()}


def script(code: str, folder: Path) -> int:
    """Return how a program of its own ended that was given *folder* and the tests' folder."""
    here = Path(__file__).parent
    return subprocess.run(
        [sys.executable, "-c", code, str(folder), str(here)],
        check=False,
        env={**os.environ, "PYTHONPATH": str(here.parent)},
    ).returncode


def test_a_second_run_at_once_gives_way(office: Path) -> None:
    """It says so, and leaves what the first is making alone."""

    def meanwhile(function: Callable[[Any], Any], things: Iterable[Any]) -> Iterator[Any]:
        with pytest.raises(ArchiveError, match="another briefing is being made"):
            run(office)
        return map(function, things)

    made = run(office, map=meanwhile)

    assert len(made.edition.stories) == 3


def test_an_archive_of_a_newer_version_stops_the_run(office: Path) -> None:
    """No edition is made that could not be remembered."""
    run(office)
    with closing(sqlite3.connect(office / ".briefing" / "archive.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")

    with pytest.raises(ArchiveError, match="written by a newer version"):
        run(office, now=NOW + timedelta(days=1))

    assert [p.name for p in (office / "editions").iterdir()] == ["2026-03-02"]


# The same inputs, the same bytes.


def test_neither_order_nor_processes_change_the_edition(office: Path) -> None:
    """Files named one by one in any order, read here or in other processes: one edition."""
    names = [str(office / "inbox" / name) for name in DAY1]

    def elsewhere(function: Callable[[Any], Any], things: Iterable[Any]) -> Iterator[Any]:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            yield from pool.map(function, list(things))

    editions = {
        run(office, *names).edition,
        run(office, *reversed(names)).edition,
        run(office, *names, map=elsewhere).edition,
    }

    assert len(editions) == 1


_ELSEWHERE = """
import sys
from briefing.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_neither_zone_locale_hashes_nor_place_change_a_byte(office: Path) -> None:
    """Two machines: other TZ, LANG, hash seed and working folder give the same five files."""
    settings = [
        {"TZ": "Asia/Tokyo", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Caracas", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "77"},
    ]
    made = []
    for number, setting in enumerate(settings):
        place = office / f"machine{number}"
        place.mkdir()
        shutil.copytree(office / "inbox", place / "inbox")
        done = subprocess.run(
            [sys.executable, "-c", _ELSEWHERE, "daily", "inbox", "--now", NOW.isoformat()],
            cwd=place,
            env={**os.environ, **setting, "PYTHONPATH": str(Path(__file__).parent.parent)},
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        made.append({p.name: p.read_bytes() for p in (place / "editions/2026-03-02").iterdir()})

    assert sorted(made[0]) == [f"edition.{kind}" for kind in ("eml", "html", "json", "md", "pdf")]
    assert made[0] == made[1]


# Strangers' words.


@pytest.mark.parametrize("place", ["body", "headline", "notice", "byline"])
def test_half_a_character_costs_one_unit_and_not_the_edition(office: Path, place: str) -> None:
    """What JSON can spell and no file can hold is refused, and the rest is made."""
    words = dict.fromkeys(("body", "headline", "notice", "byline"), "") | {place: "\\ud800"}
    body = "The council of Marrow voted to keep its only library open for a year. " * 30
    (office / "inbox" / "item.json").write_text(
        f'{{"uri": "x", "standard": {{"name": "ninjs", "version": "2.0"}}, "type": "text", '
        f'"versioncreated": "2026-03-01T20:00:00Z", "by": "A {words["byline"]}", '
        f'"headlines": [{{"value": "Library {words["headline"]} stays"}}], '
        f'"copyrightnotice": "c {words["notice"]}", '
        f'"bodies": [{{"value": "{body}{words["body"]}"}}]}}'
    )

    made = run(office)

    reasons = {u.ref: u.reason for u in made.edition.account.units}
    assert reasons["inbox/item.json"] is Reason.UNREADABLE
    assert len(made.edition.stories) == 3


@pytest.mark.parametrize(
    ("link", "written"),
    [
        ("https://вестник.example/новость", "https://xn--b1agjinxh.example/%D0%BD"),
        ("https://x.example/a\\b", "https://x.example/a%5Cb"),
        ("http://[oops/a", None),
        ("http://x.example:99999/a", None),
        ("http://.../" + "a" * 3000, "http://.../aaa"),
        ("http://" + "ы" * 300 + ".example/", None),
    ],
    ids=["cyrillic", "backslash", "bracket", "port", "dots", "long name"],
)
def test_no_link_keeps_the_edition_from_being_made(
    office: Path, link: str, written: str | None
) -> None:
    """Each face has it in the same letters, or none has it; all five are verified."""
    (office / "inbox" / "feed.rss").write_text(
        TEASER.replace("newline.example/strike", "gone").replace("https://gone", link)
    )
    text = (office / "inbox" / "feed.rss").read_text(encoding="utf-8")
    body = (SAMPLES / "day1" / "newline-coach.html").read_text(encoding="utf-8")
    body = " ".join(body.split("<p>")[2:8]).replace("</p>", " ")
    (office / "inbox" / "feed.rss").write_text(
        text.replace("Drivers at Westline will walk out. Read more", f"<![CDATA[{body}]]>")
    )

    made = make(
        Request(
            config=Config(zone="Europe/London", folder=office),
            now=NOW,
            inputs=(str(office / "inbox" / "feed.rss"),),
        ),
        Tools(),
    )

    (story,) = made.edition.stories
    url = story.articles[0].url
    assert url is None if written is None else (url or "").startswith(written)


def test_no_title_is_ever_a_path(office: Path) -> None:
    """Whatever an article calls itself, only the day names a folder."""
    text = (office / "inbox" / "nine-mirador.txt").read_text(encoding="utf-8")
    hostile = "../../../" + "x" * 300 + "\x1b[31mCON"
    (office / "inbox" / "nine-mirador.txt").write_text(f"{hostile}\n\n{text}", encoding="utf-8")

    run(office)

    found = {p.relative_to(office).as_posix() for p in office.rglob("*") if p.is_file()}
    assert found - {f"inbox/{name}" for name in DAY1} == {
        ".briefing/archive.sqlite",
        ".briefing/archive.sqlite.lock",
        "editions/2026-03-02/edition.json",
    }


def test_failures_are_named_in_order(tmp_path: Path) -> None:
    """Sources and units that failed come in the order of their names."""
    urls, fetcher = pages(3, failing=3)

    made = run(tmp_path, *reversed(urls), fetcher=fetcher)

    assert [f.ref for f in made.edition.failures] == urls
    assert all(isinstance(failure, Failure) for failure in made.edition.failures)
