"""The command line: one helpful sentence for a mistake, plain output, honest exit codes."""

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli import COMMANDS, main

ARTICLE = Path(__file__).parent.parent / "samples" / "articles" / "newline-lighthouse-speech.txt"


def test_without_arguments_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    """`briefing` alone prints one sentence that names a command to try, and ends with 2."""
    assert main([]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "briefing summarise" in err


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["frobnicate"], "frobnicate"),
        (["summarise"], "FILE"),
        (["summarise", "x", "--colour"], "briefing summarise: it takes no --colour"),
        (["--colour", "summarise", "x"], "briefing summarise: it takes no --colour"),
        (["summarise", "x", "--points", "many"], "many"),
        (["summarise", "x", "--format", "docx"], "docx"),
        (["corpus", "x"], "--output"),
    ],
)
def test_wrong_usage_is_one_sentence(
    arguments: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong option or command is named, in one line, with exit code 2."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    err = capsys.readouterr().err
    assert ended.value.code == 2
    assert err.count("\n") == 1
    assert word in err
    assert "--help" in err


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--points", "0"], "--points"),
        (["--words", "-3"], "--words"),
        (["--ratio", "1.5"], "--ratio"),
        (["--method", "magic"], "magic"),
        (["--zone", "Mars/Olympus"], "Mars/Olympus"),
        (["--now", "yesterday", "--format", "html"], "yesterday"),
        (["--now", "2026-03-04T07:30", "--format", "html"], "zone"),
        (["--template", "no-such-look", "--format", "html"], "no-such-look"),
        (["--template", "no-such-look"], "no-such-look"),
        (["--language", "klingon"], "two letters, as en, de or fr, not 'klingon'"),
        (["--language", "1a"], "'1a'"),
        (["-o", "today.docx"], "today.docx ends in no known format; end it in .txt, .md"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(
    arguments: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The offending value stands in the one line, and the exit code is 2."""
    assert main(["summarise", str(ARTICLE), *arguments]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert word in err


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there is one line on stderr, nothing on stdout, exit code 1."""
    assert main(["summarise", "gone.txt"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "gone.txt" in err


def test_the_good_files_of_a_folder_are_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One broken file among good ones is named, the others are summarised, exit code 1."""
    (tmp_path / "a.txt").write_bytes(ARTICLE.read_bytes())
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes(bytes(range(256)) * 40)
    assert main(["summarise", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert "Lighthouse chief" in out
    assert ["b.txt" in err, "c.txt" in err, "a.txt" in err] == [True, True, False]


def test_json_is_json_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    """One file gives an object of the format, with each sentence's place in the source."""
    assert main(["summarise", str(ARTICLE), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    text = ARTICLE.read_text(encoding="utf-8")
    assert found["format"] == "briefing.summary/1"
    for point in found["points"]:
        for sentence in point["sentences"]:
            cut = text[sentence["source_start"] : sentence["source_end"]]
            assert cut.replace("&squot;", "'") == sentence["text"]


def test_a_page_completes_a_surname_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page is read in order; each point of the JSON may be shown alone."""
    told = (
        "The board of Tarnow will close the old quay in May, it decided by nine votes to two.",
        "Ada Vale wept.",
        "Vale had asked the board of Tarnow for a loan of £40,000 to repair the quay.",
        "It was refused.",
        "Vale also told fishermen that 120 boats in Tarnow would have no berth in winter.",
        "Nobody spoke.",
        "Vale plans to sue the county of Orran over a contract that was signed in 2019.",
        "It was late.",
        "Ferries to Lowmere will sail from the coal quay, the line said on Friday.",
    )
    path = tmp_path / "quay.txt"
    path.write_text("Quay to close\n\n" + "\n\n".join(told), encoding="utf-8")

    main(["summarise", str(path)])
    page = capsys.readouterr().out
    main(["summarise", "--format", "json", str(path)])
    points = json.loads(capsys.readouterr().out)["points"]

    assert page.count("[Ada] Vale") == 1
    assert sum("[Ada] Vale" in point["text"] for point in points) > 1


def test_several_files_give_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Several files give a list in the order given, failures in their place."""
    assert main(["summarise", str(ARTICLE), "gone.txt", "--format", "json"]) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert first["points"]
    assert (second["article"], second["failures"][0]["ref"]) == (None, "gone.txt")


def test_standard_input_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`-` reads an article from a pipe."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.read_bytes())))
    assert main(["summarise", "-"]) == 0
    assert "Lighthouse chief" in capsys.readouterr().out


@pytest.mark.parametrize("face", ["text", "markdown", "html"])
def test_an_untitled_text_of_no_body_from_a_pipe_says_what_it_is(
    face: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its source is called in words, and no length of none stands beside it."""
    body = b"Subscribe to our newsletter\n\nRead more: https://vale.example/1\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(body)))

    main(["summarise", "-", "--format", face])

    told = capsys.readouterr().out
    assert "standard input" in told
    assert "0 words" not in told


def test_the_limits_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """No more points and words than asked for."""
    arguments = ["--points", "2", "--words", "50", "--format", "json"]
    assert main(["summarise", str(ARTICLE), *arguments]) == 0
    points = json.loads(capsys.readouterr().out)["points"]
    assert 1 <= len(points) <= 2
    assert sum(len(p["text"].split()) for p in points) <= 50


@pytest.mark.parametrize("name", ["out.html", "out.pdf", "out.json", "out.md", "out.txt"])
def test_the_name_of_the_output_says_the_format(tmp_path: Path, name: str) -> None:
    """`-o page.pdf` writes a PDF, and so on, and no half file beside it."""
    assert main(["summarise", str(ARTICLE), "-o", str(tmp_path / name)]) == 0
    start = (tmp_path / name).read_bytes()[:15].lower()
    expected = {".html": b"<!doctype html>", ".pdf": b"%pdf-1", ".json": b"{"}
    assert start.startswith(expected.get(Path(name).suffix, b""))
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_the_language_asked_for_is_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the text seems to be; in whatever case it is written."""
    languages = []
    for arguments in ([], ["--language", "DE"]):
        assert main(["summarise", str(ARTICLE), "--format", "json", *arguments]) == 0
        languages.append(json.loads(capsys.readouterr().out)["article"]["language"])

    assert languages == ["en", "de"]


def test_a_look_of_ones_own_is_found_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `templates new` made it, in the folder one works in."""
    article = ARTICLE.resolve()
    monkeypatch.chdir(tmp_path)
    assert main(["templates", "new", "house-style", "--like", "single"]) == 0

    arguments = ["summarise", str(article), "--template", "house-style", "-o", "out.html"]
    assert main(arguments) == 0
    assert (tmp_path / "out.html").exists()


def test_several_articles_are_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files and folders alike; an ending that is no format of `explain` is refused."""
    (tmp_path / "day").mkdir()
    (tmp_path / "day" / "a.txt").write_bytes(ARTICLE.read_bytes())

    assert main(["explain", str(tmp_path / "day"), str(ARTICLE)]) == 0
    assert capsys.readouterr().out.count(" not chosen · ") == 2
    assert main(["explain", str(ARTICLE), "-o", "why.pdf"]) == 2
    assert "end it in .txt, .html, .htm" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_write_permission_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An output that may not be written is one clear line."""
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert main(["summarise", str(ARTICLE), "-o", str(tmp_path / "out.html")]) == 1
    assert "out.html" in capsys.readouterr().err


def test_an_output_that_cannot_be_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A path below a file is one clear line, and what stood there still stands."""
    (tmp_path / "file").write_text("mine")
    assert main(["summarise", str(ARTICLE), "-o", str(tmp_path / "file" / "out.html")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / "file").read_text() == "mine"


def test_a_terminal_cannot_be_steered_from_an_article(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Escape sequences in a title are printed as text or dropped, never sent to the terminal."""
    text = ARTICLE.read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text("\x1b]0;owned\x07\x1b[31m" + text, encoding="utf-8")
    main(["summarise", str(tmp_path / "a.txt"), "gone\x1b[2J.txt"])
    out, err = capsys.readouterr()
    assert "\x1b" not in out + err
    assert "\x07" not in out + err


@pytest.mark.parametrize("command", ["summarise", "explain"])
def test_an_empty_folder_is_said_to_be_empty(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is nothing to read, one line says so, and the exit code is 1."""
    assert main([command, str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert f"there is nothing to read in {tmp_path}" in err


def test_an_address_is_sent_to_the_command_that_fetches(capsys: pytest.CaptureFixture[str]) -> None:
    """`summarise` reads files alone: of an address it says so, and what would read it."""
    assert main(["summarise", "https://courant.example/ferry"]) == 1
    assert "briefing daily --fetch" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("arguments", [["summarise", str(ARTICLE)], ["templates", "list"]])
def test_output_that_cannot_be_written_is_one_line(arguments: list[str]) -> None:
    """A full disk behind `>` ends with 1 and a sentence, without a traceback."""
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "briefing", *arguments]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("briefing: what was to be printed could not be written: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a redirection of POSIX shells")
@pytest.mark.parametrize(
    ("closed", "name", "code"), [(">&-", ARTICLE, 0), ("2>&-", "gone", 1), ("<&-", "-", 1)]
)
def test_a_closed_stream_is_as_good_as_none(closed: str, name: str | Path, code: int) -> None:
    """Standard input, output or errors may be closed: no traceback, the same exit code."""
    command = f"{sys.executable} -m briefing summarise {name} {closed}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_reader_of_the_pipe_that_leaves_early_is_no_error() -> None:
    """`briefing … | head -n 1` ends quietly."""
    command = f"{sys.executable} -m briefing summarise {ARTICLE} {ARTICLE} | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "Lighthouse" in done.stdout


@pytest.mark.wheel
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`briefing COMMAND --help` works for each command of the table."""
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"briefing {name}" in capsys.readouterr().out


@pytest.mark.wheel
def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """`briefing --version` names the installed version."""
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.startswith("briefing 0.")


def test_the_clock_can_be_set_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH stands for the clock, and `--now` for both."""
    from briefing.cli.console import clock

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772434800")
    assert clock(None).isoformat() == "2026-03-02T07:00:00+00:00"
    assert clock("2026-03-04T07:30+01:00").isoformat() == "2026-03-04T06:30:00+00:00"


def test_an_epoch_that_is_no_number_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong SOURCE_DATE_EPOCH is said, not ignored."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    assert main(["summarise", str(ARTICLE), "--format", "html"]) == 2
    assert "noon" in capsys.readouterr().err


WEEK = ARTICLE.parent.parent / "week"


@pytest.mark.parametrize("face", ["text", "markdown", "html"])
def test_an_embargo_is_said_above_the_points(face: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An item under embargo gives its points with the time before which none may be printed."""
    file = WEEK / "day2" / "meridian-embargo.xml"
    assert main(["summarise", str(file), "--format", face]) == 0
    said = capsys.readouterr()
    assert "Embargo until 4 March 2026, 00:01 UTC: not to be published" in said.err
    assert "Embargo until" in said.out
    assert "nine-point scale" in said.out


@pytest.mark.parametrize("face", ["text", "markdown", "html"])
def test_a_cancelled_item_gives_no_points(face: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What its agency cancelled is not briefed, and both the page and the terminal say why."""
    file = WEEK / "day3" / "meridian-cancelled.xml"
    assert main(["summarise", str(file), "--format", face]) == 0
    said = capsys.readouterr()
    assert "canceled by the agency" in said.err
    assert "canceled by the agency: not to be printed" in said.out
    assert "electric" not in said.out.partition("canceled by")[2]


@pytest.mark.parametrize("face", ["text", "markdown", "html"])
def test_a_day_without_a_time_is_printed_so(
    face: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the article gives its day only, no face prints a midnight, nor the day before."""
    text = ARTICLE.read_text(encoding="utf-8")
    body = text.partition("\n\n")[2].split("\n\n")
    file = tmp_path / "day.txt"
    head = ["Keeper of the lamp retires at ninety", "By Ada Vale", "Saturday 6 September 2025"]
    file.write_text("\n\n".join([*head, *body[-6:]]), encoding="utf-8")
    options = ["--format", face, "--zone", "Europe/London", "--now", "2025-09-07T10:00Z"]
    assert main(["summarise", str(file), *options]) == 0
    out = capsys.readouterr().out
    assert "6 September 2025" in out
    assert "6 September 2025, 00:00" not in out
    assert "5 September 2025" not in out
