"""A shop comes into being, changes its settings, forgets persons, and goes."""

from datetime import datetime

from contracts.conversations.commands import ChangeSettings, CreateShop, ErasePerson, RemoveShop
from contracts.ids import shop_aggregate_id
from services.conversations.domain.aggregate import Cause
from services.conversations.domain.desk import Desk
from services.conversations.domain.errors import ShopNotFound
from services.conversations.domain.shop import Shop
from services.conversations.handlers.steps import desk_id, desk_of, on_desk, send_off, serve_line
from services.conversations.handlers.unit import Decided, Unit


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
    """The Desk follows at once: a higher limit serves the line."""
    shop = _shop_of(unit, command.shop)
    seq = shop.answer_to(command)
    if seq is not None:
        return Decided(None, seq)
    desk = desk_of(unit, command.shop)
    cause = Cause(command, now)
    cause.keeper = shop
    shop.change(command.settings, command.sender, cause)
    desk.change_rules(command.settings.rules(), cause)
    serve_line(desk, unit, cause)
    return Decided(None, cause.seq)


def erase_person(command: ErasePerson, unit: Unit, now: datetime) -> Decided:
    """What they are in the middle of ends; whoever waits takes their place. Readers and keys follow the event."""
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
    serve_line(desk, unit, cause)
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
