"""Which addresses may be reached: none that is private, unless the user allows it.

The check is made on the very address that the socket then connects to, for each connection, so
neither a redirect nor a name that changes its answer gets past it.
"""

import socket
from collections.abc import Callable, Iterable, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any
from urllib.parse import urlsplit

from briefing.errors import FetchError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]
"""From host and port to the numeric addresses it stands for, best first."""

# RFC 6052: the last 32 bits are an IPv4 address that a gateway will translate to.
_NAT64 = ip_network("64:ff9b::/96")


def check_url(url: str) -> str:
    """Return *url* if it has a form that may be fetched at all.

    Raises:
        FetchError: It is not http or https, has no host, or carries a user name.

    >>> check_url("https://newline.example/a")
    'https://newline.example/a'
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{url!r} is not an address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise FetchError(f"{url!r} is refused: only http and https addresses are fetched")
    if not host:
        raise FetchError(f"{url!r} is refused: it names no host")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{url!r} is refused: it carries a user name or password")
    if any(ord(c) <= 32 or ord(c) == 127 for c in url):
        raise FetchError(f"{url!r} is refused: it holds white space or control characters")
    return url


def is_public(address: str) -> bool:
    """Return whether *address* is one that anybody on the internet could reach.

    Addresses that wrap another (IPv4-mapped, 6to4, Teredo, NAT64) are judged by what they wrap.

    >>> [is_public(a) for a in ("93.184.216.34", "127.0.0.1", "::ffff:10.0.0.1", "fe80::1")]
    [True, False, False, False]
    """
    return all(a.is_global and not a.is_multicast for a in _unwrap(ip_address(address)))


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the numeric addresses of *host*, in the order of the system's preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def allowed(addresses: Iterable[str], *, networks: Sequence[Network] = ()) -> list[str]:
    """Return the *addresses* that are public or in one of *networks*, in order."""
    return [
        a
        for a in (address.partition("%")[0] for address in addresses)
        if is_public(a) or any(ip_address(a) in network for network in networks)
    ]


def guarded_backend(inner: Any, *, networks: Sequence[Network], resolve: Resolve = resolve) -> Any:
    """Return a network backend that connects through *inner*, to checked addresses only.

    The host's name is resolved here, once, and *inner* is handed the number; TLS still checks
    the certificate against the name, which the client passes apart.
    """
    import httpcore2

    class Guarded(httpcore2.NetworkBackend):
        def connect_tcp(
            self, host: str, port: int, *args: Any, **kwargs: Any
        ) -> httpcore2.NetworkStream:
            try:
                found = resolve(host, port)
            except (OSError, UnicodeError) as error:
                raise httpcore2.ConnectError(f"no such host: {host}") from error
            usable = allowed(found, networks=networks)
            if not usable:
                raise FetchError(
                    f"{host} is refused: it is a private address ({', '.join(found)}); to allow"
                    " it, name its network in `allow_networks` in briefing.toml"
                )
            stream: httpcore2.NetworkStream = inner.connect_tcp(usable[0], port, *args, **kwargs)
            return stream

    return Guarded()


def _unwrap(address: Address) -> list[Address]:
    """Return *address* and each address that it carries inside."""
    found: list[Address] = [address]
    if isinstance(address, IPv6Address):
        inner: list[Address | None] = [address.ipv4_mapped, address.sixtofour]
        inner.extend(address.teredo or ())
        if address in _NAT64:
            inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
        wrapped = [a for a in inner if a is not None]
        # A mapped address is itself never global: what it wraps decides.
        found = wrapped if address.ipv4_mapped or address in _NAT64 else found + wrapped
    return found
