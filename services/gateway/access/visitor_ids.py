"""Who a visitor is: opaque ids, derived where they must come out the same in every gateway."""

import base64
import hmac
import secrets
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.common.master_key import MasterKey

GUEST: Final = "g_"
SIGNED_IN: Final = "c_"
VOTER: Final = "v_"
SUBSCRIBED: Final = "s_"
MAILBOX: Final = "m_"
_ID_CHARACTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Identity:
    """What a shop vouches for about a customer who is signed in there."""

    sub: str
    name: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is at the other end of a visitor's socket.

    `start` is the id of the `start` whose conversation made this guest id; that command sent again keeps the id.
    `since`: when the visit began that their token tells of, in seconds since 1970. `first`: the guest id that a guest
    had before any conversation made another.
    """

    id: str
    start: str | None = None
    identity: Identity | None = None
    since: int | None = None
    first: str | None = None

    @property
    def voter(self) -> str:
        """Who votes: the same one through all conversations."""
        return self.id if self.signed_in else self.first or self.id

    @property
    def signed_in(self) -> bool:
        return self.identity is not None

    @property
    def outer_id(self) -> str:
        """The id that clients see: the shop's own of a customer, else the guest id."""
        return self.id if self.identity is None else self.identity.sub


class VisitorIds:
    """Makes visitor ids under a secret of the installation, so that nobody else can tell what they stand for."""

    def __init__(self, master: MasterKey) -> None:
        self._key = master.derive("guest-ids")

    def new_guest(self) -> str:
        return GUEST + base64.b32encode(secrets.token_bytes(20)).decode().lower()[:_ID_CHARACTERS]

    def of_customer(self, shop: str, sub: str) -> str:
        return SIGNED_IN + self._derive("customer", shop, sub)

    def of_subscription(self, shop: str, subscription: UUID) -> str:
        """Under whose key the address of a browser is sealed that wants push: its own, for as long as it does."""
        return SUBSCRIBED + self._derive("push-subscription", shop, str(subscription))

    def of_mailbox(self, shop: str, address: str) -> str:
        """An address as one that review mails go to, whichever customer has given it."""
        return MAILBOX + self._derive("mailbox", shop, address.lower())

    def of_voter(self, shop: str, visitor: str) -> str:
        """Who votes in the shop's polls: an id that stands nowhere else, and so leads nowhere."""
        return VOTER + self._derive("voter", shop, visitor)

    def of_vote_command(self, shop: str, command: str) -> str:
        """The id under which a vote keeps its command. The visitor's own may have made the guest who votes, so that
        whoever finds it in the log could ask for that guest's token with it."""
        return self._derive("vote-command", shop, command)

    def of_next_conversation(self, shop: str, guest: str, start: str) -> str:
        """The guest id that a guest has in the conversation that the command `start` opens."""
        return GUEST + self._derive("guest", shop, guest, start)

    def origin(self, shop: str, visitor: str) -> str:
        """By this the Desk recognises who started a conversation, without being told who it was."""
        return self._derive("origin", shop, visitor)

    def _derive(self, *parts: str) -> str:
        digest = hmac.digest(self._key, "\n".join(parts).encode(), "sha256")
        return base64.b32encode(digest).decode().lower()[:_ID_CHARACTERS]
