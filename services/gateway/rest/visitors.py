"""Who a visitor is that comes over REST: a signed-in customer, a guest with a token, or a new guest."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from services.gateway.access.identities import BadIdentity, Identities
from services.gateway.access.tokens import BadToken, Tokens
from services.gateway.access.visitor_ids import GUEST, Visitor, VisitorIds
from services.gateway.rest.problems import Problem

_BEARER: Final = "bearer "


@dataclass(frozen=True)
class Visitors:
    """Reads what a request carries."""

    ids: VisitorIds
    tokens: Tokens
    identities: Identities

    async def of(self, shop: str, token: str | None, identity: str | None, new: str) -> tuple[Visitor, bool]:
        """The visitor, and whether they are known by what they brought.

        Who brings nothing, or something that does not count (any more), is a new guest, whom `new` makes: the same
        again makes the same one. Raises psycopg's errors while the database is away.
        """
        try:
            found = await self.known(shop, token, identity)
        except Problem:
            found = None
        if found is not None:
            return found, True
        return Visitor(self.ids.of_next_conversation(shop, "", new)), False

    async def known(self, shop: str, token: str | None, identity: str | None) -> Visitor | None:
        """Whom the identity names, else the guest whom the token names; None without either.

        A customer's token without the identity names nobody. Raises Problem if what is there is expired, damaged,
        forged or another shop's.
        """
        wrong: Problem | None = None
        if identity is not None:
            try:
                vouched = await self.identities.read(shop, identity)
            except BadIdentity as bad:
                wrong = _forbidden("identity", str(bad))
            else:
                return Visitor(self.ids.of_customer(shop, vouched.sub), None, vouched)
        guest = self._guest(shop, token) if token is not None else None
        if guest is None and wrong is not None:
            raise wrong
        return guest

    def _guest(self, shop: str, token: str) -> Visitor | None:
        try:
            named = self.tokens.read(shop, token)
        except BadToken as bad:
            raise _forbidden("token", str(bad)) from None
        return named if named.id.startswith(GUEST) else None


def bearer_of(request: Request) -> str | None:
    """The token that a request carries beside its body, if it does."""
    said = request.headers.get("authorization", "")
    return said[len(_BEARER) :].strip() if said.lower().startswith(_BEARER) else None


def _forbidden(field: str, why: str) -> Problem:
    return Problem(403, "forbidden", f"{why[0].upper()}{why[1:]}.", field=field)
