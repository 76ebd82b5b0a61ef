"""Hours in which nobody is to be disturbed, by the clock on their wall. Pure."""

from datetime import UTC, datetime, time, timedelta, tzinfo

from contracts.engagement.campaigns import QuietHours


def quiet_end(at: datetime, zone: tzinfo, quiet: QuietHours | None) -> datetime | None:
    """The end of the quiet hours that this falls into; None if it falls into none."""
    if quiet is None or quiet.start == quiet.end:
        return None
    start, end = time.fromisoformat(quiet.start), time.fromisoformat(quiet.end)
    local = at.astimezone(zone)
    clock = local.time().replace(tzinfo=None, fold=0)
    over_midnight = end < start
    if not (clock >= start or clock < end if over_midnight else start <= clock < end):
        return None
    day = local.date() + timedelta(days=1 if over_midnight and clock >= start else 0)
    return datetime.combine(day, end, zone).replace(fold=local.fold).astimezone(UTC)
