"""Connections to push services: kept, given up in time, and never to machines of our own network."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from httpcore import URL

from services.common.public_network import PublicNetwork
from services.notifier.outcomes import Later, Unanswered
from services.notifier.push.connections import Connections
from services.notifier.push.http import MOST_ANSWERED, Http
from tests.support.certificates import make_certificate, served_with
from tests.support.waiting import eventually


@dataclass
class Listener:
    """Answers every request with this, or with nothing."""

    answer: bytes | None
    port: int = 0
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        """By name, as push services are."""
        return f"http://localhost:{self.port}/push"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writer = writer
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.requests.append(head + await reader.readexactly(4))
                if self.answer is None:
                    await asyncio.Event().wait()
                writer.write(self.answer or b"")
                if not self.answer:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def say(self, unasked: bytes) -> None:
        """Or close the last connection, with nothing."""
        if unasked:
            self._writer.write(unasked)
        else:
            self._writer.close()


@asynccontextmanager
async def listening(answer: bytes | None, tls: ssl.SSLContext | None = None) -> AsyncIterator[Listener]:
    listener = Listener(answer)
    server = await asyncio.start_server(listener.serve, "127.0.0.1", 0, ssl=tls)
    listener.port = server.sockets[0].getsockname()[1]
    try:
        yield listener
    finally:
        server.close()


async def test_name_that_stands_for_this_machine_is_not_connected_to() -> None:
    async with listening(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n") as listener:
        http = Http(timeout=2.0, private=False, at_once=4)
        with pytest.raises(Later, match="can't be reached"):
            await http.post(listener.url, {}, b"body")
        await http.close()
    assert listener.connections == 0


async def test_connections_are_used_again_and_the_answer_is_told() -> None:
    async with listening(b"HTTP/1.1 429 Slow\r\nretry-after: 7\r\nContent-Length: 2\r\n\r\nno") as listener:
        http = Http(timeout=2.0, private=True, at_once=4)
        answers = [await http.post(listener.url, {"TTL": "60"}, b"body") for _ in range(3)]
        await http.close()
    assert answers == [(429, "7")] * 3
    assert listener.connections == 1
    assert all(b"ttl: 60" in one.lower() and one.endswith(b"body") for one in listener.requests)


async def test_push_goes_through_tls_to_who_can_be_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer in pieces, after one that is none yet: nothing is left of it in the next."""
    certificate = make_certificate(tmp_path)
    answer = (
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
    )
    async with listening(answer, served_with(certificate)) as listener:
        http, url = Http(timeout=5.0, private=True, at_once=4), f"https://127.0.0.1:{listener.port}/push"
        with pytest.raises(Later, match="certificate can't be trusted") as raised:
            await http.post(url, {}, b"body")
        assert raised.type is Later
        assert not listener.requests
        await http.close()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        http = Http(timeout=5.0, private=True, at_once=4)
        assert [await http.post(url, {}, b"body") for _ in range(2)] == [(201, None)] * 2
        await http.close()
    assert listener.connections == 1


@pytest.mark.parametrize("said", [b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n", b""])
async def test_connection_that_was_closed_or_spoken_on_unasked_is_not_used_again(said: bytes) -> None:
    async with listening(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n") as listener:
        connections, url = Connections(4, 30.0, PublicNetwork(private=True)), URL(listener.url)
        async with connections.to(url) as kept:
            await kept.request("POST", url, content=b"body")
        assert not kept.has_expired()
        listener.say(said)
        await eventually(kept.has_expired)
        async with connections.to(url) as other:
            assert other is not kept
        await connections.close()


async def test_answer_without_an_end_is_not_read_to_it() -> None:
    endless = b"HTTP/1.1 201 Created\r\nContent-Length: 99999999\r\n\r\n" + b"x" * (2 * MOST_ANSWERED)
    async with listening(endless) as listener:
        http = Http(timeout=5.0, private=True, at_once=4)
        assert await http.post(listener.url, {}, b"body") == (201, None)
        await http.close()


@pytest.mark.parametrize(
    ("answer", "seconds", "said"), [(None, 0.3, "did not answer in time"), (b"", 30.0, "closed the connection")]
)
async def test_one_that_says_nothing_is_left(answer: bytes | None, seconds: float, said: str) -> None:
    async with listening(answer) as listener:
        http = Http(timeout=seconds, private=True, at_once=4)
        with pytest.raises(Unanswered, match=said):
            await http.post(listener.url, {}, b"body")
        await http.close()


async def test_what_was_never_connected_can_not_have_arrived() -> None:
    """A name that nobody knows, and a machine that lets connections wait."""
    http = Http(timeout=0.3, private=True, at_once=4)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            for url in ("https://no-such-host.invalid/push", f"https://127.0.0.1:{port}/push"):
                with pytest.raises(Later, match="can't be reached") as raised:
                    await http.post(url, {}, b"body")
                assert raised.type is Later
    await http.close()
