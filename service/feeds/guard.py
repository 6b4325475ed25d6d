"""Refuses private addresses where the socket is made, so that what is checked is what is connected to."""

import errno
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

AddrInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[Any, ...]]

# IANA IPv4 Special-Purpose Address Registry: all that is not globally reachable, and multicast.
NOT_PUBLIC_4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",  # carrier-grade NAT
            "127.0.0.0/8",
            "169.254.0.0/16",  # link-local: cloud metadata services live here
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",  # 6to4 relays, withdrawn
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
# IANA gives out global unicast from this block only; the rest of IPv6 is refused unnamed.
PUBLIC_6 = ip_network("2000::/3")
NOT_PUBLIC_6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
NAT64 = ip_network("64:ff9b::/96")


class PrivateAddressError(OSError):
    """Raised in place of connecting.

    An OSError so that the next address of the same name is tried. Its text is the same
    for all, or aiohttp would fold several of them into one nameless error.
    """

    def __init__(self, address: str) -> None:
        super().__init__(errno.EACCES, "the address is not a public one")
        self.address = address


def is_public(address: str) -> bool:
    """True where anyone on the Internet could be reached at this IP address (RFC 6890).

    Addresses that carry an IPv4 one inside are judged by that one.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        inner = embedded(parsed)
        return _is_public_6(parsed) if inner is None else is_public(str(inner))
    return not any(parsed in network for network in NOT_PUBLIC_4)


def _is_public_6(address: IPv6Address) -> bool:
    return address in PUBLIC_6 and not any(address in network for network in NOT_PUBLIC_6)


def embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside: IPv4-mapped (RFC 4291), 6to4 (RFC 3056) or NAT64 (RFC 6052)."""
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def guarded_socket(allowed: Callable[[str], bool]) -> Callable[[AddrInfo], socket.socket]:
    """A socket factory that raises PrivateAddressError for addresses not allowed."""

    def make(info: AddrInfo) -> socket.socket:
        family, kind, protocol, _, sockaddr = info
        if not allowed(sockaddr[0]):
            raise PrivateAddressError(sockaddr[0])
        return socket.socket(family=family, type=kind, proto=protocol)

    return make
