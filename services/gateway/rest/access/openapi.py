"""OpenAPI of access."""

from typing import Final

from services.gateway.rest.access.accepting import Acceptance, InvitationTold, Link
from services.gateway.rest.access.account import AccountWish, NewPassword, SessionList
from services.gateway.rest.access.api_keys import ApiKeyList, KeyWish, NewKey
from services.gateway.rest.access.invitations import InvitationList, InvitationShown, NewInvitation
from services.gateway.rest.access.resets import Reset, ResetWish
from services.gateway.rest.access.second_factor import Code, FactorSetup, Password, RecoveryCodes
from services.gateway.rest.access.session import Credentials, ShopWish
from services.gateway.rest.access.signing_secrets import SecretList, WholeSecret
from services.gateway.rest.access.staff import MemberWish, StaffList
from services.gateway.rest.openapi_parts import (
    SHOP,
    Json,
    json_of,
    nothing,
    operation,
    path_parameter,
    problem,
    staff_operation,
    with_body,
)

TYPES: Final[tuple[type, ...]] = (
    Credentials, ShopWish, AccountWish, NewPassword, SessionList, Code, Password, FactorSetup, RecoveryCodes, ResetWish,
    Reset, Link, InvitationTold, Acceptance, StaffList, MemberWish, NewInvitation, InvitationShown, InvitationList,
    KeyWish, NewKey, ApiKeyList, SecretList, WholeSecret,
)  # fmt: skip

_STAFF: Final = "/v1/shops/{shop}/staff"
_INVITATIONS: Final = f"{_STAFF}/invitations"
_KEYS: Final = "/v1/shops/{shop}/api-keys"
_SECRETS: Final = "/v1/shops/{shop}/signing-secrets"
_WRONG: Final = {name: problem() for name in ("400", "422", "429")}
_DONE: Final = nothing("Done.")


def paths() -> Json:
    """Those of these routes."""
    return {**_door(), **_account(), **_staff(), **_keys(), **_secrets()}


def _door() -> Json:
    refused = {"401": problem(), "403": problem(), "503": problem(), **_WRONG}
    sign_in = operation("Sign in", {"201": json_of(), **refused})
    ask = operation("Ask for a link to set a new password", {"202": nothing("Whether there is an account or not.")})
    reset = operation("Set a new password", {"204": _DONE, "410": problem(), **refused})
    look = operation("What an invitation is to", {"200": json_of("InvitationTold"), "410": problem(), **refused})
    accept = operation("Take up an invitation", {"201": json_of(), "409": problem(), "410": problem(), **refused})
    return {
        "/v1/session": {
            "post": with_body(sign_in, "Credentials"),
            "get": staff_operation("Whose session this is", {"200": json_of()}),
            "put": with_body(staff_operation("Change to another shop", {"200": json_of(), **_WRONG}), "ShopWish"),
            "delete": operation("Sign out", {"204": nothing("Signed out."), "403": problem()}),
        },
        "/v1/password-resets": {
            "post": with_body({**ask, "responses": {**ask["responses"], **refused}}, "ResetWish"),
            "put": with_body(reset, "Reset"),
        },
        "/v1/invitations/look": {"post": with_body(look, "Link")},
        "/v1/invitations/accept": {"post": with_body(accept, "Acceptance")},
    }


