"""A product's reviews as search engines read them: JSON-LD with the vocabulary of schema.org."""

import json
from typing import Any

from services.gateway.rest.reviews.store import Figures, ReviewRow


def json_ld(sku: str, name: str, figures: Figures, rows: list[ReviewRow]) -> dict[str, Any] | None:
    """A Product with its AggregateRating and some of its Reviews; None as long as there are none."""
    if not figures.count:
        return None
    # A review without a name in it has no author, and one without an author is none to search engines.
    reviews = [_review(row) for row in rows if row.author]
    return {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": name or sku,
        "sku": sku,
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": figures.average,
            "reviewCount": figures.count,
            "bestRating": 5,
            "worstRating": 1,
        },
        **({"review": reviews} if reviews else {}),
    }


def _review(row: ReviewRow) -> dict[str, Any]:
    rating = {"@type": "Rating", "ratingValue": row.stars, "bestRating": 5, "worstRating": 1}
    return {
        "@type": "Review",
        "reviewRating": rating,
        "author": {"@type": "Person", "name": row.author},
        "datePublished": row.written_at.date().isoformat(),
        "inLanguage": row.language,
        **({"reviewBody": row.text} if row.text else {}),
    }


def in_html(value: dict[str, Any]) -> str:
    """As it may stand in a `script` of a page: nothing in it can end that."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
