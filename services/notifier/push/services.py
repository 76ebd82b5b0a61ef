"""Speaking with push services (RFC 8030): what they answer, and never with machines of our own network."""

import asyncio
import socket
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from services.common.push_services import BadEndpoint, check_endpoint, is_allowed
from services.notifier.outcomes import Later, Never

AT_ONCE: Final = 64
AT_ONCE_EACH: Final = 16
"""Connections to one push service."""
LONGEST_WAIT: Final = 3_600.0
"""Seconds; who asks for more is asked again then."""
_SENTENCES: Final = {
    400: "The push service did not understand.",
    401: "The push service does not take our word.",
    403: "The subscription belongs to another key.",
    413: "The push is too large.",
    429: "The push service asks to slow down.",
}


class NoSuchSubscription(Exception):
    """It has ended: the browser or its person let go of it."""


class SlowDown(Later):
    """Not so fast: `seconds`, if it said how long to wait."""

    def __init__(self, reason: str, seconds: float | None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class PushServices:
    """A pool of connections to all of them."""

    def __init__(self, *, timeout: float, private: bool) -> None:
        """`timeout`: seconds for one push. `private`: they may be anywhere, and without TLS."""
        self._private = private
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: aiohttp.ClientSession | None = None

    async def push(self, endpoint: str, headers: dict[str, str], body: bytes) -> None:
        """Hand one over. Raises NoSuchSubscription, SlowDown, Later or Never."""
        try:
            check_endpoint(endpoint, private=self._private)
            async with self._open().post(endpoint, data=body, headers=headers, allow_redirects=False) as answer:
                _judge(answer.status, answer.headers.get("Retry-After"))
        except BadEndpoint as bad:
            raise Never(str(bad)) from None
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise Later(_fault(error)) from None

    async def close(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def close_if_idle(self) -> None:
        """The pool does that by itself."""

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                resolver=_Resolver(self._private), limit=AT_ONCE, limit_per_host=AT_ONCE_EACH, ttl_dns_cache=60
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "Shopbell"},
                auto_decompress=False,
            )
        return self._session


class _Resolver(AbstractResolver):
    """Names of machines that we don't speak with stand for nothing."""

    def __init__(self, private: bool) -> None:
        self._private = private
        self._resolver = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        allowed = [one for one in found if is_allowed(one["host"], private=self._private)]
        if not allowed:
            raise OSError("no address in the public network")
        return allowed

    async def close(self) -> None:
        await self._resolver.close()


def _judge(status: int, retry_after: str | None) -> None:
    """What an answer means: RFC 8030, sections 5 and 7.3; services say 404 and 410 alike."""
    if 200 <= status < 300:
        return
    if status in (404, 410):
        raise NoSuchSubscription
    if status == 429 or status >= 500:
        sentence = _SENTENCES.get(status, "The push service can't take it now.")
        raise SlowDown(f"{status} {sentence}", wait_of(retry_after, datetime.now(UTC)))
    raise Never(f"{status} {_SENTENCES.get(status, 'The push service refused it.')}")


def wait_of(retry_after: str | None, now: datetime) -> float | None:
    """Seconds to wait by a `Retry-After` of either form (RFC 9110, section 10.2.3); None if there is none."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return min(float(retry_after), LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(retry_after)
    except (ValueError, IndexError):
        return None
    return min(max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds()), LONGEST_WAIT)


def _fault(error: Exception) -> str:
    """What went wrong with the connection, without where to."""
    match error:
        case TimeoutError() | asyncio.TimeoutError():
            return "The push service did not answer in time."
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return "The push service's certificate can't be trusted."
        case aiohttp.ServerDisconnectedError() | ConnectionResetError():
            return "The push service closed the connection."
    return "The push service can't be reached."
