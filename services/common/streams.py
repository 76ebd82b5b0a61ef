"""Streams and buckets as they must be. Declaring them again changes nothing."""

import asyncio

from nats.js import JetStreamContext
from nats.js.api import DiscardPolicy, StorageType, StreamConfig, StreamSource
from nats.js.errors import BadRequestError

from contracts import subjects

COMMANDS_MAX_AGE_SECONDS = 600
DEAD_MAX_AGE_SECONDS = 14 * 86_400
NAME_IN_USE = 10058
"""The server's error code for a stream that exists with another configuration."""


async def ensure_streams(js: JetStreamContext, replicas: int = 1, commands_max_bytes: int = 1 << 30) -> None:
    """Declare every stream and bucket of an installation. Raises nats.errors.Error if the server won't have one."""
    partitions = [(log, partition) for log in subjects.LOGS for partition in range(subjects.PARTITIONS)]
    await asyncio.gather(
        *(_ensure(js, _commands(log, partition, replicas, commands_max_bytes)) for log, partition in partitions),
        *(_ensure(js, _events(log, partition, replicas)) for log, partition in partitions),
    )
    await _ensure(js, _events_of_all(replicas))
    await _ensure(js, _dead(replicas))
    await _ensure(js, _desks(replicas))
    await _ensure(js, _attachments(replicas))


async def _ensure(js: JetStreamContext, config: StreamConfig) -> None:
    try:
        await js.add_stream(config)
    except BadRequestError as error:
        if error.err_code != NAME_IN_USE:
            raise
        await js.update_stream(config)


def _commands(log: str, partition: int, replicas: int, max_bytes: int) -> StreamConfig:
    """No acknowledgement and no message ids: the worker's answer is the acknowledgement."""
    return StreamConfig(
        name=subjects.command_stream(log, partition),
        subjects=[subjects.commands_of(log, partition)],
        storage=StorageType.FILE,
        max_age=COMMANDS_MAX_AGE_SECONDS,
        max_bytes=max_bytes,
        discard=DiscardPolicy.NEW,
        num_replicas=replicas,
        no_ack=True,
    )


def _events(log: str, partition: int, replicas: int) -> StreamConfig:
    return StreamConfig(
        name=subjects.event_stream(log, partition),
        subjects=[subjects.events_of(log, partition)],
        storage=StorageType.FILE,
        discard=DiscardPolicy.NEW,
        num_replicas=replicas,
        allow_direct=True,
    )


def _events_of_all(replicas: int) -> StreamConfig:
    """One stream for analysts, fed by the server itself from those of the partitions."""
    sources = [
        StreamSource(name=subjects.event_stream(log, partition))
        for log in subjects.LOGS
        for partition in range(subjects.PARTITIONS)
    ]
    return StreamConfig(
        name=subjects.EVENTS_OF_ALL,
        sources=sources,
        storage=StorageType.FILE,
        discard=DiscardPolicy.NEW,
        num_replicas=replicas,
    )


def _desks(replicas: int) -> StreamConfig:
    """A bucket of keys and values, as nats-py makes one: declared here, for it would not change one that there is."""
    return StreamConfig(
        name=f"KV_{subjects.DESKS_BUCKET}",
        subjects=[f"$KV.{subjects.DESKS_BUCKET}.>"],
        storage=StorageType.FILE,
        discard=DiscardPolicy.NEW,
        max_msgs_per_subject=1,
        num_replicas=replicas,
        duplicate_window=120,
        allow_direct=False,
        allow_msg_ttl=True,
        allow_rollup_hdrs=True,
        deny_delete=True,
    )


def _attachments(replicas: int) -> StreamConfig:
    """A bucket of objects, likewise."""
    return StreamConfig(
        name=subjects.attachments_stream(),
        subjects=[f"$O.{subjects.attachments_bucket()}.{part}.>" for part in "CM"],
        storage=StorageType.FILE,
        discard=DiscardPolicy.NEW,
        num_replicas=replicas,
        allow_direct=True,
        allow_rollup_hdrs=True,
    )


def _dead(replicas: int) -> StreamConfig:
    return StreamConfig(
        name=subjects.DEAD,
        subjects=["dead.>"],
        storage=StorageType.FILE,
        max_age=DEAD_MAX_AGE_SECONDS,
        num_replicas=replicas,
    )
