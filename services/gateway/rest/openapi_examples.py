"""Bodies that may be sent as they stand, as long as their times are to come, by the operation that takes them."""

from collections.abc import Mapping
from typing import Any, Final

_ORDER: Final = {
    "number": "20418",
    "placed_at": "2026-11-08T13:58:00+01:00",
    "language": "en",
    "customer": {"id": "customer-7", "email": "hannah.weiss@posteo.example", "name": "Hannah Weiss"},
    "items": [
        {"sku": "mug", "name": "Tide mug", "variant": "340 ml", "quantity": 2, "url": "https://www.morrow.example/mug"},
        {"sku": "bowl", "name": "Salt bowl"},
    ],
}
_RECEIVED: Final = {"status": "received", "at": "2026-11-12T09:20:00+01:00"}
_REVIEWS: Final = {
    "id": "019a2f6e-8d11-7c3e-9c55-0d6b1f2a7e01",
    "reviews": [{"sku": "mug", "stars": 5, "text": "Holds the heat well."}],
    "language": "en",
}
_ANSWERS: Final = [{"id": "moss", "text": "Moss"}, {"id": "tide", "text": "Tide blue"}]

BODIES: Final[Mapping[str, Mapping[str, Any]]] = {
    "post_orders": {
        "one": _ORDER,
        "several": {"orders": [_ORDER, {**_ORDER, "number": "20419", "status": _RECEIVED}]},
    },
    "post_orders_number_status": {"received": _RECEIVED},
    "post_order_statuses": {"several": {"statuses": [{"number": "20418", **_RECEIVED}]}},
    "put_review_rules": {
        "after receipt": {"on": True, "mode": "received", "days": 5, "hour": 10, "zone": "Europe/Warsaw"},
        "without a reminder": {"on": True, "mode": "placed", "days": 14, "reminder_days": None},
    },
    "put_reviews_review_reply": {"reply": {"text": "Thank you, Hannah."}, "taken away": {"text": ""}},
    "post_reviews_csv": {
        "one": "sku,stars,text,author,language,written_at,state\nmug,5,Lovely,Ann B.,en,2026-11-01,published\n"
    },
    "post_reviews": {"one": {"token": "what stands behind the #", **_REVIEWS}},
    "post_reviews_token": {"one": _REVIEWS},
    "post_polls": {
        "for one part of the shop": {
            "content": {
                "question": "Which glaze shall we bring back?",
                "answers": _ANSWERS,
                "groups": ["mugs"],
                "closes_at": "2027-01-31T18:00:00+01:00",
            }
        }
    },
    "post_polls_poll_votes": {"tide": {"id": "019a2f6e-8d11-7c3e-9c55-0d6b1f2a7e02", "answer": "tide"}},
    "post_campaigns": {
        "in two languages": {
            "content": {
                "notices": {
                    "en": {"subject": "Tide mugs are back", "text": "Forty of them."},
                    "fr": {"subject": "Les mugs Tide sont de retour", "text": "Il y en a quarante."},
                },
                "url": "https://www.morrow.example/mug",
                "audience": {"languages": ["en", "fr"], "older_than_days": 7},
                "quiet_hours": {"start": "21:00", "end": "08:00"},
                "cap": {"most": 2, "days": 7},
            }
        }
    },
    "post_campaigns_campaign_schedule": {
        "now": {},
        "by each subscriber's clock": {"at": "2027-01-15T09:00:00+01:00", "local": True, "zone": "Europe/Warsaw"},
    },
    "post_campaigns_campaign_test": {"in French": {"language": "fr"}},
    "post_campaigns_audience": {"French ones": {"audience": {"languages": ["fr"]}}},
    "post_api_keys": {"for orders": {"name": "Warehouse", "scopes": ["orders:write", "order-status:write"]}},
}
