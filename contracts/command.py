"""What all commands have in common."""

from typing import Literal

from msgspec import Struct

from contracts.ids import CommandId, ShopId

SenderKind = Literal["visitor", "operator", "system"]


def _tag(name: str) -> str:
    """`SayMessage` → `say_message`: the command's kind in subjects and payloads."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


class Command(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type", tag=_tag):
    """What all commands carry.

    `sender` is the visitor, the staff account, or the partition's owner itself (`system`). `digest` is an HMAC of
    what the command says, under the person's key: it tells a retry from another command under the same id without
    showing the text. `gateway` and `n` say where the answer goes; without a gateway nobody waits for one.
    """

    id: CommandId
    shop: ShopId
    sender_kind: SenderKind
    sender: str
    digest: str = ""
    gateway: str = ""
    n: int = 0
    correlation: str = ""


def kind_of(command: type[Command] | Command) -> str:
    """The kind of a command, as its subject names it."""
    return str(command.__struct_config__.tag)
