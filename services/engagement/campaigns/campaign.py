"""The Campaign: a notice for many browsers, from its draft until every one of them has its outcome.

What goes to whom is a work table of the notifier's; here stands what staff decided, and what came of it in batches.
"""

from datetime import datetime
from typing import Final

from contracts.engagement import campaign_events as e
from contracts.engagement.campaigns import CampaignContent, Notice, Outcome
from services.common.eventlog.aggregate import Aggregate, Cause
from services.common.eventlog.refusals import IdReused
from services.engagement.campaigns.errors import NoDraft, NoPage, NotScheduled, NotSending
from services.engagement.campaigns.snapshots import CampaignSnapshot, Status
from services.engagement.campaigns.times import starts_at
from services.engagement.slice import NotFound

COMMANDS_KEPT: Final = 512

_NOTHING: Final = CampaignContent(notices={"en": Notice(subject="-")}, url="")


class Campaign(Aggregate):
    """`over`: every subscription has its outcome, which a cancelled one comes to as well."""

    def reset(self) -> None:
        self.status: Status = "draft"
        self.content = _NOTHING
        self.send_at: datetime | None = None
        self.starts_at: datetime | None = None
        self.local = False
        self.zone = "UTC"
        self.audience: int | None = None
        self.batches = 0
        self.over = False

    # What staff decide

    def draft(self, content: CampaignContent, operator: str, cause: Cause) -> None:
        """It comes into being."""
        if self.version:
            raise IdReused
        self.record(e.CampaignDrafted, cause, operator=operator, content=content)

    def change(self, content: CampaignContent, operator: str, cause: Cause) -> None:
        """Raises `NoDraft`."""
        self._check_draft()
        if content != self.content:
            self.record(e.CampaignChanged, cause, operator=operator, content=content)

    def discard(self, operator: str, cause: Cause) -> None:
        """Raises `NoDraft`."""
        self._check_draft()
        self.record(e.CampaignDiscarded, cause, operator=operator)

    def schedule(self, at: datetime | None, zone: str, operator: str, cause: Cause, *, local: bool) -> None:
        """What starts now does so at once. Raises `NoDraft`, `NoPage`, `TimeIsOver`, `TooFarAhead`,
        `NoSuchZone`."""
        self._check_draft()
        if not self.content.url:
            raise NoPage
        send_at = at or cause.at
        first = starts_at(send_at, zone, cause.at, local=local)
        when = {"send_at": send_at, "local": local, "zone": zone}
        self.record(e.CampaignScheduled, cause, operator=operator, starts_at=first, **when)
        if first <= cause.at:
            self.record(e.CampaignStarted, cause, content=self.content, **when)

    def unschedule(self, operator: str, cause: Cause) -> None:
        """Raises `NotScheduled`."""
        self._check_there()
        if self.status != "scheduled":
            raise NotScheduled
        self.record(e.CampaignUnscheduled, cause, operator=operator)

    def pause(self, operator: str, cause: Cause) -> None:
        """Raises `NotSending`."""
        self._check_on_its_way()
        if self.status == "sending":
            self.record(e.CampaignPaused, cause, operator=operator)

    def resume(self, operator: str, cause: Cause) -> None:
        """Raises `NotSending`."""
        self._check_on_its_way()
        if self.status == "paused":
            self.record(e.CampaignResumed, cause, operator=operator)

    def cancel(self, operator: str, cause: Cause) -> None:
        """Raises `NotSending`."""
        self._check_there()
        if self.status != "cancelled":
            self._check_on_its_way()
            self.record(e.CampaignCancelled, cause, operator=operator)

    # What comes by itself

    def start(self, cause: Cause) -> None:
        """If its time has come and nobody has thought better of it."""
        if self.status == "scheduled" and self.starts_at is not None and self.starts_at <= cause.at:
            when = {"send_at": self.send_at, "local": self.local, "zone": self.zone}
            self.record(e.CampaignStarted, cause, content=self.content, **when)

    def note_audience(self, count: int, cause: Cause) -> None:
        """Once."""
        if self._started and self.audience is None:
            self.record(e.CampaignAudienceNoted, cause, count=count)

    def note_outcomes(self, batch: int, outcomes: list[Outcome], cause: Cause) -> None:
        """The next batch, and no other."""
        if self._started and batch == self.batches + 1:
            self.record(e.CampaignOutcomesNoted, cause, batch=batch, outcomes=outcomes)

    def finish(self, cause: Cause) -> None:
        """Once."""
        if self._started and not self.over:
            self.record(e.CampaignFinished, cause)

    @property
    def _started(self) -> bool:
        return self.status in ("sending", "paused", "cancelled", "finished")

    def _check_there(self) -> None:
        if self.status == "discarded":
            raise NotFound

    def _check_draft(self) -> None:
        self._check_there()
        if self.status != "draft":
            raise NoDraft

    def _check_on_its_way(self) -> None:
        self._check_there()
        if self.status not in ("sending", "paused"):
            raise NotSending

    def apply(self, event: e.CampaignEvent) -> None:
        match event:
            case e.CampaignDrafted() | e.CampaignChanged():
                self.content = event.content
            case e.CampaignDiscarded():
                self.status = "discarded"
            case e.CampaignScheduled():
                self.status, self.starts_at = "scheduled", event.starts_at
                self.send_at, self.local, self.zone = event.send_at, event.local, event.zone
            case e.CampaignUnscheduled():
                self.status, self.starts_at, self.send_at = "draft", None, None
            case e.CampaignStarted() | e.CampaignResumed():
                self.status = "sending"
            case e.CampaignPaused():
                self.status = "paused"
            case e.CampaignCancelled():
                self.status = "cancelled"
            case e.CampaignAudienceNoted():
                self.audience = event.count
            case e.CampaignOutcomesNoted():
                self.batches = event.batch
            case e.CampaignFinished():
                self.over = True
                self.status = "cancelled" if self.status == "cancelled" else "finished"
        self.forget_old_commands(COMMANDS_KEPT)

    def snapshot(self) -> CampaignSnapshot:
        return CampaignSnapshot(
            status=self.status,
            content=self.content,
            send_at=self.send_at,
            starts_at=self.starts_at,
            local=self.local,
            zone=self.zone,
            audience=self.audience,
            batches=self.batches,
            over=self.over,
            **self._snapshot_head(),
        )

    def restore(self, snapshot: CampaignSnapshot) -> None:
        self.status, self.content = snapshot.status, snapshot.content
        self.send_at, self.starts_at = snapshot.send_at, snapshot.starts_at
        self.local, self.zone = snapshot.local, snapshot.zone
        self.audience, self.batches, self.over = snapshot.audience, snapshot.batches, snapshot.over
