"""Which addresses count as public."""

import socket

import pytest

from service.feeds.guard import PrivateAddressError, guarded_socket, is_public

PRIVATE = """\
0.0.0.0 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255
240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 64:ff9b::10.0.0.1 64:ff9b:1::8.8.8.8 100::1 2001::1
2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe::1 3fff::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
localhost 127.1 2130706433 example.org
"""

PUBLIC = """\
1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.255.255 172.32.0.1 192.0.1.1 223.255.255.255
2606:4700::1111 2a00:1450::1 ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:808:808::1
"""


@pytest.mark.parametrize("address", [*PRIVATE.split(), ""])
def test_private(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public(address: str) -> None:
    assert is_public(address)


def test_the_socket_is_made_for_allowed_addresses_only() -> None:
    make = guarded_socket(is_public)
    info = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
    with make((*info, ("8.8.8.8", 80))) as made:
        assert made.family == socket.AF_INET
    with pytest.raises(PrivateAddressError) as refusal:
        make((*info, ("10.0.0.1", 80)))
    assert refusal.value.address == "10.0.0.1"
