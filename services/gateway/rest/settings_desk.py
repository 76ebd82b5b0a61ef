"""What is checked of the settings that the desk goes by: opening hours and departments."""

from collections.abc import Iterable
from datetime import date

from contracts.conversations.departments import Department
from contracts.conversations.opening_hours import Day, OpeningHours
from services.gateway import forms
from services.gateway.rest.bodies import invalid
from services.gateway.sockets.texts import BadText

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def check_hours(hours: OpeningHours | None) -> None:
    """Spans follow one another with a pause between them, and each day is an exception once. Raises Problem."""
    if hours is None:
        return
    for name, day in zip(DAYS, hours.week, strict=True):
        _check_day("hours.week", name, day)
    seen: set[str] = set()
    for one in hours.exceptions:
        if not _is_date(one.date):
            raise invalid("hours.exceptions", f"There is no day {one.date}.")
        if one.date in seen:
            raise invalid("hours.exceptions", f"There are two exceptions for {one.date}.")
        seen.add(one.date)
        _check_day("hours.exceptions", one.date, one.hours)


def _check_day(path: str, name: str, day: Day) -> None:
    before = ""
    for span in day:
        if span.opens >= span.closes:  # as texts: both have five characters
            raise invalid(path, f"On {name} it closes at {span.closes}, before it opens at {span.opens}.")
        if before and span.opens <= before:
            raise invalid(path, f"On {name} it opens at {span.opens}, but closes at {before} only.")
        before = span.closes


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def check_departments(departments: list[Department]) -> None:
    """Ids and names are told apart, and nobody is twice in one. Raises Problem."""
    ids: set[str] = set()
    names: set[str] = set()
    for one in departments:
        try:
            name = forms.single_line(one.name).strip().casefold()
        except BadText as bad:
            raise invalid("departments", f"The name of {one.id} can't be taken: {bad.detail}.") from None
        if not name:
            raise invalid("departments", f"The department {one.id} has no name.")
        if one.id in ids or name in names:
            raise invalid("departments", f"There are two departments {one.name}.")
        if len(set(one.operators)) < len(one.operators):
            raise invalid("departments", f"Somebody is in {one.name} twice.")
        ids.add(one.id)
        names.add(name)


def check_members(departments: list[Department], before: list[Department], staff: Iterable[str]) -> None:
    """Who comes into a department works at the shop; who has left since may stay on its list. Raises Problem."""
    known = {*staff, *(operator for one in before for operator in one.operators)}
    for one in departments:
        if not known.issuperset(one.operators):
            raise invalid("departments", f"In {one.name} there is somebody who doesn't work here.")
