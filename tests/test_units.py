"""One broken unit of a mailbox, feed or wire file fails alone; limits fail the whole source."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from factories import articles
from test_containers import BOOK, G2, ITEM, LONG, RSS, message, record, source

from briefing import readers
from briefing.clean import clean
from briefing.cli import main
from briefing.errors import FormatError, LimitError, UnreadableError
from briefing.model import Article, Failure, Plan, Source, Summary
from briefing.pipeline import attempt, summarise
from briefing.readers import epub, feed, html, mail, newsml, ninjs, unit, warc
from briefing.verify.now import from_files

START = b"From news@courant.example Mon Mar  2 06:10:00 2026\n"
NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(2_000)
)


def mailbox(*messages: bytes) -> bytes:
    """Return a mailbox of these messages."""
    return b"\n".join(START + one for one in messages)


def told(found: Any) -> list[tuple[str, str]]:
    """Return ref and title of each article, ref and reason of each failure."""
    return [
        (one.ref, (one.title or "") if isinstance(one, Article) else one.message) for one in found
    ]


SPOILT = mailbox(
    message(LONG),
    b"no header stands above this line\n",
    message(LONG, subject="Third"),
    b"Subject: Nested\n" + NESTED,
    message(LONG, subject="Fifth"),
)


def test_a_broken_mail_does_not_lose_its_mailbox() -> None:
    """It fails in its place and says where it stands; the others keep their numbers."""
    found = readers.read(source(SPOILT, "in.mbox"))

    line = SPOILT[: SPOILT.index(b"no header")].count(b"\n")
    assert told(found)[:3] == [
        ("in.mbox#1", "Harbour news"),
        (
            "in.mbox#2",
            f"message 2, at line {line}: not a mail message: it does not begin with headers",
        ),
        ("in.mbox#3", "Third"),
    ]
    (nested, last) = told(found)[3:]
    assert nested[0] == "in.mbox#4"
    assert nested[1].endswith("its parts are nested too deep; give the text alone")
    assert last == ("in.mbox#5", "Fifth")


def test_a_mailbox_without_a_whole_mail_is_a_failed_source() -> None:
    """As a single message is that cannot be read."""
    with pytest.raises(FormatError, match=r"none of its 2 units can be read: message 1, at line 1"):
        readers.read(source(mailbox(b"nothing\n", b"here\n"), "in.mbox"))
    with pytest.raises(FormatError, match=r"^not a mail message"):
        readers.read(source(b"nothing\n", "in.eml"))


@pytest.mark.parametrize("before", ["\n", "The coast was clear.\n"])
def test_a_line_of_the_text_begins_no_message(before: str) -> None:
    """A sentence that opens with "From" and ends in a year stays the article's."""
    text = f"{LONG}\n{before}From Dover the ferries sailed as they had in 2025\nNobody came.\n"
    box = START + f"Subject: Ferries\n\n{text}\n".encode() + mailbox(message(LONG))

    (first, second) = articles(mail.read, source(box, "in.mbox"))

    assert "From Dover the ferries sailed as they had in 2025" in first.text
    assert second.title == "Harbour news"


def test_a_message_whose_time_is_written_otherwise_begins() -> None:
    """Where a blank line stands before it and a header behind it."""
    odd = b"From news@courant.example 2 March 2026\n" + message(LONG, subject="Second")

    found = articles(mail.read, source(mailbox(message(LONG)) + b"\n" + odd, "in.mbox"))

    assert [one.title for one in found] == ["Harbour news", "Second"]


def test_what_a_mailbox_marked_is_unmarked() -> None:
    """A line that a mailbox marked with > is printed as it was written."""
    body = f"Subject: Ferries\n\n{LONG}\n>From Dover came no news.\n".encode()

    (first, _) = articles(mail.read, source(mailbox(body, message(LONG)), "in.mbox"))

    assert "\nFrom Dover came no news." in first.text


