"""The desk and its conversations as operators see them."""

from collections import Counter
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec import UNSET

from contracts.conversations.settings import ShopSettings
from contracts.desks import ConversationSummary, DeskView
from contracts.envelope import rfc3339
from contracts.sockets.operator import (
    Channel,
    DepartmentShown,
    Desk,
    DeskState,
    HandoverShown,
    LastMessage,
    OnlineOperator,
    Summary,
)
from contracts.sockets.visitor import VisitorInfo
from services.common.attachments.details import names_in
from services.common.person_keys import PersonKey
from services.gateway.live.marks import MarksOf
from services.gateway.live.views import opened
from services.gateway.shops import StaffNames

_encode: Final = msgspec.json.Encoder().encode


class DeskViews:
    """Builds what operators' sockets get of a desk."""

    def __init__(self, names: StaffNames) -> None:
        self._names = names

    def state(self, desk: DeskView) -> DeskState:
        return DeskState(**self._fields(desk))

    def frame(self, desk: DeskView) -> str:
        return _encode(Desk(**self._fields(desk))).decode()

    def summary(self, shop: str, one: ConversationSummary, key: PersonKey | None, marks: MarksOf) -> Summary:
        return Summary(
            id=one.id,
            status=one.status,
            visitor=visitor_info(one, key),
            seq=one.seq,
            operator=self._names.operator(shop, one.operator) if one.operator else UNSET,
            last=_last(one, key),
            department=one.department or UNSET,
            waiting_since=_time(one.waiting_since),
            unanswered_since=_time(one.unanswered_since),
            read=marks.read or UNSET,
            received=marks.received or UNSET,
        )

    def _fields(self, desk: DeskView) -> dict[str, Any]:
        operators = [
            OnlineOperator(id=one.id, name=self._names.name(desk.shop, one.id), online=one.online, away=one.away)
            for one in desk.operators
        ]
        channels = [
            Channel(channel=one.channel, operator=one.operator, conversation=one.conversation or UNSET)
            for one in desk.channels
        ]
        return {
            "online": any(one.online for one in desk.operators),
            "availability": desk.availability,
            "operators": operators,
            "channels": channels,
            "limit": desk.limit,
            "busy": desk.busy,
            "waiting": len(desk.line),
            "line": desk.line,
            "open": desk.open,
            "absent": desk.absent,
            "departments": self._departments(desk),
            "handovers": [
                HandoverShown(conversation=one.conversation, department=one.department) for one in desk.handovers
            ],
        }

    def _departments(self, desk: DeskView) -> list[DepartmentShown]:
        """Of each how many of its operators are there, and how many of their channels are free."""
        there = {one.id for one in desk.operators if one.online and not one.away}
        free = Counter(one.operator for one in desk.channels if one.conversation is None)
        return [
            DepartmentShown(
                id=one.id,
                name=one.name,
                operators=one.operators,
                online=len(there.intersection(one.operators)),
                free=sum(free[operator] for operator in there.intersection(one.operators)),
            )
            for one in self._names.departments(desk.shop)
        ]


def empty_desk(shop: str, settings: ShopSettings) -> DeskView:
    """A desk that nobody has touched yet."""
    return DeskView(
        shop=shop,
        version=0,
        availability="form" if settings.offline_mode else "hidden",
        operators=[],
        channels=[],
        limit=settings.limit,
        busy=0,
        line=[],
    )


def visitor_info(one: ConversationSummary, key: PersonKey | None) -> VisitorInfo:
    """Who the visitor is to operators."""
    shown: dict[str, Any] = {
        field: opened(key, sealed, field)
        for field in ("name", "email", "phone")
        if (sealed := getattr(one, field)) is not None
    }
    customer = opened(key, one.customer, "customer") if one.customer is not None else ""
    return VisitorInfo(id=customer or one.visitor, signed_in=one.signed_in, **shown)


def _time(at: datetime | None) -> str | msgspec.UnsetType:
    return UNSET if at is None else rfc3339(at)


def _last(one: ConversationSummary, key: PersonKey | None) -> LastMessage | msgspec.UnsetType:
    """The last message, as it was sealed; its files' names stand where nothing was said."""
    if one.last_from is None or one.last_text is None:
        return UNSET
    at: datetime | None = one.last_at
    text = opened(key, one.last_text, "text")
    if not text and one.last_files is not None:
        text = names_in(opened(key, one.last_files, "attachment_details"))
    return LastMessage(sender=one.last_from, text=text, at="" if at is None else rfc3339(at))
