"""The PushSubscription: one browser that wants to be pushed to, and how it is reached."""

from typing import Final

from contracts.engagement.campaign_commands import AddPushSubscription
from contracts.engagement.campaign_events import (
    Departure,
    PushSubscriptionAdded,
    PushSubscriptionEvent,
    PushSubscriptionRemoved,
    PushSubscriptionRenewed,
)
from services.common.eventlog.aggregate import Aggregate, Cause
from services.engagement.campaigns.snapshots import PushSubscriptionSnapshot

COMMANDS_KEPT: Final = 16
MOST_GROUPS: Final = 20


class PushSubscription(Aggregate):
    """Its address can't be compared, for it is sealed: the digest of the command that brought it can (`said`)."""

    def reset(self) -> None:
        self.person = ""
        self.there = False
        self.said = ""
        self.language = self.zone = ""
        self.visitor: str | None = None
        self.groups: list[str] = []

    def add(self, given: AddPushSubscription, cause: Cause) -> None:
        """The browser says how it is reached, which may be known already."""
        if not self.there:
            self.record(
                PushSubscriptionAdded,
                cause,
                person=given.person,
                address=given.address,
                service=given.service,
                language=given.language,
                zone=given.zone,
                group=given.group,
                visitor=given.visitor,
            )
        elif self._is_news(given):
            self.record(
                PushSubscriptionRenewed,
                cause,
                address=given.address,
                language=given.language,
                zone=given.zone,
                groups=self._groups_with(given.group),
                visitor=given.visitor,
            )

    def remove(self, reason: Departure, cause: Cause) -> None:
        """It is over, if it is not already."""
        if self.there:
            self.record(PushSubscriptionRemoved, cause, person=self.person, reason=reason)

    def _is_news(self, given: AddPushSubscription) -> bool:
        """On a shared computer nothing is for the person before: nobody named is nobody."""
        known = (self.said, self.language, self.zone, self.visitor)
        return (given.digest, given.language, given.zone, given.visitor) != known or (
            given.group is not None and given.group not in self.groups
        )

    def _groups_with(self, group: str | None) -> list[str]:
        if group is None or group in self.groups:
            return self.groups
        return [*self.groups, group][-MOST_GROUPS:]

    def apply(self, event: PushSubscriptionEvent) -> None:
        match event:
            case PushSubscriptionAdded():
                self.there, self.person = True, event.person
                self.groups = [event.group] if event.group is not None else []
                self._learn(event)
            case PushSubscriptionRenewed():
                self.groups = list(event.groups)
                self._learn(event)
            case PushSubscriptionRemoved():
                self.there, self.said, self.visitor = False, "", None
        self.forget_old_commands(COMMANDS_KEPT)

    def _learn(self, event: PushSubscriptionAdded | PushSubscriptionRenewed) -> None:
        self.said = event.command.digest if event.command else ""
        self.language, self.zone, self.visitor = event.language, event.zone, event.visitor

    def snapshot(self) -> PushSubscriptionSnapshot:
        return PushSubscriptionSnapshot(
            person=self.person,
            there=self.there,
            said=self.said,
            language=self.language,
            zone=self.zone,
            visitor=self.visitor,
            groups=self.groups,
            **self._snapshot_head(),
        )

    def restore(self, snapshot: PushSubscriptionSnapshot) -> None:
        self.person, self.there, self.said = snapshot.person, snapshot.there, snapshot.said
        self.language, self.zone, self.visitor = snapshot.language, snapshot.zone, snapshot.visitor
        self.groups = snapshot.groups
