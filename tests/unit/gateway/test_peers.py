"""By which address somebody is counted."""

import pytest

from services.gateway.peers import peer_of


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("unknown", "unknown"),
    ],
)
def test_addresses_of_one_network_count_as_one(host: str, counted: str) -> None:
    assert peer_of({"client": (host, 4711)}) == counted


def test_who_comes_without_an_address_is_counted_too() -> None:
    assert peer_of({"client": None}) == peer_of({}) == ""
