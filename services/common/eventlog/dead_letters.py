"""Commands that could not be carried out: put aside in the stream DEAD, listed, sent again or dropped by hand.

The payload stays as it came, with its personal fields sealed. The stream keeps a letter for 14 days.
"""

import sys
from collections.abc import AsyncIterator, Sequence
from typing import Final, Literal, NamedTuple, TextIO

from nats.js import JetStreamContext
from nats.js.api import RawStreamMsg
from nats.js.errors import NotFoundError

from contracts import subjects
from services.common.broker import Broker, connect
from services.common.eventlog import figures
from services.common.settings import ConversationsSettings

Reason = Literal["undecodable", "kills the worker", "fails"]

REASON_HEADER: Final = "Shopbell-Reason"
ORIGIN_HEADER: Final = "Nats-Msg-Id"
PUBLISH_SECONDS: Final = 2.0


class Letter(NamedTuple):
    """One dead letter. `id` is its sequence in DEAD, `origin` the stream, its creation time and the sequence there."""

    id: int
    log: str
    shop: str
    kind: str
    reason: str
    origin: str
    data: bytes

    def __str__(self) -> str:
        return f"{self.id:>6}  {self.log:<14}  {self.shop:<24}  {self.kind:<24}  {self.reason:<16}  {self.origin}"


async def bury(broker: Broker, subject: str, data: bytes, origin: str, reason: Reason) -> None:
    """Put a command aside, under `subjects.dead_letter`; the same origin counts once.

    Raises nats.errors.Error if the broker does not take it.
    """
    headers = {REASON_HEADER: reason, ORIGIN_HEADER: origin}
    await broker.js.publish(subject, data, timeout=PUBLISH_SECONDS, headers=headers)
    figures.dead_letters.inc()


async def letters(js: JetStreamContext) -> AsyncIterator[Letter]:
    """All that DEAD holds, oldest first."""
    state = (await js.stream_info(subjects.DEAD)).state
    seq = state.first_seq
    while seq <= state.last_seq:
        try:
            message = await js.get_msg(subjects.DEAD, seq=seq, next=True, subject="dead.>")
        except NotFoundError:
            return
        yield _letter(message)
        seq = (message.seq or seq) + 1


async def main(settings: ConversationsSettings, action: str, ids: Sequence[str], out: TextIO = sys.stdout) -> int:
    """`shopbell dead list|retry|drop`. Returns the exit code: 1 if one of the ids names no letter."""
    broker = await connect(settings.nats_url, "dead-letters")
    try:
        found = {str(letter.id): letter async for letter in letters(broker.js)}
        if action == "list":
            out.writelines(f"{letter}\n" for letter in found.values())
            return 0
        for one in ids:
            if one in found:
                await _deal_with(broker, action, found[one])
            else:
                out.write(f"There is no dead letter {one}.\n")
        return int(any(one not in found for one in ids))
    finally:
        await broker.close()


async def _deal_with(broker: Broker, action: str, letter: Letter) -> None:
    if action == "retry":
        await broker.client.publish(subjects.command(letter.log, letter.shop, letter.kind), letter.data)
        await broker.client.flush()
    await broker.js.delete_msg(subjects.DEAD, letter.id)


def _letter(message: RawStreamMsg) -> Letter:
    _dead, log, _partition, shop, kind = (message.subject or "").split(".")
    headers = message.headers or {}
    reason, origin = headers.get(REASON_HEADER, ""), headers.get(ORIGIN_HEADER, "")
    return Letter(message.seq or 0, log, shop, kind, reason, origin, message.data or b"")
