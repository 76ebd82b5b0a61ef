"""The naive worker: one repository read, one `save()` and one awaited publish a message.

It shows what group commit is worth; the bench asks fifteen times its rate of the product.
"""

from __future__ import annotations

import argparse
import asyncio
from uuid import UUID

import msgspec
import nats
import nats.errors
import uvloop
from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.domain import Aggregate, event

from tests.benchmarks.floor_worker import COMMANDS, Say


class NaiveConversation(Aggregate):
    """A conversation that only counts what was said."""

    @event("Started")
    def __init__(self, id: UUID) -> None:
        self._id = id
        self.said = 0

    @event("Said")
    def say(self, text: str) -> None:
        """Add a message."""
        self.said += 1


def application_of(postgres_socket: str) -> Application[UUID]:
    """The library's application on PostgreSQL, everything at its defaults."""
    return Application(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": "postgres",
            "POSTGRES_HOST": postgres_socket,
            "POSTGRES_PORT": "5432",
            "POSTGRES_USER": "postgres",
            "POSTGRES_PASSWORD": "",
        }
    )


def _store(application: Application[UUID], command: Say) -> None:
    key = UUID(command.conversation)
    try:
        conversation: NaiveConversation = application.repository.get(key)
    except AggregateNotFoundError:
        conversation = NaiveConversation(id=key)
    conversation.say(command.text)
    application.save(conversation)


async def _main(nats_url: str, postgres_socket: str) -> None:
    client = await nats.connect(nats_url)
    stream = client.jetstream()
    application = application_of(postgres_socket)
    commands = await stream.pull_subscribe("floor.cmd.>", "naive", stream=COMMANDS)
    print("ready", flush=True)
    while True:
        try:
            messages = await commands.fetch(1, timeout=5)
        except (TimeoutError, nats.errors.TimeoutError):
            continue
        for message in messages:
            command = msgspec.json.decode(message.data, type=Say)
            await asyncio.to_thread(_store, application, command)
            await stream.publish(f"floor.evt.{command.conversation}.said", message.data)
            await message.ack()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("nats_url")
    arguments.add_argument("postgres_socket")
    given = arguments.parse_args()
    uvloop.run(_main(given.nats_url, given.postgres_socket))
