"""What the rest of the package knows of the network."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from briefing.errors import FetchError
from briefing.model import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address answered, decompressed."""

    url: str
    """The address that answered, after redirects."""

    body: bytes
    media_type: str | None = None
    """As declared, without parameters, in lower case."""

    charset: str | None = None
    """As declared."""

    def source(self, ref: str) -> Source:
        """Return the answer as a source that is called *ref*."""
        return Source(
            ref=ref,
            body=self.body,
            media_type=self.media_type,
            charset=self.charset,
            url=self.url,
        )


class Fetcher(Protocol):
    """The one method through which the package reaches an address."""

    def fetch(self, url: str, /) -> Fetched:
        """Return what *url* answers.

        Raises:
            FetchError: The address is refused, forbidden, or does not answer well.
            LimitError: It answers with too much, or too slowly.
        """
        ...


class NoNetwork:
    """The default: every address is refused, with what to do about it."""

    def fetch(self, url: str, /) -> Fetched:
        """Refuse *url*."""
        raise FetchError(
            f"{url} was not fetched: fetching is off; set `fetch = true` in briefing.toml"
        )


class FakeFetcher:
    """A fetcher that answers from a table, and keeps what it was asked.

    >>> fake = FakeFetcher({"https://newline.example/": b"<p>Hello"})
    >>> fake.fetch("https://newline.example/").body
    b'<p>Hello'
    >>> fake.asked
    ['https://newline.example/']
    """

    def __init__(self, answers: Mapping[str, bytes | Fetched | Exception]) -> None:
        self._answers = answers
        self.asked: list[str] = []

    def fetch(self, url: str, /) -> Fetched:
        """Return the table's answer, raise it if it is an error, or refuse an unknown address."""
        self.asked.append(url)
        answer = self._answers.get(url)
        if answer is None:
            raise FetchError(f"{url} answered 404 Not Found")
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Fetched) else Fetched(url=url, body=answer)
