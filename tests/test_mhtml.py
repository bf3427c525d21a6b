"""Web pages saved in a single file: the page is read, and the saving leaves no trace."""

import hashlib
import quopri
from datetime import UTC, datetime

import pytest
from factories import articles
from test_readers import PAGE, SENTENCE

from briefing.errors import FormatError
from briefing.model import Source
from briefing.readers import read

ADDRESS = "https://courier.example/2026/ferry?print=1"
HEAD = """From: <Saved by Blink>
Snapshot-Content-Location: {address}
Subject: =?utf-8?Q?Ferry=20sinks=20=E2=80=93=20saved?=
Date: Wed, 4 Mar 2026 21:09:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----MultipartBoundary--x----"

"""
RULE = "------MultipartBoundary--x----"


def saved(
    page: str = PAGE, *, encoding: str = "utf-8", declared: str = "", head: str = HEAD
) -> bytes:
    """Return a page as Chrome saves it, its styles and a frame beside it, its lines CRLF."""
    quoted = quopri.encodestring(page.encode(encoding)).decode("ascii")
    kind = f"text/html; charset={declared}" if declared else "text/html"
    text = f"""{head.format(address=ADDRESS)}{RULE}
Content-Type: {kind}
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: {ADDRESS}

{quoted}
{RULE}
Content-Type: text/css
Content-Transfer-Encoding: quoted-printable
Content-Location: cid:css-1@mhtml.blink

p {{ color: red }}
{RULE}
Content-Type: text/html
Content-ID: <frame-2@mhtml.blink>
Content-Location: https://adverts.example/frame

<html><body><p>Buy a boat. {SENTENCE}</p></body></html>
{RULE}--
"""
    return text.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("ref", ["a.mhtml", "a.mht", "standard input"])
def test_the_page_says_whose_it_is(ref: str) -> None:
    """Outlet, title, authors and times are the page's, and its location is the address."""
    body = saved()

    (found,) = articles(read, Source(ref=ref, body=body))

    assert (found.ref, found.title, found.publisher) == (
        ref,
        "Ferry sinks off Port Vale",
        "Vale Courier",
    )
    assert found.authors == ("Ada Vale", "Bo Lund")
    assert found.published == datetime(2026, 3, 3, 5, 15, tzinfo=UTC)
    assert (found.url, found.section) == (ADDRESS, "Islands")
    assert found.source_text.split("\n\n")[-1] == f"4. {SENTENCE}"
    assert "Buy a boat" not in found.source_text
    assert found.sha256 == hashlib.sha256(body).hexdigest()


def test_a_page_that_declares_nothing_has_no_time_of_saving() -> None:
    """Nor is the browser its outlet."""
    page = f"<html><body><h1>Ferry sinks</h1>{f'<p>{SENTENCE}</p>' * 4}</body></html>"

    (found,) = articles(read, Source(ref="a.mhtml", body=saved(page)))

    assert (found.published, found.publisher) == (None, None)


@pytest.mark.parametrize(("meta", "declared"), [("windows-1251", ""), ("utf-8", "windows-1251")])
def test_the_encoding_is_what_the_part_or_the_page_declares(meta: str, declared: str) -> None:
    """The part of the file wins, as it does for browsers."""
    page = f"<html><head><meta charset={meta}></head><body><p>Паром. {SENTENCE}</p></body></html>"
    body = saved(page, encoding="cp1251", declared=declared)

    (found,) = articles(read, Source(ref="a.mhtml", body=body))

    assert found.source_text.startswith("Паром.")


def test_internet_explorer_names_the_part_that_is_the_page() -> None:
    """A frame may stand before it; its own location is the address where the file gives none."""
    head = HEAD.replace("<Saved by Blink>", '"Saved by Internet Explorer 11"')
    head = head.replace("Snapshot-Content-Location: {address}\n", "")
    first, page, *others = saved(head=head).decode().split(f"{RULE}\r\n")
    first = first.replace("\ttype=", '\tstart="<frame-1@mhtml.blink>";\r\n\ttype=')
    frame = others.pop().replace(f"{RULE}--\r\n", "")
    body = f"{RULE}\r\n".join([first, frame, page, *others]) + f"{RULE}--\r\n"

    (found,) = articles(read, Source(ref="-", body=body.encode()))

    assert (found.title, found.url) == ("Ferry sinks off Port Vale", ADDRESS)


def test_a_location_that_is_no_address_is_none() -> None:
    """A page saved from a disk has none to follow; what the page itself says holds."""
    body = saved().replace(ADDRESS.encode(), b"file:///C:/Users/ada/ferry.html")

    (found,) = articles(read, Source(ref="a.mhtml", body=body))

    assert found.url == "https://courier.example/ferry"


NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(2_000)
)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (saved("<html></html>"), "no article was found"),
        (saved("").partition(b"Content-Type: text/css")[0], "no page in this file"),
        (saved()[:200], "no page in this file"),
        (b"just words", "no page in this file"),
        (b"From: <Saved by Blink>\r\n" + NESTED, "nested too deep"),
    ],
    ids=["empty page", "empty part", "torn", "words", "nested"],
)
def test_what_holds_no_page_is_refused(body: bytes, told: str) -> None:
    """A torn, hostile or empty file is one clear error."""
    with pytest.raises(FormatError, match=told):
        read(Source(ref="a.mhtml", body=body))


def test_what_is_torn_behind_the_page_is_read() -> None:
    """The page comes first; pictures that are missing are not missed."""
    body = saved().partition(b"Content-Type: text/css")[0]

    (found,) = articles(read, Source(ref="a.mhtml", body=body))

    assert found.title == "Ferry sinks off Port Vale"