def broken(title: str, of: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that falls over what holds *title*, and else does as *of*."""

    def fall(thing: Any, *rest: Any, **named: Any) -> Any:
        if title in str(getattr(thing, "sourceline", thing)):
            raise KeyError("no such name")
        return of(thing, *rest, **named)

    return fall


def test_a_broken_item_does_not_lose_its_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the reader falls over, the others are read, and keep their numbers."""
    made = (ITEM.format(date="", summary=text, content="") for text in (LONG, "Unlucky", LONG))
    body = RSS.format(items="".join(made))
    monkeypatch.setattr(feed, "_item", broken("Unlucky", feed._item))

    first, second, third = readers.read(source(body, "f.rss"))

    assert isinstance(second, Failure)
    assert second.message == "a defect in briefing, please report it: KeyError: 'no such name'"
    assert [one.ref for one in (first, second, third)] == ["f.rss#1", "f.rss#2", "f.rss#3"]
    assert isinstance(first, Article)
    assert isinstance(third, Article)


def test_a_broken_item_does_not_decide_what_a_brief_is() -> None:
    """Items that could not be read are no teasers, and no articles."""
    failures = [Failure(ref="f#1", stage="read", message="broken")] * 9
    whole = unit.unit(ref="f#2", text=LONG)

    assert unit.with_briefs([*failures, whole]) == (*failures, whole)


def test_a_value_that_is_no_item_fails_alone() -> None:
    """In a JSON feed and in an array of articles."""
    items = [{"title": "One", "content_text": LONG}, None, {"title": "Three", "text": LONG}, 7]
    null = 'null stands where an article should; one is an object: {"title": …, "text": …}'
    number = null.replace("null", "a number")

    for read, body in ((feed.read, {"items": items}), (ninjs.read, items)):
        found = told(read(source(json.dumps(body), "f.json")))
        assert found == [
            ("f.json#1", "One"),
            ("f.json#2", null),
            ("f.json#3", "Three"),
            ("f.json#4", number),
        ]


def test_a_broken_line_does_not_lose_the_others() -> None:
    """The place is the line of the file; blank lines are no units."""
    line = json.dumps({"title": "Whole\u2028one", "text": LONG}, ensure_ascii=False).encode()
    body = b"\n".join(
        [line, b"", line[:30], line.replace(b"Whole", b"\xff"), b'{"a":' * 50_000, b"[]", line]
    )

    found = told(ninjs.read(source(b"\xef\xbb\xbf" + body, "in.jsonl")))

    assert [ref for ref, _ in found] == [f"in.jsonl#{n}" for n in range(1, 7)]
    said = [text for _, text in found]
    assert said[0] == said[5] == "Whole one"
    assert said[1].startswith("line 3: not JSON (")
    assert said[2].startswith("line 4: JSON must be UTF-8 (")
    assert said[3] == "line 5: the JSON is nested too deep"
    assert said[4].startswith("line 6: a list stands where an article should")


def test_a_broken_line_of_an_array_does_not_lose_the_others() -> None:
    """An array that stands one object a line is read like one object a line."""
    whole = json.dumps({"title": "Whole", "text": LONG})
    body = f"[\n{whole},\n{whole[:30]},\n{whole}\n]\n"

    found = told(readers.read(source(body, "in.json")))

    assert [ref for ref, _ in found] == ["in.json#1", "in.json#2", "in.json#3"]
    assert found[1][1].startswith("line 3: not JSON (")
    assert found[0][1] == found[2][1] == "Whole"


def test_a_broken_item_does_not_lose_its_wire_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The place is the line at which it begins."""
    item = G2.format(status="usable")
    body = f"<newsMessage>{item}{item}{item}</newsMessage>"
    second = body[: body.index("<newsItem", 20)].count("\n") + 1
    monkeypatch.setattr(newsml, "_text", broken(str(second), newsml._text))

    found = told(newsml.read(source(body, "w.xml")))

    assert [ref for ref, _ in found] == ["w.xml#1", "w.xml#2", "w.xml#3"]
    assert found[1][1].startswith(f"the item at line {second}: a defect in briefing")
    assert found[0][1] == found[2][1] == "Quay closes"


def test_a_damaged_chapter_does_not_lose_its_book() -> None:
    """A file of the archive that cannot be unpacked is named."""
    out, marked = BytesIO(), b"<html><body><h1>Second</h1><p>%s</p></body></html>" % LONG.encode()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for name, body in (BOOK | {"o/b.xhtml": marked}).items():
            made.writestr(name, body)
    spoilt = out.getvalue().replace(b"<h1>First</h1>", b"<h1>Fxrst</h1>", 1)

    found = told(epub.read(source(spoilt, "w.epub")))

    assert found[0][0] == "w.epub#1"
    assert found[0][1].startswith("o/a.xhtml: damaged")
    assert found[1] == ("w.epub#2", "Second")


def test_a_torn_web_archive_gives_the_pages_before_the_tear() -> None:
    """What follows is one failure."""
    page = f"<html><body><article><h1>Quay</h1><p>{LONG}</p></article></body></html>".encode()
    one = record("text/html; charset=utf-8", page)

    first, rest = readers.read(source(one + b"\x1f\x8b\x08rubbish", "a.warc.gz"))

    assert isinstance(first, Article)
    assert isinstance(rest, Failure)
    assert rest.ref == "a.warc.gz#2"
    assert rest.message.startswith("from here on nothing can be read: not a whole WARC archive")


def test_a_page_that_cannot_be_read_does_not_lose_its_archive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is called by its address."""
    page = f"<html><body><article><h1>Quay</h1><p>{LONG}</p></article></body></html>".encode()
    body = record("text/html", page) * 2
    reads = html.read

    def fall(page: Source) -> tuple[Article, ...]:
        if page.ref.endswith("#1"):
            raise FormatError("not a page")
        return reads(page)

    monkeypatch.setattr(html, "read", fall)

    first, second = warc.read(source(body, "a.warc.gz"))

    assert isinstance(first, Failure)
    assert first.message == "https://newline.example/1: not a page"
    assert isinstance(second, Article)


@pytest.mark.parametrize("error", [MemoryError(), SystemError("null"), LimitError("too large")])
def test_a_limit_is_the_whole_sources(
    monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """What takes too much in one unit is not tried again in the next."""

    def fall(*_: object, **__: object) -> None:
        raise error

    item = ITEM.format(date="", summary=LONG, content="")
    monkeypatch.setattr(feed, "_item", fall)

    with pytest.raises(type(error)):
        readers.read(source(RSS.format(items=item * 2), "f.rss"))
    (failure,) = attempt(source(RSS.format(items=item * 2), "f.rss"), plan=Plan())
    assert isinstance(failure, Failure)
    assert failure.ref == "f.rss"


def test_a_run_tells_of_the_unit_and_summarises_the_others() -> None:
    """Through the programming interface, one file raises and a run answers."""
    found = attempt(source(SPOILT, "in.mbox"), plan=Plan())

    assert [type(one) for one in found] == [Summary, Failure, Summary, Failure, Summary]
    with pytest.raises(UnreadableError, match=r"in\.mbox#2: message 2, at line"):
        summarise(source(SPOILT, "in.mbox"), Plan())


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return a folder with the spoilt mailbox in it."""
    (tmp_path / "inbox").mkdir()
    dated = SPOILT.replace(b"Mon, 02 Mar 2026 06:10", b"Mon, 02 Mar 2026 05:10")
    (tmp_path / "inbox" / "in.mbox").write_bytes(dated)
    return tmp_path / "inbox"


def test_summarise_tells_of_each_broken_mail(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a line of its own, and the exit code says that something failed."""
    assert main(["summarise", str(inbox / "in.mbox")]) == 1

    out, err = capsys.readouterr()
    assert out.count("Harbour Courant") == 3
    assert [line.partition(": ")[2].partition("#")[2][:12] for line in err.splitlines()] == [
        "2: message 2",
        "4: message 4",
    ]


def test_the_account_tells_of_each_broken_mail(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The source answered, with so many that could not be read, each of them a dropped unit."""
    monkeypatch.chdir(inbox.parent)

    assert main(["daily", "inbox", "--now", "2026-03-02T07:00Z", "-o", "edition.json"]) == 1

    edition = json.loads(Path("edition.json").read_text(encoding="utf-8"))
    (report,) = edition["account"]["sources"]
    assert report == {
        "source": "inbox/in.mbox",
        "status": "ok",
        "units": 5,
        "message": "2 could not be read",
    }
    fates = {one["ref"]: one["reason"] for one in edition["account"]["units"]}
    assert [ref for ref, reason in fates.items() if reason == "unreadable"] == [
        "inbox/in.mbox#2",
        "inbox/in.mbox#4",
    ]
    assert [one["ref"] for one in edition["failures"]] == ["inbox/in.mbox#2", "inbox/in.mbox#4"]


def test_a_collection_keeps_a_table_of_broken_mails(inbox: Path, tmp_path: Path) -> None:
    """Each stands there with its place and reason."""
    out = tmp_path / "points.jsonl"

    assert main(["corpus", str(inbox), "-o", str(out), "--jobs", "1"]) == 1

    (path,) = (out / "_failures").iterdir()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [row["ref"] for row in rows] == ["inbox/in.mbox#2", "inbox/in.mbox#4"]
    assert all(row["message"].startswith("message ") for row in rows)


def test_verification_reads_what_can_be_read(inbox: Path) -> None:
    """Of a broken mail nothing is known; the others are checked."""
    found = from_files([str(inbox)])

    assert [bool(found[f"inbox/in.mbox#{n}"].failed) for n in range(1, 6)] == [
        False,
        True,
        False,
        True,
        False,
    ]


def test_an_article_that_the_cleaner_falls_over_is_unchecked_alone(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other units of its source are checked."""
    monkeypatch.setattr("briefing.verify.now.clean", broken("Third", clean))

    found = from_files([str(inbox)])

    assert "a defect in briefing" in found["inbox/in.mbox#3"].failed
    assert found["inbox/in.mbox#5"].article
