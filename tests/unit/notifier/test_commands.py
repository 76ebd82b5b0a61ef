"""The notifier's own commands: one that the broker can't take is said aloud, and holds up no other."""

from types import SimpleNamespace
from typing import cast
from uuid import UUID, uuid4

import nats.errors
from structlog.testing import capture_logs

from contracts.engagement.campaign_commands import FinishCampaign
from services.common.broker import Broker
from services.notifier.commands import send


def finish(campaign: UUID) -> FinishCampaign:
    return FinishCampaign(
        id=f"finished-{campaign.hex}", shop="demo", sender_kind="system", sender="shopbell", campaign=campaign
    )


async def test_command_that_is_too_large_is_told_of_and_the_next_is_sent() -> None:
    large, small = uuid4(), uuid4()
    taken: list[bytes] = []

    async def publish(_subject: str, told: bytes) -> None:
        if str(large).encode() in told:
            raise nats.errors.MaxPayloadError
        taken.append(told)

    broker = cast(Broker, SimpleNamespace(connected=True, client=SimpleNamespace(publish=publish)))
    with capture_logs() as lines:
        await send(broker, [finish(large), finish(small)])
    assert len(taken) == 1
    assert str(small).encode() in taken[0]
    assert [line["log_level"] for line in lines] == ["error"]
