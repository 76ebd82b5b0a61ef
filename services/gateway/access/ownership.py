"""Whose a conversation is, seen from a visitor."""

from services.gateway.access.visitor_ids import Visitor, VisitorIds
from services.gateway.log_reader import OwnerOf


def is_theirs(ids: VisitorIds, shop: str, owner: OwnerOf, visitor: Visitor) -> bool:
    """A guest's own is also what it started as who it was before; never a signed-in visitor's."""
    if owner.visitor == visitor.id:
        return True
    return not owner.signed_in and owner.origin == ids.origin(shop, visitor.id)
