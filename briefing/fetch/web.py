"""Fetching from the web as a polite and wary client does.

httpx2 speaks HTTP, hishel keeps a cache by the rules of RFC 9111 (so that unchanged pages cost
one conditional request), protego reads robots.txt (RFC 9309). What is ours is the order: the
address is checked, then robots.txt is asked, then the host is given time, and every redirect goes
through all of it again.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from briefing.errors import FetchError, LimitError
from briefing.fetch.edge import Fetched
from briefing.fetch.guard import Network, check_url, guarded_backend

USER_AGENT = "briefing/0.1 (+https://github.com/briefing-project/briefing)"

_RETRIED = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# RFC 9309, section 2.5: a crawler must read at least 500 kibibytes of robots.txt.
_ROBOTS_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """How much patience and room an address is given."""

    bytes: int = 10_000_000
    """At most this many bytes, decompressed."""

    connect_s: float = 10.0
    read_s: float = 20.0
    """At most this long without a byte."""

    total_s: float = 60.0
    """At most this long for one answer."""

    tries: int = 3
    redirects: int = 5
    delay_s: float = 1.0
    """Between two requests to one host, at least."""

    longest_wait_s: float = 30.0
    """No server can make us wait longer before the next try."""

    networks: tuple[Network, ...] = ()
    """Private networks that may be reached all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clockwork:
    """How to wait, and how to tell how long something took."""

    sleep: Callable[[float], None] = time.sleep
    """Wait so many seconds."""

    monotonic: Callable[[], float] = time.monotonic
    """Seconds since some moment that does not change."""