def _account() -> Json:
    codes = {"200": json_of("RecoveryCodes", "Shown this once."), "409": problem(), **_WRONG}
    setup = {"201": json_of("FactorSetup", "Shown this once."), "409": problem()}
    off = staff_operation("Turn the second factor off", {"204": _DONE, **_WRONG})
    change = staff_operation("Change one's password", {"204": _DONE, "409": problem(), **_WRONG})
    return {
        "/v1/account": {
            "get": staff_operation("One's own account", {"200": json_of()}),
            "put": with_body(staff_operation("Change one's name", {"200": json_of(), **_WRONG}), "AccountWish"),
        },
        "/v1/account/password": {"put": with_body(change, "NewPassword")},
        "/v1/account/second-factor": {
            "post": staff_operation("Begin to set up a second factor", setup),
            "put": with_body(staff_operation("Turn it on with a code of the app", codes), "Code"),
            "delete": with_body(off, "Password"),
        },
        "/v1/account/recovery-codes": {"post": with_body(staff_operation("Other recovery codes", codes), "Password")},
        "/v1/account/sessions": {
            "get": staff_operation("Where one is signed in", {"200": json_of("SessionList")}),
            "delete": staff_operation("Sign out everywhere", {"204": _DONE}),
        },
        "/v1/account/sessions/{session}": {
            "parameters": [path_parameter("session", uuid=True)],
            "delete": staff_operation("Sign out somewhere", {"204": _DONE}),
        },
    }


def _staff() -> Json:
    change = staff_operation("Change a role or name", {"204": _DONE, "409": problem(), **_WRONG})
    shown = json_of("InvitationShown")
    invite = staff_operation("Invite a colleague", {"201": shown, "409": problem(), **_WRONG})
    return {
        _STAFF: {"parameters": [SHOP], "get": staff_operation("Who works here", {"200": json_of("StaffList")})},
        _INVITATIONS: {
            "parameters": [SHOP],
            "get": staff_operation("Who is invited", {"200": json_of("InvitationList")}),
            "post": with_body(invite, "NewInvitation"),
        },
        f"{_INVITATIONS}/{{invitation}}": {
            "parameters": [SHOP, path_parameter("invitation", uuid=True)],
            "delete": staff_operation("Withdraw an invitation", {"204": _DONE}),
        },
        f"{_INVITATIONS}/{{invitation}}/resend": {
            "parameters": [SHOP, path_parameter("invitation", uuid=True)],
            "post": staff_operation("Send an invitation again", {"200": shown, "429": problem()}),
        },
        f"{_STAFF}/{{account}}": {
            "parameters": [SHOP, path_parameter("account")],
            "put": with_body(change, "MemberWish"),
            "delete": staff_operation("Close somebody's access", {"204": _DONE, "409": problem()}),
        },
        f"{_STAFF}/{{account}}/return": {
            "parameters": [SHOP, path_parameter("account")],
            "post": staff_operation("Let somebody back in", {"204": _DONE}),
        },
        f"{_STAFF}/{{account}}/second-factor": {
            "parameters": [SHOP, path_parameter("account")],
            "delete": staff_operation("Take away a second factor that is lost", {"204": _DONE, "409": problem()}),
        },
    }


def _keys() -> Json:
    key = json_of("NewKey", "Shown this once.")
    add = staff_operation("Make a key", {"201": key, "409": problem(), **_WRONG})
    rotate = staff_operation("Another key in its place; this one is good for a day more", {"200": key})
    one = [SHOP, path_parameter("key")]
    return {
        _KEYS: {
            "parameters": [SHOP],
            "get": staff_operation("Keys of the shop's servers", {"200": json_of("ApiKeyList")}),
            "post": with_body(add, "KeyWish"),
        },
        f"{_KEYS}/{{key}}": {"parameters": one, "delete": staff_operation("Revoke a key", {"204": _DONE})},
        f"{_KEYS}/{{key}}/rotate": {"parameters": one, "post": rotate},
    }


def _secrets() -> Json:
    whole = json_of("WholeSecret")
    return {
        _SECRETS: {
            "parameters": [SHOP],
            "get": staff_operation("Secrets that sign identities", {"200": json_of("SecretList")}),
            "post": staff_operation("Make a secret", {"201": whole}),
        },
        f"{_SECRETS}/{{kid}}": {
            "parameters": [SHOP, path_parameter("kid")],
            "get": staff_operation("Show a secret", {"200": whole}),
            "delete": staff_operation("End a secret now", {"204": _DONE}),
        },
    }
