"""Who may do what: the one table of all routes under `/v1` and all frames of operators.

A route that is not in it is open to nobody. What a role may not do is refused before a handler looks at anything.
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, get_args

from msgspec import Struct

Role = Literal["owner", "manager", "operator", "key"]
Scope = Literal[
    "orders:write",
    "order-status:write",
    "reviews:read",
    "customers:export",
    "customers:erase",
    "history:read",
    "settings:read",
    "webhooks:write",
    "events:read",
]
SCOPES: Final[tuple[str, ...]] = get_args(Scope)

KEY: Final = "key"
"""The role of a shop's server that comes with one of its API keys; what that may do its scopes say."""


class Rule(NamedTuple):
    """Who may use a route: staff in these roles, and keys with this scope."""

    roles: frozenset[str]
    scope: Scope | None = None

    def admits(self, role: str, scopes: frozenset[str] = frozenset()) -> bool:
        return self.scope is not None and self.scope in scopes if role == KEY else role in self.roles


STAFF: Final = Rule(frozenset({"owner", "manager", "operator"}))
MANAGERS: Final = Rule(frozenset({"owner", "manager"}))
OWNERS: Final = Rule(frozenset({"owner"}))

OPEN: Final = frozenset(
    {
        ("POST", "/v1/session"),
        ("DELETE", "/v1/session"),
        ("POST", "/v1/password-resets"),
        ("PUT", "/v1/password-resets"),
        ("POST", "/v1/invitations/look"),
        ("POST", "/v1/invitations/accept"),
        ("GET", "/v1/attachments/{token}"),
        ("GET", "/v1/shops/{shop}/offline-form"),
        ("POST", "/v1/shops/{shop}/offline-messages"),
        ("POST", "/v1/shops/{shop}/attachments"),
        ("GET", "/v1/shops/{shop}/polls/current"),
        ("POST", "/v1/shops/{shop}/polls/{poll}/votes"),
        ("POST", "/v1/shops/{shop}/push-subscriptions"),
        ("DELETE", "/v1/shops/{shop}/push-subscriptions"),
        ("POST", "/v1/shops/{shop}/push-clicks"),
        ("POST", "/v1/shops/{shop}/conversations/{conversation}/transcript"),
        ("GET", "/v1/shops/{shop}/products/{sku:path}/reviews.html"),
        ("GET", "/v1/unsubscribe/{token}"),
        ("POST", "/v1/unsubscribe/{token}"),
        ("POST", "/v1/reviews/look"),
        ("POST", "/v1/reviews"),
        ("GET", "/v1/reviews/{token}"),
        ("POST", "/v1/reviews/{token}"),
    }
)
"""For whoever comes: they prove what they may by what they bring. A transcript is for staff too, by the row below."""

SIGNED_IN: Final = frozenset(
    {
        ("GET", "/v1/session"),
        ("PUT", "/v1/session"),
        ("GET", "/v1/account"),
        ("PUT", "/v1/account"),
        ("PUT", "/v1/account/password"),
        ("POST", "/v1/account/second-factor"),
        ("PUT", "/v1/account/second-factor"),
        ("DELETE", "/v1/account/second-factor"),
        ("POST", "/v1/account/recovery-codes"),
        ("GET", "/v1/account/sessions"),
        ("DELETE", "/v1/account/sessions"),
        ("DELETE", "/v1/account/sessions/{session}"),
        ("GET", "/v1/push-key"),
        ("PUT", "/v1/push-subscription"),
        ("DELETE", "/v1/push-subscription"),
    }
)
"""For every member of any shop's staff, on what is their own."""

_SHOP: Final = "/v1/shops/{shop}"
_READ_HISTORY: Final = STAFF._replace(scope="history:read")

