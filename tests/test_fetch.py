"""The edge to the network: what is refused, how patient it is, and what it never reaches."""

import gzip
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpcore2
import httpx2
import pytest

from briefing.errors import FetchError, LimitError
from briefing.fetch import Clockwork, FakeFetcher, FetchLimits, WebFetcher, check_url
from briefing.fetch.edge import NoNetwork
from briefing.fetch.guard import guarded_backend, is_public

PAGE = "https://newline.example/a"
Answer = Callable[[httpx2.Request], httpx2.Response]


class Clock:
    """A clock that only waiting moves, and that keeps how long each wait was."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def clockwork(self) -> Clockwork:
        return Clockwork(sleep=self.sleep, monotonic=lambda: self.now)


def fetcher(answer: Answer, *, clock: Clock | None = None, **limits: Any) -> WebFetcher:
    """Return a fetcher to which *answer* is the whole web."""
    return WebFetcher(
        limits=FetchLimits(**{"delay_s": 0, **limits}),
        clockwork=(clock or Clock()).clockwork(),
        transport=httpx2.MockTransport(answer),
    )


def serve(pages: dict[str, httpx2.Response]) -> Answer:
    """Return a web that answers from a table of paths, 404 for all else."""
    return lambda request: pages.get(request.url.path, httpx2.Response(404))


def test_returns_the_page_with_what_was_declared() -> None:
    """The answer carries body, final address, media type and charset."""
    page = httpx2.Response(200, content=b"x", headers={"content-type": "text/html; charset=koi8-r"})
    got = fetcher(serve({"/a": page})).fetch(PAGE)
    assert (got.body, got.url, got.media_type, got.charset) == (b"x", PAGE, "text/html", "koi8-r")


def test_follows_redirects_to_the_address_that_answers() -> None:
    """A moved page is followed and its new address reported."""
    moved = httpx2.Response(301, headers={"location": "/b"})
    got = fetcher(serve({"/a": moved, "/b": httpx2.Response(200, content=b"b")})).fetch(PAGE)
    assert got.url == "https://newline.example/b"


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://newline.example/", "https://u:p@newline.example/"]
)
def test_redirects_are_checked_like_the_first_address(location: str) -> None:
    """A redirect to what would be refused is refused."""
    moved = httpx2.Response(302, headers={"location": location})
    with pytest.raises(FetchError, match="refused"):
        fetcher(serve({"/a": moved})).fetch(PAGE)


def test_redirects_in_circles_end() -> None:
    """Two pages that point at each other are one clear error."""
    pages = {
        "/a": httpx2.Response(302, headers={"location": "/b"}),
        "/b": httpx2.Response(302, headers={"location": "/a"}),
    }
    with pytest.raises(FetchError, match="in circles"):
        fetcher(serve(pages)).fetch(PAGE)


def test_robots_txt_is_honoured() -> None:
    """A page that the host forbids is not asked for."""
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.path)
        return httpx2.Response(200, content=b"User-agent: *\nDisallow: /a\n")

    with pytest.raises(FetchError, match=r"robots\.txt forbids"):
        fetcher(answer).fetch(PAGE)
    assert asked == ["/robots.txt"]


def test_a_host_whose_robots_txt_fails_is_not_asked() -> None:
    """A server error for robots.txt means no, by RFC 9309."""
    with pytest.raises(FetchError, match="answers 503"):
        fetcher(serve({"/robots.txt": httpx2.Response(503)})).fetch(PAGE)


def test_503_is_tried_again_as_late_as_the_server_asks() -> None:
    """A busy server gets the rest it asks for, and then its answer counts."""
    clock = Clock()
    answers = iter(
        [httpx2.Response(503, headers={"retry-after": "7"}), httpx2.Response(200, content=b"x")]
    )

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(404) if request.url.path == "/robots.txt" else next(answers)

    assert fetcher(answer, clock=clock).fetch(PAGE).body == b"x"
    assert clock.waits == [7.0]


def test_no_server_makes_us_wait_for_hours() -> None:
    """A Retry-After beyond the limit is cut to it."""
    clock = Clock()
    busy = httpx2.Response(503, headers={"retry-after": "99999"})
    with pytest.raises(FetchError, match="answered 503"):
        fetcher(serve({"/a": busy}), clock=clock, longest_wait_s=5).fetch(PAGE)
    assert clock.waits == [5.0, 5.0]


def test_no_network_is_one_clear_error() -> None:
    """What cannot be reached is named, after as many tries as the limits say."""
    tries: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        tries.append(request.url.path)
        raise httpx2.ConnectError("no route to host")

    with pytest.raises(FetchError, match="did not answer: no route to host"):
        fetcher(answer).fetch(PAGE)
    assert len(tries) == 3


def test_one_host_is_asked_politely() -> None:
    """Between two requests to a host lies the delay; other hosts do not wait for it."""
    clock = Clock()
    web = fetcher(lambda _: httpx2.Response(200, content=b""), clock=clock, delay_s=2)
    web.fetch("https://one.example/")
    web.fetch("https://two.example/")
    # Two requests each (robots.txt and the page): only the second of each host waits.
    assert clock.waits == [2.0, 2.0]


def test_too_large_an_answer_is_refused() -> None:
    """An answer above the limit is not read to its end."""
    page = httpx2.Response(200, content=b"x" * 2001)
    with pytest.raises(LimitError, match="larger than 2,000 bytes"):
        fetcher(serve({"/a": page}), bytes=2000).fetch(PAGE)


def test_a_gzip_bomb_counts_what_it_unpacks_to() -> None:
    """Ten megabytes in ten kilobytes are ten megabytes."""
    bomb = gzip.compress(b"\0" * 10_000_000)
    page = httpx2.Response(200, content=bomb, headers={"content-encoding": "gzip"})
    with pytest.raises(LimitError, match="larger than"):
        fetcher(serve({"/a": page}), bytes=1_000_000).fetch(PAGE)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://user:secret@newline.example/",
        "https://newline.example/a b",
        "https://newline.example/\r\nHost: x",
        "https://newline.example:99999/",
        "newline.example/a",
    ],
)
def test_addresses_that_may_not_be_fetched(url: str) -> None:
    """Only plain http and https addresses of a host are."""
    with pytest.raises(FetchError):
        check_url(url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    """Private, local, multicast and wrapped private addresses are not."""
    assert is_public(address) is public


class FakeBackend(httpcore2.NetworkBackend):
    """A backend that keeps where it was sent, and never connects."""

    def __init__(self) -> None:
        self.connected: list[tuple[str, int]] = []

    def connect_tcp(self, host: str, port: int, *_: object, **__: object) -> object:  # type: ignore[override]
        self.connected.append((host, port))
        return object()


def test_connects_to_the_very_address_that_was_checked() -> None:
    """The name is resolved once, so an answer that changes afterwards changes nothing."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    inner = FakeBackend()
    guard = guarded_backend(inner, networks=(), resolve=lambda *_: next(answers))
    guard.connect_tcp("newline.example", 443)
    with pytest.raises(FetchError, match="private address"):
        guard.connect_tcp("newline.example", 443)
    assert inner.connected == [("93.184.216.34", 443)]


