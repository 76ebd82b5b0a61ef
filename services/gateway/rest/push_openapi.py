"""The staff's web push in the OpenAPI document."""

from typing import Final

from services.gateway.rest.openapi_parts import Json, json_of, nothing, problem, staff_operation, with_body
from services.gateway.rest.push import Forgotten, PushKey, Subscription

TYPES: Final[tuple[type, ...]] = (PushKey, Subscription, Forgotten)


def paths() -> Json:
    """What they are, by path."""
    keep = staff_operation(
        "Have this browser told when its operator is away", {"204": nothing("Kept."), "422": problem()}
    )
    forget = staff_operation("Tell this browser nothing any more", {"204": nothing("Forgotten."), "422": problem()})
    key = json_of("PushKey", "The key to subscribe with.")
    return {
        "/v1/push-key": {"get": staff_operation("The application server's key", {"200": key})},
        "/v1/push-subscription": {
            "put": with_body(keep, "Subscription"),
            "delete": with_body(forget, "Forgotten"),
        },
    }
