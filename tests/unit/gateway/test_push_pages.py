"""What is looked at on a shop's pages for push, and what campaigns are shown as."""

from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from services.gateway.rest.campaigns import worker
from services.gateway.rest.campaigns.at_work import Pause, Waiting
from services.gateway.rest.campaigns.content import is_of, is_web
from services.gateway.rest.campaigns.fetching import Fetched, Fetcher, Unreachable
from services.gateway.rest.campaigns.views import BUCKETS, bucket_of, left_of, pauses_shown, rate_of, services_shown
from tests.support.push_service import push_service

GATEWAY = "https://bell.example"
NOON = datetime(2026, 3, 2, 12, 0, 30, tzinfo=UTC)


class Pages:
    """Stands for a fetcher: pages by their address."""

    def __init__(self, pages: dict[str, Fetched]) -> None:
        self._pages = pages

    async def get(self, url: str) -> Fetched:
        if url not in self._pages:
            raise Unreachable
        return self._pages[url]


async def test_each_origin_is_told_what_is_wrong_with_its_file() -> None:
    line = worker.line_of(GATEWAY).encode()
    found = {
        "good": Fetched(200, "text/javascript", b"// ours\n" + line),
        "spaced": Fetched(200, "application/javascript", f"importScripts( '{GATEWAY}/push-worker.js' )".encode()),
        "missing": Fetched(404, "text/html", b"Not here"),
        "moved": Fetched(301, "text/javascript", line),
        "page": Fetched(200, "text/html", b"<!doctype html>" + line),
        "other": Fetched(
            200, "text/javascript", b'importScripts("http://[");importScripts("//other.example/push-worker.js")'
        ),
    }
    pages = Pages({f"https://{name}.example/sw.js": page for name, page in found.items()})
    origins = [f"https://{name}.example" for name in (*found, "away")]
    checked = await worker.check(cast(Fetcher, pages), origins, "/sw.js", GATEWAY)
    assert [one.reason if not one.ok else "ok" for one in checked] == [
        "ok", "ok", "not_found", "not_found", "wrong_type", "wrong_content", "unreachable",
    ]  # fmt: skip


async def test_machines_of_our_own_network_are_not_asked() -> None:
    async with push_service() as server:
        url = f"{server.origin}/nothing"
        assert (await Fetcher(private=True).get(url)).status == 404
        for address in (url, url.replace("127.0.0.1", "localhost")):
            with pytest.raises(Unreachable):
                await Fetcher(private=False).get(address)


def test_addresses_of_pages() -> None:
    assert is_of("https://Shop.example:443/a?b#c", ["https://shop.example"])
    assert not is_of("https://shop.example.evil.example/", ["https://shop.example"])
    assert not is_of("http://shop.example/", ["https://shop.example"])
    for url in ("", "//shop.example", "javascript:alert(1)", "https://", "https://a b", "https://u@shop.example/"):
        assert not is_web(url)


@pytest.mark.parametrize(("length", "bucket"), [(0, 1), (119, 1), (120, 2), (100_000, 1_440), (9_999_999, 10_080)])
def test_long_campaigns_are_plotted_in_longer_stretches(length: int, bucket: int) -> None:
    assert bucket_of(NOON, NOON + timedelta(minutes=length)) == timedelta(minutes=bucket)
    assert list(BUCKETS) == sorted(BUCKETS)


def test_rate_counts_from_the_start_or_the_minute_before() -> None:
    assert rate_of(90, NOON - timedelta(hours=1), NOON) == 60
    assert rate_of(90, NOON - timedelta(seconds=30), NOON) == 180
    assert rate_of(0, None, NOON) == 0


def test_what_is_left_takes_as_long_as_the_pace_and_the_longest_pause() -> None:
    assert left_of(Waiting(100, 20, quiet=60), 30) == 120
    assert left_of(Waiting(100, 20, quiet=60, held=10, seconds=600), 30) == 620
    assert left_of(Waiting(100, 0, held=10, seconds=20), 30) == 180
    assert left_of(Waiting(5, 5, quiet=10), 30) is None
    assert left_of(Waiting(5), 0) is None


def test_hosts_of_one_maker_are_shown_together() -> None:
    until = NOON + timedelta(minutes=1)
    known = [
        ("wns2-a.notify.windows.com", 5, 1, 0),
        ("fcm.googleapis.com", 9, 2, 1),
        ("wns2-b.notify.windows.com", 6, 0, 2),
    ]
    hosts = ["fcm.googleapis.com", "updates.push.services.mozilla.com", "push.own.example"]
    shown = services_shown(hosts, known, {"updates.push.services.mozilla.com": until})
    assert [(one.name, one.sent, one.gone, one.failed) for one in shown] == [
        ("Edge", 11, 1, 2),
        ("Chrome", 9, 2, 1),
        ("Firefox", 0, 0, 0),
        ("push.own.example", 0, 0, 0),
    ]
    assert shown[2].slowed_until == "2026-03-02T12:01:30Z"


def test_pauses_that_follow_each_other_at_once_are_one() -> None:
    def pause(service: str, since: int, seconds: int) -> Pause:
        return Pause(service, NOON + timedelta(seconds=since), NOON + timedelta(seconds=since + seconds))

    mozilla = "updates.push.services.mozilla.com"
    pauses = [pause(mozilla, 0, 60), pause("fcm.googleapis.com", 30, 5), pause(mozilla, 62, 60), pause(mozilla, 300, 9)]
    assert [(one.name, one.since[11:19], one.until[11:19]) for one in pauses_shown(pauses)] == [
        ("Firefox", "12:00:30", "12:02:32"),
        ("Chrome", "12:01:00", "12:01:05"),
        ("Firefox", "12:05:30", "12:05:39"),
    ]
