"""The commands of the daily edition: what they say, what they write, how they end."""

import csv
import io
import json
import os
import shutil
import signal
from pathlib import Path

import pytest

from briefing.cli import main
from briefing.cli.daily import FEW, _map, _visible
from briefing.daily.faces import NAMES
from briefing.model import Source

SAMPLES = Path(__file__).parent.parent / "samples" / "week"
NOW = "2026-03-02T07:30+00:00"
HARBOUR = """Harbour deal ends nine years of lawsuits

The two largest crane owners of Port Ellery have agreed to share the northern harbour, the city \
said on Monday.

It was signed by Gabriel Salver, a crane driver's son, and Lena Moone.

Salver offered Moone half of the income from dredging the northern harbour until 2031, a price \
that no bank would have lent against, the contract shows.

It had been nine years.

That was too long, they said in a letter to the dockers, who have been waiting for a roof over \
the yard since the storms of last spring and for a canteen that is open at night.

They are to get both.
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a working folder with an inbox of two articles."""
    (tmp_path / "inbox").mkdir()
    for name in ("nine-mirador.txt", "newline-strike.txt"):
        shutil.copy(SAMPLES / "day1" / name, tmp_path / "inbox")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_init_writes_a_file_that_daily_can_read(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From nothing to an edition in two commands, and to another by editing one line."""
    assert main(["init"]) == 0
    assert main(["daily", "--now", NOW]) == 0

    out = capsys.readouterr().out
    assert "2 stories; 2 in = 2 printed + 0 merged + 0 dropped" in out
    assert sorted(p.name for p in (office / "editions/2026-03-02").iterdir()) == sorted(NAMES)


def test_init_never_writes_over_a_file(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is there is there already."""
    (office / "briefing.toml").write_text("title = 'Mine'")

    assert main(["init"]) == 2

    assert "is there already; nothing was changed" in capsys.readouterr().err
    assert (office / "briefing.toml").read_text() == "title = 'Mine'"


def test_output_title_and_folder(office: Path) -> None:
    """One face more where -o says, under the title and in the folder asked for."""
    (office / "briefing.toml").write_text("title = 'Configured'\nzone = 'Europe/London'")

    arguments = ["daily", "inbox", "-o", "today.json", "--title", "Morning", "--out", "made"]
    assert main([*arguments, "--now", NOW]) == 0

    made = office / "made" / "2026-03-02" / "edition.json"
    assert (office / "today.json").read_bytes() == made.read_bytes()
    edition = json.loads(made.read_text(encoding="utf-8"))
    assert (edition["title"], edition["window"]["zone"]) == ("Morning", "Europe/London")


def test_two_names_in_the_brackets_of_one_point(office: Path) -> None:
    """Such an edition is made, and holds."""
    (office / "inbox" / "harbour.txt").write_text(HARBOUR, encoding="utf-8")

    assert main(["daily", "inbox", "--output", "day.html", "--now", NOW]) == 0
    page = Path("day.html").read_text(encoding="utf-8")
    assert '</span> offered <span class="added">[Lena]</span> Moone' in page
    assert main(["verify", "day.html", "--sources", "inbox"]) == 0


def test_a_source_that_failed_ends_with_1(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The edition is made; the failure is one line on standard error."""
    (office / "briefing.toml").write_text("sources = ['inbox', 'gone']")

    assert main(["daily", "--now", NOW]) == 1

    err = capsys.readouterr().err
    assert err.endswith("gone: there is no such file; check the name and the folder\n")
    assert err.count("\n") == 1
    assert (office / "editions/2026-03-02/edition.pdf").exists()


def test_a_run_whose_sources_all_failed_ends_with_1(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each reason is a line, and one says that there is no edition; it verifies all the same."""
    (office / "briefing.toml").write_text("sources = ['gone', 'lost']")

    assert main(["daily", "--now", NOW]) == 1

    printed, told = capsys.readouterr()
    assert "no edition; 0 in = 0 printed + 0 merged + 0 dropped" in printed
    assert told.count("there is no such file") == 2
    assert "every source failed: this is a notice and no edition" in told
    assert main(["verify", "editions/2026-03-02/edition.pdf"]) == 0
    assert main(["archive", "list"]) == 0


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], "say what to read"),
        (["inbox", "--since", "1w"], "the command line: since = '1w' cannot be: '1w' is no"),
        (["inbox", "ibnox"], "ibnox: there is no such file or folder"),
        (["inbox", "--title", ""], "title = '' cannot be"),
        (["inbox", "-o", "today.docx"], "today.docx ends in no kind of edition"),
        (["inbox", "--now", "2026-03-02"], "names no zone; write 2026-03-02T07:30+00:00"),
        (["inbox", "--now", "2026-03-02 07:30"], "write 2026-03-02T07:30:00+00:00"),
        (["inbox", "--config", "none.toml"], "there is no none.toml"),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_read(
    office: Path, arguments: list[str], *, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, with exit code 2."""
    assert main(["daily", *arguments]) == 2

    err = capsys.readouterr().err
    assert word in err
    assert err.count("\n") == 1
    assert not (office / "editions").exists()


def test_a_wrong_key_of_the_configuration_is_shown_in_its_line(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is read."""
    (office / "briefing.toml").write_text("title = 'x'\nzoen = 'UTC'")

    assert main(["daily", "inbox"]) == 2

    assert "briefing.toml:2: there is no key 'zoen'" in capsys.readouterr().err


def test_the_draft_is_written_when_asked_for(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And an edit that no longer fits ends with 1 and its line."""
    assert main(["daily", "inbox", "--now", NOW, "--draft"]) == 0
    draft = office / "editions/2026-03-02/edition.toml"
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace("\npoints = [", "\npin = true\npoints = [", 1))
    (office / "inbox/nine-mirador.txt").unlink()
    (office / "inbox/newline-strike.txt").unlink()
    shutil.copy(SAMPLES / "day1" / "newline-coach.html", office / "inbox")

    assert main(["daily", "inbox", "--now", NOW]) == 1

    assert "edition.toml:" in (err := capsys.readouterr().err)
    assert "stale: the story s-" in err


def test_an_empty_archive_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Silence could be taken for a command that did nothing."""
    monkeypatch.chdir(tmp_path)

    assert main(["archive", "list"]) == 0
    assert "holds no edition yet" in capsys.readouterr().err


def test_a_day_of_teasers_points_to_fetch(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The terminal says what came in and how to get its text."""
    items = "".join(
        f"<item><title>Ferry {n}</title><link>https://example.org/{n}</link>"
        f"<pubDate>Mon, 02 Mar 2026 06:0{n}:00 GMT</pubDate>"
        f"<description>The ferry {n} ran aground.</description></item>"
        for n in range(2)
    )
    feed = office / "teasers.xml"
    feed.write_text(f"<rss version='2.0'><channel><title>N</title>{items}</channel></rss>")

    assert main(["daily", str(feed), "--now", "2026-03-02T07:30Z", "--out", "teasers"]) == 0

    assert "2 items were teasers without full text; --fetch asks" in capsys.readouterr().err


@pytest.mark.usefixtures("office")
def test_publish_and_the_archive(capsys: pytest.CaptureFixture[str]) -> None:
    """Signed off, listed, shown, exported, counted, forgotten."""
    main(["daily", "inbox", "--now", NOW])
    assert main(["publish", "--by", "A. Vale"]) == 0
    capsys.readouterr()

    assert main(["archive", "list"]) == 0
    assert capsys.readouterr().out.startswith("2026-03-02-0730-")
    assert main(["archive", "export", "2026-03-02"]) == 0
    edition = json.loads(capsys.readouterr().out)
    assert edition["signed_off"] == "A. Vale"
    assert main(["archive", "show", "2026-03-02"]) == 0
    assert edition["stories"][0]["headline"] in (shown := capsys.readouterr().out)
    assert main(["archive", "show"]) == 0
    assert capsys.readouterr().out == shown

    assert main(["archive", "rights", "--from", "2026-03-01", "--to", "2026-03-31"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 2
    assert (
        main(
            ["archive", "rights", "--from", "2026-03-02", "--to", "2026-03-02", "--format", "json"]
        )
        == 0
    )
    assert json.loads(capsys.readouterr().out)["words"] == sum(int(row["words"]) for row in rows)

    assert main(["archive", "prune", "--before", "2026-03-03"]) == 0
    assert capsys.readouterr().out.startswith("1 edition forgotten")
    assert main(["archive", "list"]) == 0
    assert capsys.readouterr().out == ""


def test_a_signature_is_withdrawn_before_the_edition_is_made_again(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The run is refused in one line; withdrawn, it goes ahead. A past cut-off is no alarm."""
    main(["daily", "inbox", "--now", NOW])
    unsigned = (office / "editions/2026-03-02/edition.json").read_bytes()
    main(["publish", "--by", "A. Vale"])
    capsys.readouterr()

    assert main(["daily", "inbox", "--now", NOW]) == 1
    err = capsys.readouterr().err
    assert "of 2026-03-02 was signed off by A. Vale and stays as it is" in err
    assert err.count("\n") == 1
    assert main(["publish", "--withdraw"]) == 0
    assert "no longer signed off, and again edition 2026-03-02-0730-" in capsys.readouterr().out
    assert (office / "editions/2026-03-02/edition.json").read_bytes() == unsigned
    assert main(["daily", "inbox", "--now", "2026-03-01T07:30+00:00"]) == 0
    assert main(["daily", "inbox", "--now", NOW]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["archive", "show", "2026"], 1, "no edition was made yet"),
        (["archive", "show"], 1, "no edition was made yet"),
        (["archive", "list", "--config", "none.toml"], 2, "there is no none.toml"),
        (["archive", "--config", "none.toml", "list"], 2, "there is no none.toml"),
        (["verify", "x.pdf", "--sources", "ibnox"], 2, "ibnox: there is no such file or folder"),
        (["check-sources", "x.pdf", "--sources", "ibnox"], 2, "ibnox: there is no such file"),
        (["archive", "prune", "--before", "March"], 2, "'March' is not a day"),
        (["archive", "rights", "--from", "2026-03-02", "--to", "2026-03-01"], 2, "is later than"),
        (["publish", "--by", " "], 2, "--by must be a name"),
        (["publish", "--by", "A\x1b[31m"], 2, "--by must be a name"),
        (["publish", "--by", "A. Vale"], 2, "was made yet"),
        (["publish", "--withdraw"], 2, "was made yet"),
        (["publish", "nowhere", "--by", "A. Vale"], 2, "cannot be read"),
    ],
)
def test_archive_and_publish_say_what_is_wrong(
    office: Path, arguments: list[str], *, code: int, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, with nothing a terminal would obey."""
    assert main(arguments) == code

    err = capsys.readouterr().err
    assert word in err
    assert "\x1b" not in err
    assert office.exists()


def _lethal(source: Source) -> tuple[str, ...]:
    """Return the ref of a source, or take the process along."""
    if source.ref == "lethal":
        os.kill(os.getpid(), signal.SIGKILL)
    return (source.ref,)


def test_many_sources_are_read_in_processes_and_a_lethal_one_is_one_failure() -> None:
    """Answers come in order; the source that kills its reader twice is named, the rest is read."""
    names = [f"n{number}" for number in range(FEW)]
    sources = [Source(ref=name, body=b"") for name in (*names, "lethal")]

    *answers, (failure,) = _map(_lethal, sources)

    assert answers == [(name,) for name in names]
    assert (failure.ref, failure.stage) == ("lethal", "read")


def test_strangers_names_do_not_steer_the_terminal() -> None:
    """Colours, line ends and changes of direction become a visible mark."""
    assert _visible("a\x1b[31mb\nc\u202ed") == "a�[31mb�c�d"