ROUTES: Final[Mapping[tuple[str, str], Rule]] = {
    (method, _SHOP + path): rule
    for method, path, rule in (
        ("GET", "/settings", STAFF._replace(scope="settings:read")),
        ("PUT", "/settings", MANAGERS),
        ("GET", "/changes", MANAGERS),
        ("GET", "/changes.csv", MANAGERS),
        ("POST", "/changes/{change}/undo", MANAGERS),
        ("GET", "/tag", MANAGERS),
        ("POST", "/test-mail", MANAGERS),
        ("GET", "/test-mail/{mail}", MANAGERS),
        ("GET", "/mail-keys", MANAGERS),
        ("GET", "/contact", STAFF),
        # History
        ("GET", "/conversations", _READ_HISTORY),
        ("GET", "/conversations.csv", MANAGERS._replace(scope="history:read")),
        ("GET", "/conversations.json", MANAGERS._replace(scope="history:read")),
        ("GET", "/conversations/count", _READ_HISTORY),
        ("GET", "/conversations/{conversation}", _READ_HISTORY),
        ("DELETE", "/conversations/{conversation}", MANAGERS),
        ("POST", "/conversations/delete", MANAGERS),
        ("POST", "/conversations/{conversation}/transcript", STAFF),
        ("POST", "/conversations/{conversation}/attachments", STAFF),
        # Offline inbox
        ("GET", "/offline-messages", STAFF),
        ("GET", "/offline-messages.csv", MANAGERS),
        ("POST", "/offline-messages/retry", STAFF),
        ("GET", "/offline-messages/{message}", STAFF),
        ("DELETE", "/offline-messages/{message}", MANAGERS),
        ("POST", "/offline-messages/{message}/answer", STAFF),
        ("POST", "/offline-messages/{message}/called", STAFF),
        ("POST", "/offline-messages/{message}/retry", STAFF),
        # People
        ("GET", "/customers/{customer:path}", STAFF),
        ("DELETE", "/customers/{customer:path}", OWNERS._replace(scope="customers:erase")),
        ("POST", "/customers/{customer:path}/export", MANAGERS._replace(scope="customers:export")),
        ("GET", "/erasures", MANAGERS),
        ("GET", "/erasures/{number}", MANAGERS._replace(scope="customers:erase")),
        ("POST", "/erasures/{number}/retry", OWNERS),
        # Push
        ("GET", "/push", MANAGERS),
        ("GET", "/campaigns", MANAGERS),
        ("POST", "/campaigns", MANAGERS),
        ("POST", "/campaigns/audience", MANAGERS),
        ("POST", "/campaigns/url", MANAGERS),
        ("GET", "/campaigns/{campaign}", MANAGERS),
        ("PUT", "/campaigns/{campaign}", MANAGERS),
        ("DELETE", "/campaigns/{campaign}", MANAGERS),
        ("POST", "/campaigns/{campaign}/schedule", MANAGERS),
        ("POST", "/campaigns/{campaign}/unschedule", MANAGERS),
        ("POST", "/campaigns/{campaign}/pause", MANAGERS),
        ("POST", "/campaigns/{campaign}/resume", MANAGERS),
        ("POST", "/campaigns/{campaign}/cancel", MANAGERS),
        ("POST", "/campaigns/{campaign}/test", MANAGERS),
        ("GET", "/campaigns/{campaign}/deliveries", MANAGERS),
        ("GET", "/campaigns/{campaign}/deliveries.csv", MANAGERS),
        # Reviews
        ("POST", "/orders", MANAGERS._replace(scope="orders:write")),
        ("POST", "/orders/{number:path}/status", MANAGERS._replace(scope="order-status:write")),
        ("POST", "/order-statuses", MANAGERS._replace(scope="order-status:write")),
        ("GET", "/review-rules", MANAGERS),
        ("PUT", "/review-rules", MANAGERS),
        ("GET", "/review-requests", MANAGERS),
        ("GET", "/review-requests/figures", MANAGERS),
        ("GET", "/reviews", MANAGERS),
        ("GET", "/reviews.csv", MANAGERS),
        ("POST", "/reviews.csv", MANAGERS),
        ("GET", "/reviews/figures", MANAGERS),
        ("POST", "/reviews/{review}/publish", MANAGERS),
        ("POST", "/reviews/{review}/reject", MANAGERS),
        ("PUT", "/reviews/{review}/reply", MANAGERS),
        ("GET", "/products/{sku:path}/reviews", STAFF._replace(scope="reviews:read")),
        # Polls
        ("GET", "/polls", MANAGERS),
        ("POST", "/polls", MANAGERS),
        ("GET", "/polls/{poll}", MANAGERS),
        ("PUT", "/polls/{poll}", MANAGERS),
        ("DELETE", "/polls/{poll}", MANAGERS),
        ("GET", "/polls/{poll}.csv", MANAGERS),
        ("POST", "/polls/{poll}/start", MANAGERS),
        ("POST", "/polls/{poll}/close", MANAGERS),
        ("POST", "/polls/{poll}/archive", MANAGERS),
        ("POST", "/polls/{poll}/recount", MANAGERS),
        # Staff and what it works with
        ("GET", "/staff", STAFF),
        ("PUT", "/staff/{account}", MANAGERS),
        ("DELETE", "/staff/{account}", MANAGERS),
        ("POST", "/staff/{account}/return", MANAGERS),
        ("DELETE", "/staff/{account}/second-factor", OWNERS),
        ("GET", "/staff/invitations", MANAGERS),
        ("POST", "/staff/invitations", MANAGERS),
        ("POST", "/staff/invitations/{invitation}/resend", MANAGERS),
        ("DELETE", "/staff/invitations/{invitation}", MANAGERS),
        ("GET", "/canned-replies", STAFF),
        ("POST", "/canned-replies", STAFF),
        ("PUT", "/canned-replies/{reply}", STAFF),
        ("DELETE", "/canned-replies/{reply}", STAFF),
        ("GET", "/blocks", STAFF),
        ("DELETE", "/blocks/{visitor}", STAFF),
        # Keys and secrets
        ("GET", "/api-keys", OWNERS),
        ("POST", "/api-keys", OWNERS),
        ("DELETE", "/api-keys/{key}", OWNERS),
        ("POST", "/api-keys/{key}/rotate", OWNERS),
        ("GET", "/signing-secrets", OWNERS),
        ("POST", "/signing-secrets", OWNERS),
        ("GET", "/signing-secrets/{kid}", OWNERS),
        ("DELETE", "/signing-secrets/{kid}", OWNERS),
    )
}

FRAMES: Final[Mapping[str, Rule]] = dict.fromkeys(
    (
        "say", "end", "resume", "typing", "read", "received", "note", "reopen", "transfer", "take_over", "block",
        "invite", "watch_visitors", "go_online", "go_offline", "open_channel", "close_channel",
    ),
    STAFF,
)  # fmt: skip
"""By type. Chatting is what everybody of the staff is there for; keys open no socket."""


def rule_of(method: str, path: str) -> Rule | None:
    """Of a route as it is declared; None for what nobody may use."""
    return ROUTES.get(("GET" if method == "HEAD" else method, path))


def may_send(role: str, frame: Struct) -> bool:
    """Whether an operator's frame may come from this role."""
    rule = FRAMES.get(str(frame.__struct_config__.tag))
    return rule is not None and rule.admits(role)


def may_manage(role: str, other: str) -> bool:
    """Whether somebody in `role` may invite, change or close the access of somebody in the role `other`."""
    return role == "owner" or (role == "manager" and other == "operator")
