"""What the OpenAPI document tells of every operation alike: its name, who may use it, and what a refusal means."""

import re
from collections.abc import Mapping
from typing import Final

from services.gateway.access.roles import OPEN, ROUTES, Rule
from services.gateway.rest.openapi_examples import BODIES
from services.gateway.rest.openapi_parts import Json, problem

ABOUT: Final = """Errors are RFC 9457 problem documents: `status`, `code` for programs, `detail` for people, and `field`
where one member of what was sent is wrong. Lists are `{"items": […], "next": cursor or null}`, paged by `?cursor=`.
Times are RFC 3339; ours in UTC.

**Who asks.** A shop's server sends `Authorization: Bearer sbk_…`, a key made under Settings, Developers, with scopes;
staff sign in (`POST /v1/session`) and come with the session's cookie. An operation says which scope and roles it needs.

**Repeating.** What was answered by a time-out, 429 or 503 may be sent again as it is. With an `Idempotency-Key` the
same command is stored once; the same key with another body is refused (400). A body that can't be read at all is 400, a
member that can't be taken 422 with `field`, and what the rules forbid 400, 403, 404 or 409. Bodies may have 256 KiB, of
orders and their statuses 2 MiB, of tables of reviews 8 MB. Unknown members are refused where a shop's server or staff
write; answers may get new ones."""

CODES: Final[Mapping[str, str]] = {
    "invalid": "It can't be read, or what it says can't be taken; `field` names the member.",
    "too_long": "A text has more characters than it may.",
    "unauthorized": "No key or session came, or one that is not good any more.",
    "forbidden": "Who asks may not do this, or not in this shop; of a key the sentence names the scope that it lacks.",
    "not_found": "There is no such thing in this shop.",
    "not_open": "The poll is not open, or the conversation.",
    "conflict": "As it stands this can't be done; the sentence says how it stands.",
    "no_browser": "Nobody has turned on push where the test would go.",
    "push_off": "Push is turned off in the shop's settings.",
    "no_address": "There is no mail address that it could go to.",
    "link_over": "The link is not good: it has run out, was used, or is not whole.",
    "too_large": "The body has more bytes than it may.",
    "unsupported_media_type": "The body is of another Content-Type than is taken.",
    "rate_limited": "Too often; `Retry-After` says after how many seconds to come again.",
    "unavailable": "A part of the installation is away; nothing was done, or it is not known. Send it again.",
}
"""Those of more than one operation."""

PROBLEM: Final[Json] = {
    "title": "Problem",
    "type": "object",
    "description": "RFC 9457. Operations may add members of their own, as `errors` with every wrong one.",
    "properties": {
        "type": {"type": "string", "description": "Always about:blank: `code` tells problems apart."},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "One sentence for people; it may change."},
        "code": {
            "type": "string",
            "description": "For programs; stable. " + " ".join(f"`{code}`: {text}" for code, text in CODES.items()),
        },
        "field": {"type": "string", "description": "The member that is wrong, as items[3].quantity."},
    },
    "required": ["status", "detail", "code"],
    "examples": [
        {
            "type": "about:blank",
            "title": "Unprocessable Entity",
            "status": 422,
            "detail": "The number is 1 at least.",
            "code": "invalid",
            "field": "items[0].quantity",
        }
    ],
}

RETRY_AFTER: Final[Json] = {"Retry-After": {"description": "In seconds.", "schema": {"type": "integer"}}}

_RULES: Final[Mapping[tuple[str, str], Rule]] = {
    (method, path.replace(":path", "")): rule for (method, path), rule in ROUTES.items()
}
_OPEN: Final = frozenset((method, path.replace(":path", "")) for method, path in OPEN)


def tell(paths: Json) -> None:
    """Write it into these paths."""
    for path, members in paths.items():
        for method, operation in members.items():
            if method != "parameters":
                _tell(method.upper(), path, operation)


def _tell(method: str, path: str, operation: Json) -> None:
    operation["operationId"] = _name(method, path)
    operation["tags"] = [_group(path)]
    operation["description"] = _who(method, path)
    responses = {**{status: problem() for status in _refused(method, path, operation)}, **operation["responses"]}
    for status in responses.keys() & {"429", "503"}:
        responses[status] = {**responses[status], "headers": RETRY_AFTER}
    operation["responses"] = dict(sorted(responses.items()))
    example = BODIES.get(operation["operationId"])
    if example is not None:
        for content in _kinds(operation).values():
            content["examples"] = {name: {"value": value} for name, value in example.items()}


def _refused(method: str, path: str, operation: Json) -> set[str]:
    """As what anything of this kind is refused: a body in JSON, a key that asks too often."""
    rule = _RULES.get((method, path))
    body = {"400", "413", "415", "422"} if "application/json" in _kinds(operation) else set()
    return body | ({"429"} if rule is not None and rule.scope else set())


def _kinds(operation: Json) -> Json:
    kinds: Json = operation.get("requestBody", {}).get("content", {})
    return kinds


def _name(method: str, path: str) -> str:
    words = [word for word in re.split(r"[^A-Za-z0-9]+", path) if word not in ("", "v1")]
    if words[:2] == ["shops", "shop"]:
        words = words[2:]
    return "_".join([method.lower(), *words])


def _group(path: str) -> str:
    parts = [part for part in path.split("/") if part and not part.startswith("{") and part not in ("v1", "shops")]
    return parts[0].partition(".")[0] if parts else "shops"


def _who(method: str, path: str) -> str:
    """In one sentence."""
    rule = _RULES.get((method, path))
    if rule is None:
        return "For everybody." if (method, path) in _OPEN or not path.startswith("/v1/") else "For who is signed in."
    roles = " and ".join(f"{role}s" for role in ("owner", "manager", "operator") if role in rule.roles)
    return f"For {roles}{f', and for keys with the scope {rule.scope}' if rule.scope else '; not for keys'}."
