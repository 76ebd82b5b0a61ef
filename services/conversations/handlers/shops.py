"""A shop comes into being, changes its settings and canned replies, forgets persons, and goes."""

from datetime import datetime

from contracts.conversations.commands import (
    ChangeSettings,
    CreateShop,
    DeleteCannedReply,
    ErasePerson,
    RemoveShop,
    SaveCannedReply,
)
from contracts.ids import shop_aggregate_id
from services.common.eventlog.aggregate import Cause
from services.common.eventlog.unit import Decided, Unit
from services.conversations.domain.desk import Desk
from services.conversations.domain.errors import ShopNotFound
from services.conversations.domain.shop import Shop
from services.conversations.handlers.steps import close_line, desk_id, desk_of, on_desk, send_off, serve


def create_shop(command: CreateShop, unit: Unit, now: datetime) -> Decided:
    """Shop and Desk come into being together; again with the same settings is nothing new."""
    existing = unit.get(shop_aggregate_id(command.shop))
    if isinstance(existing, Shop):
        existing.check_there()
        seq = existing.answer_to(command)
        if seq is None:
            existing.check_same(command.settings)
        return Decided(None, seq or 1)
    cause = Cause(command, now)
    shop = Shop.blank(shop_aggregate_id(command.shop), command.shop, now)
    cause.keeper = shop
    shop.create(command.settings, command.sender, cause)
    unit.add(shop)
    desk = Desk.blank(desk_id(command.shop), command.shop, now)
    desk.open_up(command.settings.rules(), cause)
    unit.add(desk)
    return Decided(None, cause.seq)


def change_settings(command: ChangeSettings, unit: Unit, now: datetime) -> Decided:
    """The Desk follows at once: a higher limit or another department serves the line, new hours may close it."""
    shop = _shop_of(unit, command.shop)
    seq = shop.answer_to(command)
    if seq is not None:
        return Decided(None, seq)
    shop.check_base(command.base)
    desk = desk_of(unit, command.shop)
    cause = Cause(command, now)
    cause.keeper = shop
    shop.change(command.settings, command.sender, cause)
    desk.change_rules(command.settings.rules(), cause)
    close_line(desk, unit, cause)
    serve(desk, unit, cause)
    return Decided(None, cause.seq)


def erase_person(command: ErasePerson, unit: Unit, now: datetime) -> Decided:
    """What they are in the middle of ends; whoever waits takes their place. Readers and keys follow the event.

    A block goes too: nobody could tell any more whom it is about.
    """
    shop = _shop_of(unit, command.shop)
    seq = shop.answer_to(command)
    if seq is not None:
        return Decided(None, seq)
    desk = desk_of(unit, command.shop)
    # Who has signed in a moment ago may be asked for by one of two ids: both go.
    persons, theirs = desk.seats.all_of(command.persons)
    cause = Cause(command, now)
    cause.keeper = shop
    shop.erase(persons, command.sender, cause)
    for conversation in theirs:
        send_off(desk, on_desk(unit, conversation), cause)
    for person in persons:
        if person in desk.blocks:
            desk.unblock(person, command.sender, cause)
    serve(desk, unit, cause)
    return Decided(None, cause.seq)


def save_canned_reply(command: SaveCannedReply, unit: Unit, now: datetime) -> Decided:
    """A new one, or the one of this id changed."""
    shop = _shop_of(unit, command.shop)
    seq = shop.answer_to(command)
    if seq is not None:
        return Decided(None, seq)
    cause = Cause(command, now)
    cause.keeper = shop
    shop.save_reply(command.reply, command.shortcut, command.texts, command.sender, cause)
    return Decided(None, cause.seq)


def delete_canned_reply(command: DeleteCannedReply, unit: Unit, now: datetime) -> Decided:
    """Its shortcut is free again."""
    shop = _shop_of(unit, command.shop)
    seq = shop.answer_to(command)
    if seq is not None:
        return Decided(None, seq)
    cause = Cause(command, now)
    cause.keeper = shop
    shop.delete_reply(command.reply, command.sender, cause)
    return Decided(None, cause.seq)


def remove_shop(command: RemoveShop, unit: Unit, now: datetime) -> Decided:
    """Everybody goes home; asked again, it is done already."""
    shop = _shop_of(unit, command.shop)
    if shop.removed:
        return Decided(None, shop.version)
    desk = desk_of(unit, command.shop)
    cause = Cause(command, now)
    cause.keeper = shop
    shop.remove(command.sender, cause)
    for conversation in [*desk.seats.line, *desk.seats.all]:
        if conversation in desk.seats.all:
            send_off(desk, on_desk(unit, conversation), cause)
    for operator, there in list(desk.operators.items()):
        if there.online:
            desk.leave(operator, "asked", cause)
    desk.close(cause)
    return Decided(None, cause.seq)


def _shop_of(unit: Unit, name: str) -> Shop:
    shop = unit.get(shop_aggregate_id(name))
    if not isinstance(shop, Shop):
        raise ShopNotFound
    return shop
