"""Speaking with push services (RFC 8030), and what their answers mean."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from services.common.push_services import BadEndpoint, check_endpoint
from services.notifier.outcomes import Later, Never

if TYPE_CHECKING:
    from services.notifier.push.http import Http

AT_ONCE: Final = 64
LONGEST_WAIT: Final = 3_600.0
"""Seconds; who asks for more is asked again then."""
UNSAID_WAIT: Final = 5.0
"""Seconds, for who asks to slow down and says no more."""
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


class TooLarge(Never):
    """For this push service, whatever RFC 8030 says, or for any."""


class PushServices:
    """All of them."""

    def __init__(self, *, timeout: float, private: bool, at_once: int = AT_ONCE) -> None:
        """`timeout`: seconds for one push. `private`: they may be anywhere, and without TLS. `at_once`: connections."""
        self._timeout, self._private, self._at_once = timeout, private, at_once
        self._http: Http | None = None

    async def push(self, endpoint: str, headers: dict[str, str], body: bytes) -> None:
        """Hand one over. Raises NoSuchSubscription, SlowDown, Unanswered, Later, TooLarge or Never."""
        try:
            check_endpoint(endpoint, private=self._private)
        except BadEndpoint as bad:
            raise Never(str(bad)) from None
        _judge(*await self._connected().post(endpoint, headers, body))

    async def close(self) -> None:
        """Close all connections."""
        http, self._http = self._http, None
        if http is not None:
            await http.close()

    async def close_if_idle(self) -> None:
        """Close connections that nobody has used for a while."""
        if self._http is not None:
            await self._http.close_idle()

    def _connected(self) -> "Http":
        from services.notifier.push.http import Http  # see there

        if self._http is None:
            self._http = Http(timeout=self._timeout, private=self._private, at_once=self._at_once)
        return self._http


def _judge(status: int, retry_after: str | None) -> None:
    """What an answer means: RFC 8030, sections 5 and 7.3; services say 404 and 410 alike."""
    if 200 <= status < 300:
        return
    if status in (404, 410):
        raise NoSuchSubscription
    if status == 413:
        raise TooLarge(f"{status} {_SENTENCES[status]}")
    if status == 429 or status >= 500:
        sentence = _SENTENCES.get(status, "The push service can't take it now.")
        unsaid = UNSAID_WAIT if status == 429 else None
        raise SlowDown(f"{status} {sentence}", wait_of(retry_after, datetime.now(UTC)) or unsaid)
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
