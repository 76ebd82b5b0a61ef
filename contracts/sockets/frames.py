"""All frames by socket and direction, as the schemas and the reference list them."""

from typing import Final, get_args

from contracts.sockets import common, operator, visitor

BY_DIRECTION: Final[dict[str, tuple[type, ...]]] = {
    "visitor_sends": get_args(visitor.VisitorFrame),
    "visitor_receives": (
        visitor.Welcome,
        visitor.Availability,
        visitor.Place,
        visitor.Invitation,
        common.Stored,
        common.Rejected,
        common.EventFrame,
        common.Resumed,
        common.Heads,
        common.TypingShown,
        common.ReadShown,
        common.ReceivedShown,
        common.Closing,
    ),
    "operator_sends": get_args(operator.OperatorFrame),
    "operator_receives": (
        operator.Welcome,
        operator.Conversations,
        operator.Desk,
        operator.Visitors,
        common.Stored,
        common.Rejected,
        common.EventFrame,
        common.Resumed,
        common.Heads,
        common.TypingShown,
        common.ReadShown,
        common.ReceivedShown,
        common.Closing,
    ),
}