def test_a_name_with_a_private_and_a_public_address_gets_the_public_one() -> None:
    """Only the address that passed is connected to."""
    inner = FakeBackend()
    both = guarded_backend(inner, networks=(), resolve=lambda *_: ["10.0.0.1", "93.184.216.34"])
    both.connect_tcp("newline.example", 80)
    assert inner.connected == [("93.184.216.34", 80)]


def test_a_network_that_the_user_names_is_allowed() -> None:
    """An intranet can be read by those who say so."""
    inner = FakeBackend()
    guard = guarded_backend(
        inner, networks=(ip_network("10.0.0.0/8"),), resolve=lambda *_: ["10.0.0.1"]
    )
    guard.connect_tcp("intranet.example", 80)
    assert inner.connected == [("10.0.0.1", 80)]


def test_an_unknown_name_is_no_address() -> None:
    """A name that does not resolve is a connection error, to be tried again."""

    def unknown(host: str, port: int) -> list[str]:
        raise OSError(host, port)

    with pytest.raises(httpcore2.ConnectError, match="no such host"):
        guarded_backend(FakeBackend(), networks=(), resolve=unknown).connect_tcp("x.example", 80)


def test_fetching_is_off_by_default() -> None:
    """Without a fetcher, an address is refused with what to do."""
    with pytest.raises(FetchError, match="fetch = true"):
        NoNetwork().fetch(PAGE)


def test_the_fake_raises_what_its_table_holds() -> None:
    """A fake can stand for a failing web."""
    with pytest.raises(LimitError):
        FakeFetcher({PAGE: LimitError("too large")}).fetch(PAGE)


class Handler(BaseHTTPRequestHandler):
    """A page with an ETag, that counts how it was asked."""

    seen: list[str | None]

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self.send_error(404)
            return
        tag = self.headers.get("if-none-match")
        self.seen.append(tag)
        self.send_response(304 if tag == '"1"' else 200)
        self.send_header("etag", '"1"')
        self.send_header("cache-control", "no-cache")
        self.send_header("content-length", "0" if tag else "5")
        self.end_headers()
        if not tag:
            self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[str | None]]]:
    """A web server on the loopback address, and how it was asked."""
    seen: list[str | None] = []
    handler = type("H", (Handler,), {"seen": seen})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/page", seen
        running.shutdown()


def test_loopback_is_refused_by_the_real_client(server: tuple[str, list[str | None]]) -> None:
    """The real transport refuses a private address before any byte is sent."""
    with (
        WebFetcher(clockwork=Clock().clockwork()) as web,
        pytest.raises(FetchError, match="private address"),
    ):
        web.fetch(server[0])
    assert server[1] == []


def test_an_unchanged_page_costs_one_conditional_request(
    server: tuple[str, list[str | None]], tmp_path: Path
) -> None:
    """The cache asks again with the ETag and serves what it kept."""
    limits = FetchLimits(networks=(ip_network("127.0.0.0/8"),), delay_s=0)
    with WebFetcher(limits=limits, cache=tmp_path / "http.sqlite") as web:
        assert [web.fetch(server[0]).body for _ in range(2)] == [b"hello", b"hello"]
    assert server[1] == [None, '"1"']
