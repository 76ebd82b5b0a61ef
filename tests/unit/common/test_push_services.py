"""Where pushes may go."""

import pytest

from services.common.push_services import BadEndpoint, KnownServices, check_endpoint, is_allowed


@pytest.mark.parametrize(
    "url",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://web.push.apple.com/x?y=z",
        "https://8.8.8.8:8443/x",
    ],
)
def test_public_push_services_are_spoken_to(url: str) -> None:
    check_endpoint(url, private=False)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "push",
        "ftp://push.example.com/",
        "http://push.example.com/",
        "https:///x",
        "https://push",
        "https://localhost/x",
        "https://a.localhost./x",
        "https://10.1.2.3/",
        "https://[::1]/",
        "https://[2002:7f00:1::]/",
        "https://[fe80::1]/",
        "https://224.0.0.1/",
        "https://0.0.0.0/",
        "https://push.example.com/\r\nHost: x",
        "https://push.example.com/a b",
        "https://push.example.com/#x",
        "https://u@push.example.com/",
        "https://push.example.com:99999/",
        "https://[::1/",
        "https://" + "a" * 64 + ".example.com/",
        "https://" + "a." * 130 + "example.com/",
        "https://push.example.com/" + "x" * 2_000,
    ],
)
def test_everything_else_is_refused(url: str) -> None:
    with pytest.raises(BadEndpoint):
        check_endpoint(url, private=False)


def test_tests_and_closed_networks_may_allow_what_is_private() -> None:
    check_endpoint("http://127.0.0.1:9000/push/1", private=True)
    with pytest.raises(BadEndpoint):
        check_endpoint("file:///etc/passwd", private=True)


def test_name_that_stands_for_a_private_address_is_not_connected_to() -> None:
    assert is_allowed("93.184.216.34", private=False)
    assert not is_allowed("192.168.1.1", private=False)
    for inside in ("::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "64:ff9b::a01:203"):
        assert not is_allowed(inside, private=False), inside
    assert is_allowed("64:ff9b::5db8:d822", private=False)
    assert is_allowed("192.168.1.1", private=True)


@pytest.mark.parametrize(
    ("url", "service"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", "fcm.googleapis.com"),
        ("https://Updates.Push.Services.Mozilla.com./wpush/v2/x", "push.services.mozilla.com"),
        ("https://wns2-db5p.notify.windows.com/w/?token=x", "notify.windows.com"),
        ("https://a.push.own.example/1", "push.own.example"),
        ("https://web.push.apple.com:443/1", "push.apple.com"),
        ("https://push.other.example:8443/1", "push.other.example:8443"),
    ],
)
def test_service_is_known_by_its_domain_whatever_its_host(url: str, service: str) -> None:
    assert KnownServices.of_settings(False, " push.own.example, push.other.example:8443,").service_of(url) == service


def test_addresses_of_strangers_are_not_taken() -> None:
    strange = ("https://push.example.com/x", "https://fcm.googleapis.com.evil.example/", "https://xpush.apple.com/")
    for url in (*strange, "https://fcm.googleapis.com:81/x"):
        for known in (KnownServices(), KnownServices(private=True, more=frozenset({"push.own.example"}))):
            with pytest.raises(BadEndpoint):
                known.service_of(url)
    assert KnownServices(private=True).service_of("http://127.0.0.1:9000/push/1") == "127.0.0.1"
