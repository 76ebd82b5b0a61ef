"""Staff ask somebody on the shop's pages whether they want to talk: all gateways are told, and tell the visitor."""

from typing import Final

import msgspec
import nats.errors

from contracts import subjects
from contracts.presence import Invited
from contracts.sockets.common import Operator
from services.common.broker import Broker
from services.common.direct import Message
from services.common.logs import logger
from services.gateway.live.crowd import Crowd
from services.gateway.onsite.sealing import Broken, Seal

log = logger(__name__)

_encode: Final = msgspec.json.Encoder().encode
_decoder: Final = msgspec.json.Decoder(Invited)


class Inviting:
    """Passes invitations on; what is not heard is not said again."""

    def __init__(self, broker: Broker, crowd: Crowd, seal: Seal) -> None:
        self._broker = broker
        self._crowd = crowd
        self._seal = seal

    async def send(self, shop: str, visitor: str, operator: Operator, text: str | None) -> bool:
        """Tell all gateways, this one too. False while the broker is away."""
        invited = Invited(visitor=visitor, operator=operator, text=text)
        try:
            if not self._broker.connected:
                return False
            sealed = self._seal.close(shop, _encode(invited))
            await self._broker.client.publish(subjects.invitations(shop), sealed)
        except nats.errors.Error as error:
            log.warning("Invitation not told", shop=shop, error=type(error).__name__)
            return False
        return True

    def heard(self, message: Message) -> None:
        """Show it to the visitor, if they are here."""
        shop = message.subject.split(".")[1]
        try:
            invited = _decoder.decode(self._seal.open(shop, message.data))
        except (Broken, msgspec.MsgspecError):
            log.warning("Invitation that can't be read", shop=shop)
            return
        for tab in self._crowd.with_id(shop, invited.visitor):
            tab.invite(invited.operator, invited.text)
