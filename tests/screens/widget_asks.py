"""What the widget says first, in pictures: invitation, privacy, consent, and the shop's own colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from tests.support.shop_page import held_by

if TYPE_CHECKING:
    from tests.screens.widget import Walk

INVITATION = {
    "en": "Choosing between the two sizes? I have both here on the counter and can compare.",
    "fr": "Vous hésitez entre les deux tailles ? Je les ai toutes deux au comptoir et peux comparer.",
    "pl": "Zastanawiasz się nad rozmiarem? Mam oba na ladzie i mogę porównać.",
}
NOTICE = {
    "en": "I agree that Morrow Ceramics keeps this conversation for 24 months to answer me. I can have it erased.",
    "fr": "J’accepte que Morrow Ceramics garde cette conversation 24 mois pour me répondre. Je peux la faire effacer.",
    "pl": "Zgadzam się, by Morrow Ceramics przechowywało tę rozmowę 24 miesiące. Mogę ją usunąć.",
}
QUESTION = "Hello! Is the green glaze food safe?"
ASKED = {"first_name": {"requested": True, "required": True}, "email": {"requested": True}}
COLOURS = {
    "header": {"background": "#2F5D50", "text": "#FFFFFF"},
    "operator": {"background": "#E7F0EC", "text": "#14261F"},
    "visitor": {"background": "#B5482A", "text": "#FFFFFF"},
}


async def go(walk: Walk) -> None:
    """From where the walk has ended: nobody is at the counter."""
    await _set(walk, invitations=[{"id": "sizes", "name": "Sizes", "after": 0, "text": INVITATION}])
    await walk.operator.go_online(1)
    await _invited(walk)
    await _set(walk, invitations=[], privacy={"notice": NOTICE, "link": "https://morrow.example/privacy"})
    await _noted(walk)
    await _set(walk, chat_fields=ASKED, privacy={"consent": True})
    await _asked(walk)
    await _set(walk, chat_fields={name: {"requested": False, "required": False} for name in ASKED}, colours=COLOURS)
    await _coloured(walk)
    await walk.operator.go_offline()
    await _left(walk)


async def _set(walk: Walk, **settings: Any) -> None:
    answer = await walk.shop.request("Maja", "PUT", "/settings", json=settings)
    assert answer.is_success, answer.text


async def _invited(walk: Walk) -> None:
    visitor = await walk.visitor()
    await walk.take(visitor, "19-invitation", visitor.page.locator("shopbell-widget .peek"))
    await visitor.context.close()


async def _noted(walk: Walk) -> None:
    visitor = await walk.visitor()
    widget = visitor.page.locator("shopbell-widget")
    await widget.locator(".launcher").click()
    await walk.take(visitor, "20-privacy-note", widget.locator(".privacy"))
    await visitor.context.close()


async def _asked(walk: Walk) -> None:
    visitor = await walk.visitor()
    widget = visitor.page.locator("shopbell-widget")
    await widget.locator(".launcher").click()
    await widget.locator("input[name=first_name]").fill("Hannah")
    await widget.locator("input[name=email]").fill("hannah.weiss@posteo.example")
    await walk.take(visitor, "21-consent", widget.locator(".agree"))
    await widget.locator(".btn.primary").click()
    await walk.take(visitor, "22-consent-missing", widget.locator(".agree.bad"))
    await visitor.context.close()


async def _coloured(walk: Walk) -> None:
    visitor = await walk.visitor()
    widget = visitor.page.locator("shopbell-widget")
    await walk.take(visitor, "23-launcher-own-colours", widget.locator(".launcher"))
    await widget.locator(".launcher").click()
    await widget.locator("#consent").check()
    await widget.locator(".btn.primary").click()
    await widget.locator(".composer textarea").fill(QUESTION)
    await widget.locator(".composer textarea").press("Enter")
    held = await held_by(walk.operator)
    await walk.operator.wait_for(lambda: walk.operator.inbox.first(held, text=QUESTION))
    await walk.operator.say(held, "It is, all of our glazes are.")
    await walk.take(visitor, "24-own-colours", widget.locator(".m.operator"))
    await widget.locator("header .tool[aria-haspopup]").click()
    await widget.locator(".menu button").nth(2).click()
    await walk.take(visitor, "25-privacy", widget.locator(".sheet"))
    await walk.operator.end(held)
    await visitor.context.close()


async def _left(walk: Walk) -> None:
    visitor = await walk.visitor()
    widget = visitor.page.locator("shopbell-widget")
    await widget.locator(".launcher").click()
    await widget.locator("input[name=email]").fill("m.zielinski@poczta.example")
    await widget.locator(".btn.primary").click()
    await expect(widget.locator(".agree.bad")).to_be_attached()
    await widget.locator(".agree").scroll_into_view_if_needed()
    await walk.take(visitor, "26-form-consent", widget.locator(".box.red"))
    await visitor.context.close()
