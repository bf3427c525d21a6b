"""Addresses: a stranger's link as every browser, mail program and PDF writes it alike."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

_HOST = re.compile(r"[a-z0-9._:-]+")

# What RFC 3986 allows unescaped in each part; `%` stays, for what is escaped already is not
# escaped again.
_PATH = "/%:@!$&'()*+,;=~-._"
_QUERY = _PATH + "?"


def ascii_address(url: str | None) -> str | None:
    """Return a web address in the letters that RFC 3986 allows, None when it is no web address.

    Names in other letters are written as the network knows them (IDNA), everything else is
    percent-encoded: a PDF writes its links so, and a link must be the same in all faces. A name and
    password before the host are left out; nobody means to print them.

    >>> ascii_address("https://вестник.example/новость?a=б")
    'https://xn--b1agjinxh.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C?a=%D0%B1'
    >>> ascii_address("https://ada:secret@courant.example:8080/a%20b [c]#top")
    'https://courant.example:8080/a%20b%20%5Bc%5D#top'
    >>> ascii_address("http://[oops/a"), ascii_address("javascript:alert(1)")
    (None, None)
    """
    try:
        parts = urlsplit((url or "").strip())
        host, port = _host(parts.hostname or ""), parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return None
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port is not None else "")
    return urlunsplit(
        (
            parts.scheme,
            netloc,
            quote(parts.path, safe=_PATH),
            quote(parts.query, safe=_QUERY),
            quote(parts.fragment, safe=_QUERY),
        )
    )


def _host(name: str) -> str:
    """Return a host's name as the network knows it."""
    return name if name.isascii() else name.encode("idna").decode("ascii")
