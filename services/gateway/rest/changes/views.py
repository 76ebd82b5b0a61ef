"""Entries of the change log as they are shown."""

from typing import Final

import msgspec
from msgspec import UNSET, Struct, UnsetType

from contracts.envelope import rfc3339
from services.common.audit import INSTALLATION
from services.gateway.rest.changes.parts import CANNED, part_of_access, part_of_setting
from services.gateway.rest.changes.store import ChangeRow, DeedRow, Entry
from services.gateway.shops import StaffNames

NOBODY: Final = "Shopbell"
"""The name of who changes something from the command line of the installation."""


class Person(Struct):
    """Somebody of the staff; as a subject also a key or an invitation, which has no name here."""

    id: str
    name: str


class Change(Struct, kw_only=True):
    """One change. `what`: a setting by its path (`welcome.fr`, `hours.week.5`), `canned.<id>`, or a deed about access
    (`staff.invited`). Settings and canned replies have `before` and `after`, null where there was nothing. `subject`
    and `details` tell of a deed whom or what it was done to. `undoes`: whose change this one undid."""

    id: str
    at: str
    author: Person
    part: str
    what: str
    before: msgspec.Raw | UnsetType = UNSET
    after: msgspec.Raw | UnsetType = UNSET
    subject: Person | UnsetType = UNSET
    details: dict[str, msgspec.Raw] | UnsetType = UNSET
    undone_by: Person | UnsetType = UNSET
    undoes: Person | UnsetType = UNSET
    can_undo: bool


class Changes(Struct):
    """A page, the newest first."""

    items: list[Change]
    next: str | None


def people(entries: list[Entry]) -> set[str]:
    """Whose names are needed to show these."""
    found = {entry.author for entry in entries}
    for entry in entries:
        named = (entry.subject,) if isinstance(entry, DeedRow) else (entry.undone_by, entry.undoes_of)
        found.update(name for name in named if name)
    return found - {INSTALLATION}


def shown(shop: str, entry: Entry, names: StaffNames) -> Change:
    return _deed(shop, entry, names) if isinstance(entry, DeedRow) else _change(shop, entry, names)


def _change(shop: str, row: ChangeRow, names: StaffNames) -> Change:
    return Change(
        id=f"{row.seq}-{row.number}",
        at=rfc3339(row.at),
        author=_person(shop, row.author, names),
        part=part_of_setting(row.what),
        what=row.what,
        before=msgspec.Raw(row.before.encode()),
        after=msgspec.Raw(row.after.encode()),
        undone_by=_person(shop, row.undone_by, names) if row.undone_by else UNSET,
        undoes=_person(shop, row.undoes_of, names) if row.undoes_of else UNSET,
        can_undo=may_be_undone(row),
    )


def may_be_undone(row: ChangeRow) -> bool:
    """Settings, once."""
    return row.undone_by is None and row.what.partition(".")[0] != CANNED


def _deed(shop: str, row: DeedRow, names: StaffNames) -> Change:
    return Change(
        id=f"a{row.id}",
        at=rfc3339(row.at),
        author=_person(shop, row.author, names),
        part=part_of_access(row.what),
        what=row.what,
        subject=Person(row.subject, names.own(shop, row.subject)) if row.subject else UNSET,
        details={name: msgspec.Raw(msgspec.json.encode(value)) for name, value in row.details.items()},
        can_undo=False,
    )


def _person(shop: str, account: str, names: StaffNames) -> Person:
    return Person(account, NOBODY if account == INSTALLATION else names.name(shop, account))
