"""Who changed what of a shop's settings and canned replies: from the events of its Shop to rows.

Pure: the shops' settings and replies as they stood before a page of the log go in, rows come out. A shop's row knows
the `seq` it has come to, so that an event applied again changes nothing.
"""

from typing import Any, Final, assert_never
from uuid import UUID

import msgspec

from contracts import registry
from contracts.conversations import events as happened
from contracts.conversations.settings import ShopSettings
from services.common.setting_paths import among, changes, undone_by_command
from services.projections.rows import ChangeRow, ShopRow
from services.projections.shop_lists import storable

ChangeEvent = happened.ShopCreated | happened.SettingsChanged | happened.CannedReplySaved | happened.CannedReplyDeleted
CHANGE_EVENTS: Final[frozenset[type[happened.Event]]] = frozenset(
    (happened.ShopCreated, happened.SettingsChanged, happened.CannedReplySaved, happened.CannedReplyDeleted)
)
Replies = dict[tuple[str, UUID], Any]
"""Canned replies by shop and id, as `reply_shown` has them."""

_encode_value = msgspec.json.Encoder(order="deterministic").encode  # texts that a table kept have lost their order


def reply_shown(shortcut: str, texts: dict[str, str]) -> Any:
    """A canned reply as a change names it."""
    return {"shortcut": shortcut, "texts": {language: storable(text) for language, text in texts.items()}}


def settings_of(shop: ShopRow) -> ShopSettings:
    """As this release has them, whichever release wrote the row. Raises what decoding an event raises."""
    if shop.topic is None or shop.state is None:
        return ShopSettings()
    event = registry.decode(shop.topic, shop.state.encode())
    if not isinstance(event, happened.ShopCreated | happened.SettingsChanged):
        raise TypeError(f"{shop.topic} tells no settings")
    return event.settings


def _keep(shop: ShopRow, event: happened.ShopCreated | happened.SettingsChanged) -> None:
    shop.topic, shop.state = happened.topic_of(type(event)), registry.encode(event).decode()


class ChangesFold:
    """Takes events in log order. `shops` are the rows as they stand then, `rows` what is to be added."""

    def __init__(self, shops: dict[UUID, ShopRow], replies: Replies) -> None:
        """Both as far as the page names them and they are there; they are updated."""
        self.shops = shops
        self.rows: list[ChangeRow] = []
        self._replies = replies

    def apply(self, event: ChangeEvent) -> None:
        shop = self.shops.get(event.originator_id)
        if shop is None:
            shop = self.shops[event.originator_id] = ShopRow(event.originator_id, event.shop)
        if event.originator_version <= shop.seq:
            return
        shop.seq = event.originator_version
        match event:
            case happened.ShopCreated():
                _keep(shop, event)
            case happened.SettingsChanged():
                before = settings_of(shop)
                _keep(shop, event)
                for what, (old, new) in changes(before, event.settings).items():
                    self._add(event, what, old, new, among(before, what) if new is None else None)
            case happened.CannedReplySaved():
                self._change_reply(event, reply_shown(event.shortcut, event.texts))
            case happened.CannedReplyDeleted():
                self._change_reply(event, None)
            case _:
                assert_never(event)

    def _change_reply(self, event: happened.CannedReplySaved | happened.CannedReplyDeleted, reply: Any) -> None:
        key = event.shop, event.reply
        before, self._replies[key] = self._replies.get(key), reply
        if before != reply:
            self._add(event, f"canned.{event.reply}", before, reply)

    def _add(
        self,
        event: happened.SettingsChanged | happened.CannedReplySaved | happened.CannedReplyDeleted,
        what: str,
        before: Any,
        after: Any,
        former: list[str] | None = None,
    ) -> None:
        undoes = undone_by_command(event.command.id) if event.command else None
        last = self.rows[-1] if self.rows else None
        same = last is not None and (last.shop, last.seq) == (event.shop, event.originator_version)
        self.rows.append(
            ChangeRow(
                shop=event.shop,
                seq=event.originator_version,
                number=last.number + 1 if last and same else 1,
                at=event.timestamp,
                author=event.author,
                what=what,
                before=_encode_value(before).decode(),
                after=_encode_value(after).decode(),
                undoes_seq=undoes and undoes[0],
                undoes_number=undoes and undoes[1],
                command=event.command.id if event.command else None,
                among=None if former is None else _encode_value(former).decode(),
            )
        )
