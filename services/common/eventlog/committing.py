"""A decided batch to the log, and what follows from it: answers, then the stream."""

import time
from collections.abc import Sequence

from eventsourcing.persistence import Notification

from services.common import failpoints
from services.common.broker import Broker
from services.common.eventlog import figures
from services.common.eventlog.decider import Item, Verdicts
from services.common.eventlog.group_commit import GroupCommit
from services.common.eventlog.held import Held
from services.common.eventlog.inbox import Inbox
from services.common.eventlog.outbox import send_answers
from services.common.eventlog.ownership import Tenure
from services.common.eventlog.relay import Relay
from services.common.eventlog.store.application import PartitionLog
from services.common.eventlog.store.recorder import Write


class Committer:
    """Of one partition."""

    def __init__(
        self,
        broker: Broker,
        group: GroupCommit,
        log: PartitionLog,
        tenure: Tenure,
        inbox: Inbox,
        held: Held,
        relay: Relay,
    ) -> None:
        self._broker, self._group, self._log, self._tenure = broker, group, log, tenure
        self._inbox, self._held, self._relay = inbox, held, relay

    async def commit(self, items: Sequence[Item], verdicts: Verdicts) -> None:
        """Store the events and the position, then answer, then publish.

        Raises Fenced, Refused or Unanswered; memory is void then.
        """
        arrived = [item.arrived for item in items if item.arrived is not None]
        position = self._inbox.position_after(arrived) if arrived else None
        if not verdicts.events and position is None:
            await send_answers(self._broker, verdicts.answers)
            return
        events = [self._log.mapper.to_stored_event(event) for event in verdicts.events]
        snapshots = self._held.snapshots({event.originator_id for event in verdicts.events})
        write = Write(self._tenure.epoch, position, events, snapshots)
        ids = await self._group.commit(self._log.recorder, write)
        if position is not None:
            self._inbox.stored(arrived, position)
        await send_answers(self._broker, verdicts.answers)
        failpoints.hit("after_answer")
        if ids:
            self._relay.offer(
                [
                    Notification(event.originator_id, event.originator_version, event.topic, event.state, number)
                    for event, number in zip(events, ids, strict=True)
                ]
            )
        _measure(verdicts, len(ids), len(items), min((one.at for one in arrived), default=None))


def _measure(verdicts: Verdicts, events: int, commands: int, oldest: float | None) -> None:
    figures.batch_commands.observe(commands)
    figures.events_stored.inc(events)
    for outcome in ("stored", "refused", "unavailable"):
        if count := getattr(verdicts, outcome):
            figures.commands.labels(outcome).inc(count)
    if oldest is not None:
        figures.answer_seconds.observe(max(0.0, time.time() - oldest))
