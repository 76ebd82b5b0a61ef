"""The only place where subjects, streams, buckets, durables and the schemas of logs are named."""

from base64 import urlsafe_b64encode
from hashlib import blake2b
from typing import Final
from uuid import UUID

PARTITIONS: Final = 16
"""Fixed when an installation is made, the same on a laptop and in production."""

CONVERSATIONS: Final = "conversations"
"""The log of desks, conversations and shops."""
ENGAGEMENT: Final = "engagement"
"""The log of push campaigns, orders, reviews and polls."""

LOGS: Final = (CONVERSATIONS, ENGAGEMENT)

EVENTS_OF_ALL: Final = "EVENTS"
DEAD: Final = "DEAD"
DESKS_BUCKET: Final = "desks"


def partition_of(shop: str) -> int:
    """The partition that a shop lives in, from 0 to PARTITIONS - 1."""
    return int.from_bytes(blake2b(shop.encode(), digest_size=4).digest()) % PARTITIONS


def log_schema(log: str, partition: int) -> str:
    """The PostgreSQL schema that holds one partition of a log."""
    return f"log_{log}_{partition}"


# Commands


def command(log: str, shop: str, kind: str) -> str:
    return f"cmd.{log}.{partition_of(shop)}.{shop}.{kind}"


def commands_of(log: str, partition: int) -> str:
    return f"cmd.{log}.{partition}.>"


def command_stream(log: str, partition: int) -> str:
    return f"COMMANDS-{log}-{partition}"


def answers(gateway: str) -> str:
    """Where one gateway hears what became of its commands."""
    return f"ans.{gateway}"


def dead_letter(log: str, partition: int, shop: str, kind: str) -> str:
    return f"dead.{log}.{partition}.{shop}.{kind}"


# Events


def event(log: str, partition: int, shop: str, aggregate: str, aggregate_id: UUID, name: str) -> str:
    return f"evt.{log}.{partition}.{shop}.{aggregate}.{aggregate_id}.{name}"


def events_of(log: str, partition: int) -> str:
    return f"evt.{log}.{partition}.>"


def event_stream(log: str, partition: int) -> str:
    return f"EVENTS-{log}-{partition}"


def conversation_events(shop: str, conversation: UUID) -> str:
    return f"evt.{CONVERSATIONS}.{partition_of(shop)}.{shop}.conversation.{conversation}.>"


def shop_conversations(shop: str) -> str:
    """All events of all conversations of one shop."""
    return f"evt.{CONVERSATIONS}.{partition_of(shop)}.{shop}.conversation.>"


def shop_settings(shop: str) -> str:
    return f"evt.{CONVERSATIONS}.{partition_of(shop)}.{shop}.shop.>"


def all_blocks() -> str:
    """Visitors blocked, and let in again, in all shops: that is rare."""
    return f"evt.{CONVERSATIONS}.*.*.desk.*.visitor_blocked"


def all_unblocks() -> str:
    return f"evt.{CONVERSATIONS}.*.*.desk.*.visitor_unblocked"


def all_shop_settings() -> str:
    """The events of every Shop: they are rare."""
    return f"evt.{CONVERSATIONS}.*.*.shop.>"


def all_polls() -> str:
    """The events of every Poll, but not of votes: they are rare."""
    return f"evt.{ENGAGEMENT}.*.*.poll.>"


def bell(log: str, partition: int) -> str:
    """Rung after events were published: readers of the log look again."""
    return f"bell.{log}.{partition}"


# Files: an object store of the broker's own kind (ADR-20), each file sealed and named by its id alone


def attachments_bucket() -> str:
    return "attachments"


def attachments_stream() -> str:
    """The stream that the bucket is."""
    return f"OBJ_{attachments_bucket()}"


def attachment_pieces(file: UUID) -> str:
    """What a file consists of, in order."""
    return f"$O.{attachments_bucket()}.C.{file.hex}"


def attachment_object(file: UUID) -> str:
    """That it is there; the broker's tools find it under its id."""
    return f"$O.{attachments_bucket()}.M.{urlsafe_b64encode(str(file).encode()).decode()}"


# Live, never stored


def live_desk(shop: str) -> str:
    return f"live.{shop}.desk"


def live_typing(shop: str) -> str:
    return f"live.{shop}.typing"


def live_read(shop: str) -> str:
    return f"live.{shop}.read"


def live_of(shop: str) -> str:
    return f"live.{shop}.>"


def visitors_on_site(shop: str) -> str:
    """Who is on a shop's pages, while somebody watches it: from each gateway, sealed."""
    return f"onsite.{shop}"


def watched_site(shop: str) -> str:
    """Asks the gateways for that."""
    return f"onsite-watch.{shop}"


def watched_sites() -> str:
    """The same of all shops."""
    return "onsite-watch.*"


def invitations(shop: str) -> str:
    """Staff invite somebody on the shop's pages: to each gateway, sealed."""
    return f"onsite-invite.{shop}"


def all_invitations() -> str:
    """The same of all shops."""
    return "onsite-invite.*"


def leases(log: str, partition: int) -> str:
    return f"lease.{log}.{partition}"


def leases_of_all(log: str) -> str:
    return f"lease.{log}.*"


def asks(log: str, partition: int) -> str:
    """Requests that the owner of the partition answers from memory."""
    return f"ask.{log}.{partition}"


def asks_of_all(log: str) -> str:
    return f"ask.{log}.*"


def sign_outs() -> str:
    """Tells every gateway that staff sessions ended: their sockets close."""
    return "live-staff.signed-out"


def erased() -> str:
    """Tells every process that persons were erased, so that their keys are forgotten at once."""
    return "live-keys.erased"