class WebFetcher:
    """Fetches addresses; holds connections, a cache and what robots.txt files said.

    Use it as a context manager.
    """

    def __init__(
        self,
        *,
        limits: FetchLimits | None = None,
        cache: Path | None = None,
        clockwork: Clockwork | None = None,
        transport: Any = None,
    ) -> None:
        """Prepare a fetcher; nothing is reached yet.

        Args:
            limits: Size, time, number of tries, and which private networks may be reached.
            cache: A file for the HTTP cache; None: none is kept.
            clockwork: How to wait and how to tell how long it took.
            transport: What speaks HTTP in place of the network, for tests.
        """
        self._limits = limits or FetchLimits()
        clockwork = clockwork or Clockwork()
        self._sleep = clockwork.sleep
        self._monotonic = clockwork.monotonic
        self._robots: dict[str, Any] = {}
        self._free_at: dict[str, float] = {}
        self._client = _client(
            transport or _transport(self._limits.networks), cache=cache, limits=self._limits
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def fetch(self, url: str, /) -> Fetched:
        """Return what *url* answers, following redirects, each checked like the first.

        Raises:
            FetchError: The address is refused or forbidden, or does not answer well.
            LimitError: It answers with too much, or too slowly.
        """
        seen = [check_url(url)]
        while True:
            self._ask_robots(seen[-1])
            status, headers, body = self._request(seen[-1], size=self._limits.bytes)
            if status not in _REDIRECTS or "location" not in headers:
                break
            seen.append(check_url(urljoin(seen[-1], headers["location"])))
            if len(seen) > self._limits.redirects + 1 or seen[-1] in seen[:-1]:
                raise FetchError(f"{url} redirects in circles or too often ({len(seen) - 1} times)")
        if not 200 <= status < 300:
            raise FetchError(f"{url} answered {status}")
        media_type, charset = content_type(headers.get("content-type"))
        return Fetched(url=seen[-1], body=body, media_type=media_type, charset=charset)

    def _ask_robots(self, url: str) -> None:
        """Raise FetchError when the host's robots.txt forbids *url* to us."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            self._robots[host] = self._read_robots(host)
        robots = self._robots[host]
        if robots is not None and not robots.can_fetch(url, USER_AGENT):
            raise FetchError(f"{url} was not fetched: the host's robots.txt forbids it")

    def _read_robots(self, host: str) -> Any:
        """Return the host's parsed rules, None where it has none (RFC 9309, section 2.3.1)."""
        from protego import Protego

        status, _, body = self._request(f"{host}/robots.txt", size=_ROBOTS_BYTES, cut=True)
        if status >= 500:
            raise FetchError(f"{host} was not asked: its robots.txt answers {status}")
        return Protego.parse(body.decode("utf-8", "replace")) if status == 200 else None

    def _request(self, url: str, *, size: int, cut: bool = False) -> tuple[int, Any, bytes]:
        """Return status, headers and body, trying again as long as that may help."""
        import httpx2

        for attempt in range(1, self._limits.tries + 1):
            last = attempt == self._limits.tries
            self._give_time(url)
            try:
                status, headers, body = self._once(url, size=size, cut=cut)
            except httpx2.TransportError as error:
                if last:
                    raise FetchError(f"{url} did not answer: {_plain(error)}") from error
                self._sleep(self._pause(attempt, asked=None))
                continue
            except httpx2.HTTPError as error:
                raise FetchError(f"{url} answered with what is not HTTP: {error}") from error
            if status not in _RETRIED or last:
                return status, headers, body
            self._sleep(self._pause(attempt, asked=headers.get("retry-after")))
        raise AssertionError("at least one try is made")

    def _once(self, url: str, *, size: int, cut: bool) -> tuple[int, Any, bytes]:
        """Make one request and read its answer within the limits."""
        begun = self._monotonic()
        body = bytearray()
        with self._client.stream("GET", url) as response:
            for chunk in response.iter_bytes(65536):
                body += chunk
                if len(body) > size:
                    if cut:
                        break
                    raise LimitError(f"{url} was not read: it is larger than {size:,} bytes")
                if self._monotonic() - begun > self._limits.total_s:
                    raise LimitError(f"{url} was not read: it took over {self._limits.total_s:g} s")
            return response.status_code, response.headers, bytes(body[:size])

    def _give_time(self, url: str) -> None:
        """Wait until the host has had its rest since our last request."""
        host = urlsplit(url).netloc
        now = self._monotonic()
        wait = self._free_at.get(host, now) - now
        if wait > 0:
            self._sleep(wait)
        self._free_at[host] = max(now, self._free_at.get(host, now)) + self._limits.delay_s

    def _pause(self, attempt: int, *, asked: str | None) -> float:
        """Return how long to wait before the next try: doubling, or as the server asked."""
        wait = float(asked) if asked and asked.isdecimal() else 2.0 ** (attempt - 1)
        return min(wait, self._limits.longest_wait_s)


def content_type(header: str | None) -> tuple[str | None, str | None]:
    """Return the media type and the charset that a Content-Type header declares.

    >>> content_type("Text/HTML; charset=ISO-8859-1")
    ('text/html', 'iso-8859-1')
    >>> content_type(None)
    (None, None)
    """
    if not header:
        return None, None
    message = Message()
    message["content-type"] = header
    return message.get_content_type(), message.get_content_charset()


def _client(transport: Any, *, cache: Path | None, limits: FetchLimits) -> Any:
    """Return the HTTP client: no proxies or netrc from the environment, no automatic redirects."""
    import httpx2

    if cache is not None:
        from hishel import CacheOptions, SqliteStorage
        from hishel.httpx2 import CacheTransport

        # Without `rfc`, hishel 2 ignores every cache header and would serve stale pages.
        transport = CacheTransport(
            transport,
            storage=SqliteStorage(database_path=cache),
            rfc=CacheOptions(shared=False),
        )
    return httpx2.Client(
        transport=transport,
        headers={"user-agent": USER_AGENT, "accept-encoding": "gzip, deflate"},
        timeout=httpx2.Timeout(limits.read_s, connect=limits.connect_s),
        follow_redirects=False,
        trust_env=False,
    )


def _transport(networks: Sequence[Network]) -> Any:
    """Return an HTTP transport whose every connection goes through the guard."""
    import httpcore2
    import httpx2

    transport = httpx2.HTTPTransport(trust_env=False)
    # httpx2 takes no backend, so the pool it made is replaced by one that does.
    pool: Any = transport._pool
    transport._pool = httpcore2.ConnectionPool(
        ssl_context=pool._ssl_context,
        max_connections=10,
        network_backend=guarded_backend(httpcore2.SyncBackend(), networks=networks),
    )
    return transport


def _plain(error: Exception) -> str:
    """Return what went wrong, in one line."""
    return " ".join(str(error).split()) or type(error).__name__
