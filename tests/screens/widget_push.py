"""The push bell on the shop's page, in pictures: off, on, blocked, and what it says then."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.common.vapid import CURVE, base64url
from tests.support.browser_push import STAND_IN

if TYPE_CHECKING:
    from tests.screens.widget import Walk
    from tests.support.pages import VisitorPage

BLOCKED = "Object.defineProperty(Notification, 'permission', { value: 'denied' });"


async def go(walk: Walk) -> None:
    """Whether anybody is at the counter or not."""
    await _set(walk, on=True)
    visitor = await _visitor(walk)
    bell = visitor.page.locator("shopbell-widget .pb-ring")
    await walk.take(visitor, "27-bell", bell)
    await bell.click()
    await walk.take(visitor, "28-bell-on", visitor.page.locator("shopbell-widget .pb-ring.on"))
    await visitor.context.close()
    visitor = await _visitor(walk, BLOCKED)
    await visitor.page.locator("shopbell-widget .pb-ring.blocked").click()
    await walk.take(visitor, "29-bell-blocked", visitor.page.locator("shopbell-widget .pb-tip.open"))
    await visitor.context.close()
    await _set(walk, on=False)


async def _visitor(walk: Walk, script: str = "") -> VisitorPage:
    visitor = await walk.visitor()
    await visitor.context.grant_permissions(["notifications", "local-network-access"])
    await visitor.context.expose_function("subscribeToPushService", lambda _key: _subscription())
    await visitor.context.add_init_script(STAND_IN + script)
    await visitor.page.reload()
    return visitor


def _subscription() -> dict[str, Any]:
    """One that no push service has given out, and that nothing is sent to."""
    point = ec.generate_private_key(CURVE).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    p256dh, auth = base64url(point), base64url(os.urandom(16))
    return {"endpoint": f"https://fcm.googleapis.com/fcm/send/{auth}", "keys": {"p256dh": p256dh, "auth": auth}}


async def _set(walk: Walk, *, on: bool) -> None:
    answer = await walk.shop.request("Maja", "PUT", "/settings", json={"push": {"on": on}})
    assert answer.is_success, answer.text
