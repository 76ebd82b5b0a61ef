"""Contract events to log rows and back: the state of a row is the event's payload, byte for byte."""

from typing import Any
from uuid import UUID

from eventsourcing.persistence import Mapper, StoredEvent

from contracts import registry
from contracts.event import Event, topic_of


class ContractMapper(Mapper[UUID]):
    """The library's mapper over `contracts.registry`; topics are those of the contracts, not Python paths."""

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        event: Event = domain_event
        return StoredEvent(event.originator_id, event.originator_version, topic_of(event), registry.encode(event))

    def to_domain_event(self, stored_event: StoredEvent) -> Event:
        """The event in its newest shape. Raises registry.UnknownEvent if a newer release wrote it."""
        return registry.decode(stored_event.topic, stored_event.state)
