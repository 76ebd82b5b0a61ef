"""How the URL of a NATS cluster is taken apart."""

import pytest

from services.common.broker import parse_url


@pytest.mark.parametrize(
    ("url", "servers", "user", "password"),
    [
        ("nats://h:4222", ["nats://h:4222"], None, None),
        ("nats://shop:a%40b@h:1, nats://shop:a%40b@i:2", ["nats://h:1", "nats://i:2"], "shop", "a@b"),
        ("nats://token@h:4222", ["nats://token@h:4222"], None, None),
    ],
)
def test_credentials_are_kept_apart_from_the_servers(
    url: str, servers: list[str], user: str | None, password: str | None
) -> None:
    assert parse_url(url) == (servers, user, password)
