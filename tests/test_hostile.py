"""Hostile input through the whole chain: printed as text or dropped, never run, fetched or obeyed.

Single readers, the renderer and the fetcher have tests of their own; here an attack enters as a
file and is looked for in every finished face.
"""

import gzip
import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from briefing import Failure, Plan, Source, Summary, gather, render, summarise, summarise_all
from briefing.errors import BriefingError
from briefing.limits import Limits

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
STORY = (
    "The harbour board closed the north quay at Northfold on Tuesday {attack} after an inspector"
    " found cracks in a crane.\n\nAda Vale, the board's chair, said the repairs would take nine"
    " weeks and cost £3m.\n\nThe closure affects 40 fishing boats, which will land their catch at"
    " Lamorna until the quay {attack} is open again.\n\nA second inspection of the cranes is due"
    " in April, and the results will be published.\n\nThe town council has asked for a report on"
    " the cost of the repairs and on who knew of the cracks.\n\nThe fishermen's union said its"
    " members had warned of rust on the cranes since last winter.\n\nFish merchants expect prices"
    " to rise by a tenth while boats sail to the other harbour.\n"
)
ATTACKS = {
    "script": "<script>alert(1)</script>",
    "event handler": '<img src=x onerror="alert(1)">',
    "local file": "<img src=file:///etc/passwd>",
    "attachment": '<link rel=attachment href="file:///etc/passwd">',
    "iframe": '<iframe src="https://evil.example/"></iframe>',
    "form": '<form action="https://evil.example/"><input name=a></form>',
    "svg": '<svg onload="alert(1)"><image href="file:///etc/passwd"/></svg>',
    "style": "<style>@import url(https://evil.example/x.css);</style>",
    "css escape": '<b style="background:\\75rl(https://evil.example/)">',
    "colour profile": "<style>@color-profile --x { src: url(file:///etc/passwd) }</style>",
    "jinja": "{{ 7 * 7 }} {% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    "markdown": "![x](https://evil.example/x.png) [click](javascript:alert(1))",
    "bidi": "\u202egnp.exe\u202c \u2066x\u2069",
    "zero width": "har\u200bbour\u200d\ufeff",
    "terminal": "\x1b]0;owned\x07 \x1b[2J \x9b31m",
    "closing tags": "</p></main></body></html><h1>Owned</h1>",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x&#62;",
    "double escape": "&amp;lt;script&amp;gt;alert(1)",
}
TITLES = [
    "../../../etc/cron.d/x",
    "CON",
    "a" * 300,
    "🚢" * 40,
    "x\r\nBcc: everyone@evil.example",
    "=HYPERLINK(0)",
    "\x1b[31mred",
    "<title></title><script>1</script>",
    "%s %n {0} ${HOME} $(id) `id`",
]


def article(attack: str, *, title: str = "North quay closes") -> Source:
    """Return a pasted page with an attack in its title and its text."""
    body = f"{title}\n\n" + STORY.replace("{attack}", attack)
    return Source(ref="attack.txt", body=body.encode("utf-8", "surrogatepass"))


def page(attack: str) -> Source:
    """Return the same as a web page, the attack as markup."""
    paragraphs = "".join(f"<p>{p}</p>" for p in STORY.replace("{attack}", attack).split("\n\n"))
    markup = "<html><head><title>Quay</title></head><body><article><h1>North quay closes</h1>"
    return Source(ref="attack.html", body=f"{markup}{paragraphs}</article></body></html>".encode())


@pytest.fixture(params=sorted(ATTACKS))
def attacked(request: pytest.FixtureRequest) -> list[Summary]:
    """The summaries of a text and of a page that carry one attack."""
    attack = ATTACKS[request.param]
    return [s for make in (article, page) for s in summarise(make(attack), Plan(words=None))]


def elements(markup: str) -> Iterator[object]:
    """Yield each element of the body of a page."""
    from lxml import html

    page: Any = html.document_fromstring(markup)
    yield from page.xpath("//body//*")


def test_no_markup_of_an_article_reaches_a_page(attacked: list[Summary]) -> None:
    """The page holds no element and no attribute that the template did not write."""
    clean = [s for make in (article, page) for s in summarise(make(""), Plan(words=None))]
    known = {
        node.tag  # type: ignore[attr-defined]
        for node in elements(render.html(clean, compiled=NOON, zone="UTC"))
    }
    for node in elements(render.html(attacked, compiled=NOON, zone="UTC")):
        assert node.tag in known  # type: ignore[attr-defined]
        names = set(node.attrib)  # type: ignore[attr-defined]
        assert not {n for n in names if n.startswith("on") or n in ("style", "src", "action")}
        link = node.get("href", "")  # type: ignore[attr-defined]
        assert link.startswith(("#", "http://", "https://", "mailto:")) or not link


def test_nothing_invisible_or_steering_is_printed(attacked: list[Summary]) -> None:
    """No face holds a control character, a direction override or a zero-width space of theirs."""
    faces = [render.text(s) + render.markdown(s) for s in attacked]
    faces.append(render.html(attacked, compiled=NOON, zone="UTC"))
    for face in faces:
        assert not set(face) & set("\x00\x07\x1b\x9b\u202e\u202c\u2066\u2069\ufeff")


def test_templates_do_not_run_what_an_article_says() -> None:
    """Template syntax in an article is printed as it stands, or not at all."""
    found = list(summarise(article("{{ 7 * 7 }}", title="{{ 7 * 7 }}"), Plan(words=None)))
    markup = render.html(found, compiled=NOON, zone="UTC")
    assert "{{ 7 * 7 }}" in markup
    assert ">49<" not in markup


def test_a_pdf_of_every_attack_opens_no_file_and_no_connection(
    attacked: list[Summary], tmp_path: Path
) -> None:
    """The PDF is made, carries no file, and holds nothing of /etc/passwd."""
    import pikepdf

    made = render.pdf(attacked, compiled=NOON, zone="UTC")
    (tmp_path / "attack.pdf").write_bytes(made)
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert list(opened.attachments) == []
    assert b"root:" not in made


@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
def test_a_title_is_never_a_path_or_a_command(title: str, tmp_path: Path) -> None:
    """Whatever the title, one file is written, where the user said and nowhere else."""
    source = tmp_path / "in" / "a.txt"
    source.parent.mkdir()
    source.write_bytes(article("", title=title).body)
    target = tmp_path / "out" / "page.html"
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "summarise", str(source), "-o", str(target)],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["page.html"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out"]


BOMBS = {
    "one 10 MB word": b"a" * 10_000_000,
    "1 MB in one paragraph": b"The quay at Northfold closed on Tuesday after a storm. " * 20_000,
    "a 1 MB line of quotation marks": b'"' * 1_000_000,
    "a 1 MB line of spaces": b"x" + b" " * 1_000_000 + b"y",
    "100,000 short lines": b"By A. Name\n" * 100_000,
    "10,000 nested tags": b"<html><body>" + b"<div>" * 10_000 + b"deep",
    "a table of 100,000 cells": b"<html><body><table>" + b"<tr><td>x</td></tr>" * 100_000,
    "100,000 open brackets": b"[" * 100_000,
    "billion laughs": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10))
    + b"]><rss><channel><title>&k;</title></channel></rss>",
    "combining marks": "Z\u0301\u0302\u0303\u0304".encode() * 50_000,
    "null bytes": b"\x00" * 100_000,
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_bomb_ends_and_the_rest_is_made(name: str) -> None:
    """Each bomb ends in seconds, as a failure or an article, and the next article is done.

    The bound is generous: it tells minutes from seconds, not good from better.
    """
    begun = time.process_time()
    sources = [Source(ref="bomb", body=BOMBS[name]), article("")]
    *_, last = summarise_all(sources, Plan())
    assert isinstance(last, Summary)
    assert last.points
    assert time.process_time() - begun < 30


