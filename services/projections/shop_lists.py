"""A shop's canned replies and whom it has blocked: from events of its Shop and its Desk to rows.

Pure, and without looking at what is there: of each reply and each visitor the last event says all. A row knows the
`seq` that wrote it, so that an event applied again changes nothing.
"""

from typing import Final, assert_never
from uuid import UUID

from contracts.conversations import events as happened
from services.projections.rows import BlockRow, CannedReplyRow

ShopListEvent = (
    happened.CannedReplySaved | happened.CannedReplyDeleted | happened.VisitorBlocked | happened.VisitorUnblocked
)
SHOP_LIST_EVENTS: Final[frozenset[type[happened.Event]]] = frozenset(
    (happened.CannedReplySaved, happened.CannedReplyDeleted, happened.VisitorBlocked, happened.VisitorUnblocked)
)


class ShopListsFold:
    """Takes events in log order. Where no row is left, `seq` of what removed it stands in its place."""

    def __init__(self) -> None:
        self.replies: dict[tuple[str, UUID], CannedReplyRow | int] = {}
        self.blocks: dict[tuple[str, str], BlockRow | int] = {}

    def apply(self, event: ShopListEvent) -> None:
        match event:
            case happened.CannedReplySaved():
                self.replies[event.shop, event.reply] = CannedReplyRow(
                    shop=event.shop,
                    id=event.reply,
                    shortcut=event.shortcut,
                    texts={language: storable(text) for language, text in event.texts.items()},
                    author=event.author,
                    changed_at=event.timestamp,
                    seq=event.originator_version,
                )
            case happened.CannedReplyDeleted():
                self.replies[event.shop, event.reply] = event.originator_version
            case happened.VisitorBlocked():
                self.blocks[event.shop, event.visitor] = BlockRow(
                    shop=event.shop,
                    visitor=event.visitor,
                    conversation=event.conversation,
                    author=event.author,
                    at=event.timestamp,
                    seq=event.originator_version,
                )
            case happened.VisitorUnblocked():
                self.blocks[event.shop, event.visitor] = event.originator_version
            case _:
                assert_never(event)


def storable(text: str) -> str:
    """PostgreSQL keeps no NUL in a text."""
    return text.replace("\0", "\ufffd")
