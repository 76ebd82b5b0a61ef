"""OpenAPI of push to visitors."""

from typing import Final

from services.gateway.rest.campaigns import desk, overview, subscriptions, views
from services.gateway.rest.openapi_parts import (
    KEY,
    SHOP,
    Json,
    content_of,
    json_of,
    nothing,
    operation,
    path_parameter,
    problem,
    query_parameters,
    staff_operation,
    with_body,
)

TYPES: Final[tuple[type, ...]] = (
    subscriptions.NewPushSubscription,
    subscriptions.EndedPushSubscription,
    subscriptions.KeptPushSubscription,
    subscriptions.Clicked,
    overview.PushShown,
    overview.WhichAudience,
    overview.AudienceCounted,
    overview.WhichPage,
    overview.PageFound,
    desk.NewCampaign,
    desk.CampaignTime,
    desk.CampaignTrial,
    desk.TrialSent,
    desk.CampaignStored,
    views.Campaigns,
    views.CampaignDetails,
    views.Deliveries,
)

_CAMPAIGNS: Final = "/v1/shops/{shop}/campaigns"
_ONE: Final = f"{_CAMPAIGNS}/{{campaign}}"
_CAMPAIGN: Final = path_parameter("campaign", uuid=True)
_LIST: Final = query_parameters(
    status="Only draft, scheduled, sending, paused, cancelled or finished ones.",
    cursor="`next` of the page before.",
    limit="How many at once, 200 at most.",
)
_LEDGER: Final = query_parameters(
    outcome="Only those that are waiting, sending, retrying, sent, failed, gone, too_large, expired, held_back or"
    " cancelled; or whose browser told of it: clicked, unsubscribed.",
    cursor="`next` of the page before.",
    limit="How many at once, 500 at most.",
)
_SEPARATOR: Final = query_parameters(separator="`comma` or `semicolon`; a comma unless told.")
_DEEDS: Final = {
    "unschedule": "Make a draft of a scheduled campaign again",
    "pause": "Let sending rest",
    "resume": "Go on with sending",
    "cancel": "Send nothing more of a campaign",
}


def paths() -> Json:
    """All of them."""
    return {**_browsers(), **_push(), **_campaigns(), **_one(), **_ledger()}


def _browsers() -> Json:
    refusals = {name: problem() for name in ("403", "404", "422", "429", "503")}
    kept = {name: json_of("KeptPushSubscription", text) for name, text in _KEPT.items()}
    add = operation("Push to this browser", {**kept, "409": problem(), **refusals})
    remove = operation("Push to this browser no more", {"204": nothing("Gone."), **refusals}, [KEY])
    click = operation("Tell that a notification was clicked", {"204": nothing("Heard."), **refusals})
    return {
        "/v1/shops/{shop}/push-subscriptions": {
            "parameters": [SHOP],
            "post": with_body(add, "NewPushSubscription"),
            "delete": with_body(remove, "EndedPushSubscription"),
        },
        "/v1/shops/{shop}/push-clicks": {"parameters": [SHOP], "post": with_body(click, "Clicked")},
    }


_KEPT: Final = {"200": "Known already.", "201": "Kept."}


def _push() -> Json:
    check = query_parameters(check="`no`: the file on the shop's pages is not looked at.")
    show = staff_operation("Push of the shop: subscribers, and the file", {"200": json_of("PushShown")}, check)
    refusals = {"400": problem(), "422": problem()}
    audience = staff_operation("Whom a campaign would reach", {"200": json_of("AudienceCounted"), **refusals})
    page = staff_operation("Whether a page of the shop answers", {"200": json_of("PageFound"), **refusals})
    return {
        "/v1/shops/{shop}/push": {"parameters": [SHOP], "get": show},
        f"{_CAMPAIGNS}/audience": {"parameters": [SHOP], "post": with_body(audience, "WhichAudience")},
        f"{_CAMPAIGNS}/url": {"parameters": [SHOP], "post": with_body(page, "WhichPage")},
    }


def _decided(status: str = "200") -> Json:
    later = json_of("CampaignStored", "Stored, and listed in a moment.")
    refusals = {name: problem() for name in ("400", "409", "422")}
    return {status: json_of("CampaignDetails", "The campaign."), "202": later, **refusals}


def _campaigns() -> Json:
    listed = staff_operation("Campaigns, the newest first", {"200": json_of("Campaigns"), "400": problem()}, _LIST)
    draft = staff_operation("Draft a campaign", _decided("201"), [KEY])
    return {_CAMPAIGNS: {"parameters": [SHOP], "get": listed, "post": with_body(draft, "NewCampaign")}}


def _one() -> Json:
    both = [SHOP, _CAMPAIGN]
    show = staff_operation("A campaign, and how it goes", {"200": json_of("CampaignDetails")})
    change = staff_operation("Change a draft", _decided(), [KEY])
    discard = staff_operation("Discard a draft", {"204": nothing("Discarded."), "409": problem()}, [KEY])
    schedule = staff_operation("Send a campaign, now or at a time", _decided(), [KEY])
    trial = json_of("TrialSent", "On its way.")
    refusals = {name: problem() for name in ("400", "409", "422")}
    test = staff_operation("Send a campaign to one's own browsers", {"202": trial, **refusals})
    deeds = {
        f"{_ONE}/{deed}": {"parameters": both, "post": staff_operation(summary, _decided(), [KEY])}
        for deed, summary in _DEEDS.items()
    }
    return {
        _ONE: {"parameters": both, "get": show, "put": with_body(change, "NewCampaign"), "delete": discard},
        f"{_ONE}/schedule": {"parameters": both, "post": with_body(schedule, "CampaignTime")},
        f"{_ONE}/test": {"parameters": both, "post": with_body(test, "CampaignTrial", required=False)},
        **deeds,
    }


def _ledger() -> Json:
    table = content_of("text/csv", "The same as a table.")
    listed = staff_operation("Every subscription's outcome", {"200": json_of("Deliveries"), "400": problem()}, _LEDGER)
    as_csv = staff_operation(
        "Every subscription's outcome", {"200": table, "400": problem()}, [_LEDGER[0], *_SEPARATOR]
    )
    return {
        f"{_ONE}/deliveries": {"parameters": [SHOP, _CAMPAIGN], "get": listed},
        f"{_ONE}/deliveries.csv": {"parameters": [SHOP, _CAMPAIGN], "get": as_csv},
    }