def zipped(entries: dict[str, bytes]) -> bytes:
    """Return a zip archive, packed as hard as zip can."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name, body in entries.items():
            made.writestr(name, body)
    return out.getvalue()


def web_archive(page: bytes) -> bytes:
    """Return a packed web archive of one page."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    size = len(head) + len(page)
    lines = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://evil.example/\r\n"
        b"WARC-Date: 2026-03-02T06:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type:"
        b" application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % size
    )
    return gzip.compress(lines + head + page + b"\r\n\r\n")


def paper(*, objects: int = 0, password: str = "") -> bytes:
    """Return a PDF of one empty page with many objects, or a password."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Many = pdf.make_indirect(pikepdf.Array(list(range(objects))))
        locked = pikepdf.Encryption(owner=password, user=password) if password else False
        pdf.save(out, encryption=locked)
    many = b"".join(b"%d 0 obj\n%d\nendobj\n" % (n, n) for n in range(100, 100 + objects))
    return out.getvalue() + many


CONTAINERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb.docx": (lambda: zipped({"word/document.xml": bytes(60_000_000)}), "as bombs do"),
    "zip bomb.epub": (lambda: zipped({"META-INF/container.xml": bytes(60_000_000)}), "as bombs do"),
    "zip of files.docx": (lambda: zipped({f"{n}": b"" for n in range(10_001)}), "as bombs do"),
    "gzip bomb.warc.gz": (lambda: web_archive(b"a" * 60_000_000), "unpacks to more than"),
    "encrypted.pdf": (lambda: paper(password="a"), "without a password"),
    "truncated.pdf": (lambda: paper()[:200], "not a whole PDF"),
    "300,000 objects.pdf": (lambda: paper(objects=300_000), "holds no text"),
    "pages in a ring.pdf": (
        lambda: (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 999999999>>endobj\n"
            b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
        ),
        "PDF",
    ),
}


@pytest.mark.parametrize("name", sorted(CONTAINERS))
def test_a_packed_bomb_is_one_line_and_the_rest_is_made(name: str, tmp_path: Path) -> None:
    """Each file is refused by one line that says why, and the next article is done."""
    make, why = CONTAINERS[name]
    (tmp_path / name).write_bytes(make())
    (tmp_path / "zz.txt").write_bytes(article("").body)
    begun = time.process_time()
    failure, made = summarise_all(gather([str(tmp_path)]), Plan())
    assert isinstance(failure, Failure)
    assert why in failure.message
    assert "\n" not in failure.message
    assert "defect" not in failure.message
    assert isinstance(made, Summary)
    assert made.points
    assert time.process_time() - begun < 30


SLOW_PAGES = {
    # Each layout of a nested flex box is tried several times at each level: 13 s for eight.
    "eight nested flex boxes": '<div style="display:flex">' * 8 + "quay" + "</div>" * 8,
    # Hyphenation takes the square of a word: 41 s for one of 5,000 letters.
    "a word of 5,000 letters": "quay" * 1_250,
    "5,000 words without a break": "quay\u00a0" * 5_000,
    # No picture of an article is ever drawn, so its size is no matter.
    "a picture of 13,000 pixels": '<img src="x.png" width="13000" height="13000">',
}


@pytest.mark.parametrize("name", sorted(SLOW_PAGES))
def test_what_is_slow_to_lay_out_is_laid_out(name: str) -> None:
    """An article's boxes and words cannot make its PDF take long: 41 s was measured."""
    found = [s for make in (article, page) for s in summarise(make(SLOW_PAGES[name]), Plan())]
    begun = time.monotonic()
    assert render.pdf(found, compiled=NOON, zone="UTC").startswith(b"%PDF-")
    assert time.monotonic() - begun < 30


