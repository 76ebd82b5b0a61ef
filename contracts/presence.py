"""What gateways tell each other of the visitors on a shop's pages, over core NATS: who is there, while somebody
watches, and whom staff invite.

The messages are sealed under a key of the installation: names, pages and carts are nobody else's business.
"""

from msgspec import Struct

from contracts.sockets.common import Operator
from contracts.sockets.operator import VisitorOnSite


class Seen(Struct, frozen=True, array_like=True):
    """A visitor at one gateway. `at`: when that last changed, in seconds since 1970: of several the newest counts."""

    visitor: VisitorOnSite
    at: float


class OnSite(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who is here. `number` counts a gateway's messages about a shop: after a hole the whole is asked for.

    `whole`: these are all of this gateway's. Else `here` are new or changed, and `gone` left. `more` are not named.
    """

    gateway: str
    number: int
    whole: bool
    here: list[Seen] = []
    gone: list[str] = []
    more: int = 0


class Watch(Struct, frozen=True, kw_only=True):
    """Somebody at `gateway` watches a shop; said again every 10 s, and forgotten after 25 s. `whole`: needs it all."""

    gateway: str
    whole: bool


class Invited(Struct, frozen=True, kw_only=True):
    """One of the staff invites a visitor, by the id that staff see; without `text`, in the shop's words."""

    visitor: str
    operator: Operator
    text: str | None = None
