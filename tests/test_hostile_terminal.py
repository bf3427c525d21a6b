"""What every command prints of strangers' titles, names, paths and words steers no terminal."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unicodedata import category

import pytest
from test_hostile_daily import ARTICLES

# To xterm and its kin: set the title, clear the screen, go up a line, the same in one byte (C1),
# answer with what is typed next, turn the direction, hide.
STEERING = (
    "\x1b]0;owned\x07\x1b[2J\x1b[1A\x9b2J\x9d0;owned\x9c\x05\x7f\u202e\u2066\u200b\u2028\U000e0041"
)
NAME = "q\x1b]0;owned\x07\x1b[2J\x9b2J\u202e\nbriefing: all is well"
NOW = "2026-03-02T20:00+00:00"
STEERS = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Categories of what is obeyed or not seen: controls, format characters, halves, separators."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder whose articles, names and failures are made to steer, and an edition of them."""
    office = tmp_path_factory.mktemp("office")
    inbox = office / "inbox"
    inbox.mkdir()
    # A text file with many bells is taken for binary; JSON may spell what it likes.
    # A separator of lines would end its sentence.
    few = "".join(c for c in STEERING if c not in "\x05\x07\x7f\u2028")
    for n, text in enumerate(ARTICLES.values()):
        title, _, body = text.partition("\n\n")
        words = f"{title} {few}\n\nBy Ada {few} Vale\n\n{body.replace(' the ', f' the{few} ')}"
        (inbox / f"{n}{NAME}.txt").write_bytes(words.encode())
    title, _, body = next(iter(ARTICLES.values())).replace("quay", "pier").partition("\n\n")
    wire = {
        "headline": title + STEERING,
        "body_text": body.replace(" the ", f" the{few}\x07 "),
        "byline": "By Ada Vale" + STEERING,
        "provider": "Meridian Wire" + STEERING,
        "usageterms": "Not for resale" + STEERING,
        "url": "https://x.example/" + STEERING,
        "embargoed": "2026-03-02T10:00:00Z",
    }
    (inbox / f"wire{NAME}.json").write_text(json.dumps(wire))
    (inbox / f"broken{NAME}.pdf").write_bytes(b"%PDF-1.4" + STEERING.encode())
    (inbox / f"broken{NAME}.xml").write_bytes(f"<rss{STEERING}><a></b{STEERING}>".encode())
    (inbox / f"broken{NAME}.json").write_bytes(f'{{"{STEERING}'.encode())
    (inbox / f"broken{NAME}.warc").write_bytes(f"WARC/1.0\r\n{STEERING}".encode())
    (inbox / f"list{NAME}.opml").write_bytes(
        b'<opml><outline xmlUrl="https://x.example/&#155;2J&#8238;"/></opml>'
    )
    (office / "briefing.toml").write_text('title = "Harbour brief"\nsources = ["inbox"]\n')
    assert _run(office, "daily", "--now", NOW)[0] == 1
    edition = json.loads((office / "editions/2026-03-02/edition.json").read_text())
    assert edition["stories"]  # what is refused as binary would show nothing
    look = office / f"look{NAME}"
    _run(office, "templates", "new", str(look))
    (look / "page.html.jinja").write_text("{% if x %}" + STEERING)
    (office / f"wrong{NAME}.toml").write_text(f'"{STEERING}" = 1\n')
    yield office


def _run(office: Path, *arguments: str) -> tuple[int, str, str]:
    """Return the exit code of a command, and what it printed on output and error."""
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        cwd=office,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200"},
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def _files(office: Path) -> list[str]:
    """Return the files of the inbox as a shell would name them for `inbox/*`."""
    return sorted(f"inbox/{path.name}" for path in (office / "inbox").iterdir())


COMMANDS: dict[str, list[str]] = {
    "summarise": ["summarise", "inbox"],
    "summarise each": ["summarise", "*"],
    "summarise as markdown": ["summarise", "inbox", "--format", "markdown"],
    "summarise as json": ["summarise", "inbox", "--format", "json"],
    "summarise what is not there": ["summarise", f"gone{NAME}.txt"],
    "summarise into what cannot be": ["summarise", "inbox", "-o", f"briefing.toml/{NAME}.html"],
    "summarise into no kind": ["summarise", "inbox", "-o", f"x.{NAME}"],
    "summarise with no such look": ["summarise", "inbox", "--template", NAME],
    "an option that is a name": ["summarise", "inbox", "--\x1b[2J\x9b2J\u202e"],
    "a value that is a name": ["summarise", "inbox", "--points", NAME],
    "a command that is a name": [NAME],
    "explain": ["explain", "inbox"],
    "explain as html": ["explain", "inbox", "--format", "html"],
    "daily": ["daily", "--now", NOW],
    "daily of what is not there": ["daily", f"gone{NAME}", "--now", NOW],
    "daily into what cannot be": ["daily", "--now", NOW, "--out", f"briefing.toml/{NAME}"],
    "daily with a wrong file": ["daily", "--now", NOW, "--config", f"wrong{NAME}.toml"],
    "corpus": ["corpus", "inbox", "-o", "points", "--jobs", "1"],
    "archive list": ["archive", "list"],
    "archive show": ["archive", "show"],
    "archive show what is not there": ["archive", "show", NAME],
    "archive export": ["archive", "export"],
    "archive rights": ["archive", "rights", "--from", "2026-03-01", "--to", "2026-03-03"],
    "archive rights as json": ["archive", "rights", "--from", "2026-03-01", "--to", "2026-03-03",
        "--format", "json"],
    "verify": ["verify", "editions/2026-03-02/edition.html"],
    "verify with sources": ["verify", "editions/2026-03-02/edition.json", "--sources", "inbox"],
    "verify what was changed": ["verify", "changed.html"],
    "verify what was changed, as json": ["verify", "changed.html", "--json"],
    "check-sources": ["check-sources", "editions/2026-03-02/edition.json", "--sources", "other"],
    "check-sources as json": ["check-sources", "editions/2026-03-02/edition.json", "--sources",
        "other", "--json"],
    "templates check": ["templates", "check", f"look{NAME}"],
    "templates new": ["templates", "new", f"other look{NAME}"],
}  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_steers_the_terminal(name: str, office: Path) -> None:
    """Standard output and error hold no control, no change of direction and nothing hidden."""
    _changed(office)
    arguments = [a for one in COMMANDS[name] for a in (_files(office) if one == "*" else [one])]

    _, out, err = _run(office, *arguments)

    said = out + err
    assert said.strip() or name == "corpus"
    steering = {c for c in said if category(c) in STEERS} - {"\n", "\r"}
    assert not steering, [hex(ord(c)) for c in steering]
    assert "\nbriefing: all is well" not in said
    assert "Traceback" not in said


def _changed(office: Path) -> None:
    """Change an edition's page and its sources, so that there is something to tell."""
    page = (office / "editions/2026-03-02/edition.html").read_text()
    (office / "changed.html").write_text(page.replace("quay", f"key{STEERING}", 5))
    other = office / "other" / "inbox"
    other.mkdir(parents=True, exist_ok=True)
    for path in (office / "inbox").iterdir():
        (other / path.name).write_bytes(path.read_bytes().replace(b"nine", b"ten\x1b[2J\xc2\x9b2J"))


def test_json_says_the_same_words(office: Path) -> None:
    """What JSON escapes is still there for those who read it."""
    name = next(name for name in _files(office) if "/0q" in name)
    _, out, _ = _run(office, "summarise", name, "--format", "json")
    found = json.loads(out)
    assert "\\u009b" in out
    assert "\x9b" in found["article"]["ref"]