def test_fifty_megabytes_are_refused_with_their_size(tmp_path: Path) -> None:
    """A file above the limit is not read at all."""
    big = tmp_path / "big.txt"
    with big.open("wb") as out:
        out.truncate(50_000_000)
    (failure,) = gather([str(big)])
    assert isinstance(failure, Failure)
    assert "50" in failure.message


def test_a_symlink_loop_ends(tmp_path: Path) -> None:
    """A folder that links to itself is read once."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = list(gather([str(tmp_path)]))
    assert sum(isinstance(f, Source) for f in found) == 1


def test_a_fifo_and_a_device_are_refused(tmp_path: Path) -> None:
    """What would never end is not opened."""
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero")):
        (failure,) = gather([str(path)])
        assert isinstance(failure, Failure)


def test_a_folder_of_too_many_files_stops_with_one_line(tmp_path: Path) -> None:
    """Beyond the limit one failure says so, and the files before it are read."""
    for n in range(30):
        (tmp_path / f"{n:03}.txt").write_text("x")
    found = list(gather([str(tmp_path)], limits=Limits(files=20)))
    failures = [f for f in found if isinstance(f, Failure)]
    assert (len(found) - len(failures), len(failures)) == (20, 1)


def test_a_whole_run_needs_no_network(tmp_path: Path) -> None:
    """With the network namespace taken away, everything but fetching works as before."""
    if subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let us take the network away")
    (tmp_path / "a.txt").write_bytes(article(ATTACKS["style"]).body)
    command = [sys.executable, "-m", "briefing", "summarise", str(tmp_path / "a.txt")]
    done = subprocess.run(
        ["unshare", "-n", *command, "-o", str(tmp_path / "a.pdf")], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_a_daily_edition_needs_no_network(tmp_path: Path) -> None:
    """With the network namespace taken away, every face of an edition is made and verified."""
    if subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let us take the network away")
    (tmp_path / "inbox").mkdir()
    for name, attack in (("a", ATTACKS["style"]), ("b", ATTACKS["svg"])):
        (tmp_path / "inbox" / f"{name}.txt").write_bytes(article(attack).body)
    (tmp_path / "inbox" / "c.html").write_bytes(page(ATTACKS["iframe"]).body)
    (tmp_path / "briefing.toml").write_text('title = "Brief"\nsources = ["inbox"]\n')
    command = [sys.executable, "-m", "briefing", "daily", "--now", "2026-03-02T20:00+00:00"]
    done = subprocess.run(
        ["unshare", "-n", *command], capture_output=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, b"")
    made = {path.suffix for path in (tmp_path / "editions/2026-03-02").iterdir()}
    assert made == {".pdf", ".html", ".json", ".md", ".eml"}


_WATCHED = """
import sys
# A library of the readers' tries whether this machine has IPv6: by a socket that asks nobody.
ASKING = {"connect", "sendto", "sendmsg", "getaddrinfo", "gethostbyname", "gethostbyaddr"}
def refuse(event, given):
    if event.removeprefix("socket.") in ASKING:
        sys.stderr.write(f"{event} {given}\\n")
sys.addaudithook(refuse)
from briefing.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_daily_edition_asks_nobody(tmp_path: Path) -> None:
    """Where nothing would answer, nothing is asked either: no name looked up, nothing sent."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/a.html").write_bytes(page(ATTACKS["style"]).body)
    (tmp_path / "briefing.toml").write_text('title = "Brief"\nsources = ["inbox"]\n')
    command = [sys.executable, "-c", _WATCHED, "daily", "--now", "2026-03-02T20:00+00:00"]
    done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_stage_raises_anything_but_our_errors() -> None:
    """Every attack as a file of every kind is an answer or a `BriefingError`."""
    for attack in ATTACKS.values():
        for suffix in ("txt", "html", "xml", "json", "eml", "md", "rss", "pdf", "docx"):
            body = attack.encode("utf-8", "surrogatepass")
            try:
                summarise(Source(ref=f"a.{suffix}", body=body), Plan())
            except BriefingError:
                continue
