"""Departments of a shop's staff."""

from typing import Annotated

from msgspec import Meta, Struct

DepartmentId = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$(?!\n)")]
"""Never like an operator's id, which has an underscore: `to` of a transfer may be either."""


class Department(Struct, frozen=True, kw_only=True):
    """Some of the staff, by id, who take what was meant for the department; one may be in several."""

    id: DepartmentId
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    operators: Annotated[list[Annotated[str, Meta(max_length=64)]], Meta(max_length=10_000)] = []
