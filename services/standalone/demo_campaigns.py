"""What the demo shop is about to push to those who rang its bell: a campaign that waits to be sent."""

from typing import Final

from contracts.engagement.campaign_commands import DraftCampaign
from contracts.engagement.campaigns import CampaignContent, Notice
from contracts.ids import campaign_id
from services.common.broker import Broker
from services.common.settings import Settings
from services.standalone.shops import is_logged, send

_DRAFT: Final = "demo-tide"
_NOTICES: Final = {
    "en": Notice(
        subject="Tide mugs are back in blue", text="Thirty of them, glazed last week. See them before they go."
    ),
    "fr": Notice(
        subject="Les mugs Tide sont de retour en bleu",
        text="Il y en a trente, émaillés la semaine dernière. Ne tardez pas.",
    ),
    "pl": Notice(
        subject="Kubki Tide znowu w błękicie", text="Jest ich trzydzieści, szkliwione w zeszłym tygodniu. Nie czekaj."
    ),
}


async def prepare(settings: Settings, broker: Broker, shop: str, owner: str, address: str, seconds: float) -> None:
    """Draft it on behalf of `owner`, unless that was done at a start before; `address` is where the shop's pages are.

    Raises shops.Unanswered if no worker comes up within `seconds`, shops.Refused.
    """
    campaign = campaign_id(shop, owner, _DRAFT)
    if is_logged(settings, shop, campaign):
        return
    content = CampaignContent(notices=_NOTICES, url=f"{address}/demo/tide-mug.html")

    def draft(gateway: str) -> DraftCampaign:
        return DraftCampaign(
            id=_DRAFT,
            shop=shop,
            sender_kind="operator",
            sender=owner,
            gateway=gateway,
            campaign=campaign,
            content=content,
        )

    await send(broker, draft, seconds)
