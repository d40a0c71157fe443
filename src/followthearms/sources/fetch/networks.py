"""Which addresses on the network may be connected to.

Invariant: what is not public is refused in every form in which it can be written: within IPv6, as one number, in octal.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Networks = tuple[IPv4Network | IPv6Network, ...]
"""Networks that may be connected to although they are not public, such as an institute's own."""
Resolver = Callable[[str, int], Sequence[str]]
"""The addresses of a host by its name, for a port."""

_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)\.?\Z", re.IGNORECASE)
"""A last label of digits makes a name an address in one of the many ways of writing one."""
_NAT64 = IPv6Network("64:ff9b::/96")
"""Where a network without IPv4 has the whole of it; each address is as public as the one that it ends in."""
_REFUSED: Networks = (
    *map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24")),
    *map(IPv6Network, ("64:ff9b:1::/48", "2001::/23", "3fff::/20", "5f00::/16", "fec0::/10")),
)
"""Special networks (IANA's registries) that not every version of Python calls so."""


class NotAllowed(Exception):
    """A host that must not be connected to; the message says why."""


def system_resolver(host: str, port: int) -> Sequence[str]:
    """What the system knows of a name. Raises OSError if that is nothing."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_addresses(host: str, port: int, resolve: Resolver, allowed: Networks) -> Sequence[str]:
    """The addresses of a host, all of them checked: one that is not public speaks against the others.

    Raises NotAllowed, and OSError if the name is unknown.
    """
    last = host.rstrip(".").rpartition(".")[2]
    if ":" not in host and _NUMERIC.match(last) and not _is_dotted(host):
        raise NotAllowed(f"{host!r} is an address in disguise")
    addresses = resolve(host, port)
    for written in addresses:
        if not _may_be_reached(written, allowed):
            raise NotAllowed(f"{host!r} is not on the public network ({written})")
    return addresses


def _is_dotted(host: str) -> bool:
    """True for "192.0.2.1", and not for "192.0.513" or "0300.0.2.1"."""
    try:
        return str(IPv4Address(host)) == host
    except ValueError:
        return False


def _may_be_reached(written: str, allowed: Networks) -> bool:
    address = ip_address(written)  # what a resolver gives is one
    if any(address.version == network.version and address in network for network in allowed):
        return True
    if isinstance(address, IPv4Address):
        return _is_public(address)
    if address in _NAT64:
        return _is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return not address.scope_id and _is_public(address) and all(map(_is_public, _within(address)))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return (
        address.is_global
        and not (address.is_multicast or address.is_reserved or address.is_unspecified)
        and not any(address.version == network.version and address in network for network in _REFUSED)
    )


def _within(address: IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that an IPv6 address leads to."""
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    yield from address.teredo or ()
