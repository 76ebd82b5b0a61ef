"""What a gateway asks and tells a partition's owner about a shop's desk."""

import msgspec

from contracts import subjects
from contracts.desks import DeskQuery, DeskReply, DeskSummary, DeskView, Leases, OperatorLease, Query, VisitorLease
from tests.integration.conversations.harness import Client, Conversation, Shop


async def ask(client: Client, shop: Shop, query: Query) -> bytes:
    """The owner's reply."""
    subject = subjects.asks(subjects.CONVERSATIONS, shop.partition)
    return (await client.broker.client.request(subject, msgspec.json.encode(query), timeout=5)).data


async def desk(client: Client, shop: Shop) -> DeskView:
    """The desk as the owner knows it."""
    reply = msgspec.json.decode(await ask(client, shop, DeskQuery(shop=shop.name)), type=DeskReply)
    assert reply.desk is not None
    return reply.desk


async def lease(client: Client, shop: Shop, *there: Conversation, operators: tuple[str, ...] = ("o_1",)) -> None:
    """Name all who are connected."""
    leases = Leases(
        gateway=client.name,
        visitors=[VisitorLease(shop.name, conversation.id) for conversation in there],
        operators=[OperatorLease(shop.name, operator) for operator in operators],
    )
    subject = subjects.leases(subjects.CONVERSATIONS, shop.partition)
    await client.broker.client.publish(subject, msgspec.json.encode(leases))


async def in_bucket(client: Client, shop: Shop) -> DeskSummary:
    """What all gateways see of it."""
    bucket = await client.broker.js.key_value(subjects.DESKS_BUCKET)
    return msgspec.json.decode((await bucket.get(shop.name)).value or b"", type=DeskSummary)
