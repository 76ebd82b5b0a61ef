"""What is shown and never stored: typing and read marks, passed between gateways as the frames that clients get."""

from typing import Final

import msgspec
import nats.errors

from contracts import subjects
from contracts.sockets.common import ReadShown, ReceivedShown, TypingShown
from services.common.broker import Broker
from services.common.direct import Message
from services.gateway.live.following import TOO_FAR
from services.gateway.live.hub import Hub
from services.gateway.live.views import OPERATOR, VISITOR

_encode: Final = msgspec.json.Encoder().encode
_decoder: Final = msgspec.json.Decoder(TypingShown | ReadShown | ReceivedShown)
_AUDIENCE_OF: Final = {"visitor": VISITOR, "operator": OPERATOR}


class Live:
    """Sends and receives it."""

    def __init__(self, broker: Broker, hub: Hub) -> None:
        self._broker = broker
        self._hub = hub

    async def typing(self, shop: str, frame: TypingShown) -> None:
        await self._publish(subjects.live_typing(shop), frame)

    async def read(self, shop: str, frame: ReadShown | ReceivedShown) -> None:
        await self._publish(subjects.live_read(shop), frame)

    def heard(self, message: Message) -> None:
        """Pass it to the other party's sockets here; marks also to the party's own other sockets."""
        frame = _decoder.decode(message.data)
        topic = self._hub.topics.get(str(frame.conversation))
        if topic is None:
            return
        own = _AUDIENCE_OF.get(frame.sender)
        text = message.data.decode()
        for follow in topic.follows:
            if follow.last == TOO_FAR:
                continue  # not known yet to be theirs
            if follow.listener.audience != own or isinstance(frame, ReadShown):
                follow.listener.outbox.put(text)

    async def _publish(self, subject: str, frame: TypingShown | ReadShown | ReceivedShown) -> None:
        try:
            if self._broker.connected:
                await self._broker.client.publish(subject, _encode(frame))
        except nats.errors.Error:
            return  # worth nothing later
