"""OpenAPI of the routes of reviews."""

from typing import Final

from services.gateway.rest.openapi_parts import (
    KEY,
    SHOP,
    Json,
    content_of,
    json_of,
    operation,
    path_parameter,
    problem,
    query_parameters,
    staff_operation,
    with_body,
)
from services.gateway.rest.reviews.form import NewReviews, ReviewForm, ReviewOutcomes, ReviewsSaid, ReviewToken
from services.gateway.rest.reviews.importing import ReviewsImported
from services.gateway.rest.reviews.moderation import NewReply
from services.gateway.rest.reviews.products import MOST_DRAWN
from services.gateway.rest.reviews.snippet import FIRST
from services.gateway.rest.reviews.store import Figures
from services.gateway.rest.reviews.views import ProductReviews, Reviews, ReviewShown

TYPES: Final[tuple[type, ...]] = (
    Figures,
    ReviewToken,
    NewReply,
    NewReviews,
    ProductReviews,
    ReviewForm,
    ReviewOutcomes,
    ReviewShown,
    Reviews,
    ReviewsSaid,
    ReviewsImported,
)

_ALL: Final = "/v1/shops/{shop}/reviews"
_ONE: Final = [SHOP, path_parameter("review", uuid=True)]
_PRODUCT: Final = [SHOP, path_parameter("sku")]
_FILTERS: Final = {
    "sku": "Of this product.",
    "stars": "With so many stars, 1 to 5.",
    "variant": "Of this variant.",
    "in_": "Written in this language.",
    "order": "newest (unless told), best or worst first.",
}
_PLACE: Final = {"cursor": "`next` of the page before.", "limit": "1 to 200 items; 50 unless told."}


def paths() -> Json:
    """Those of these routes."""
    return {**_moderation(), **_products(), **_customers()}


def _moderation() -> Json:
    words = {"state": "waiting, published or rejected.", "q": "Words that product, number, text or author hold."}
    asked = query_parameters(**words, **_FILTERS)
    shown, wrong = {"200": json_of("ReviewShown", "The review as it is then.")}, {"422": problem()}
    reply = staff_operation("Reply to a review; an empty text takes the reply away", {**shown, **wrong}, [KEY])
    return {
        _ALL: {
            "parameters": [SHOP],
            "get": staff_operation(
                "Reviews", {"200": json_of("Reviews"), "400": problem()}, [*asked, *query_parameters(**_PLACE)]
            ),
        },
        f"{_ALL}.csv": {
            "parameters": [SHOP],
            "get": staff_operation(
                "Reviews as a table",
                {"200": content_of("text/csv", "Rows; the first names the columns."), "400": problem()},
                [*asked, *query_parameters(separator="`comma` or `semicolon`; a comma unless told.")],
            ),
            "post": with_body(
                staff_operation(
                    "Bring reviews that were written elsewhere; the same table again changes nothing",
                    {"200": json_of("ReviewsImported"), "413": problem(), "415": problem(), **wrong},
                ),
                kind="text/csv",
            ),
        },
        f"{_ALL}/figures": {
            "parameters": [SHOP],
            "get": staff_operation(
                "Figures of published reviews", {"200": json_of("Figures")}, query_parameters(sku=_FILTERS["sku"])
            ),
        },
        f"{_ALL}/{{review}}/publish": {"parameters": _ONE, "post": staff_operation("Publish a review", shown, [KEY])},
        f"{_ALL}/{{review}}/reject": {
            "parameters": _ONE,
            "post": staff_operation("Don't show a review, or no longer", shown, [KEY]),
        },
        f"{_ALL}/{{review}}/reply": {"parameters": _ONE, "put": with_body(reply, "NewReply")},
    }


def _products() -> Json:
    of_product = "/v1/shops/{shop}/products/{sku}/reviews"
    filters = {name: text for name, text in _FILTERS.items() if name != "sku"}
    asked = query_parameters(**filters, **_PLACE)
    few = query_parameters(**filters, **{**_PLACE, "limit": f"1 to {MOST_DRAWN} reviews; {FIRST} unless told."})
    language = query_parameters(language="In which it is drawn; the shop's first one unless told.")
    wrong = {status: problem() for status in ("400", "404", "429", "503")}
    drawn = content_of("text/html", "A piece of a page, with its own styles; for every origin, good for a minute.")
    return {
        of_product: {
            "parameters": _PRODUCT,
            "get": staff_operation(
                "Published reviews of a product; a key needs reviews:read",
                {"200": json_of("ProductReviews"), "400": problem()},
                asked,
            ),
        },
        f"{of_product}.html": {
            "parameters": _PRODUCT,
            "get": operation("The same, drawn for the product's page", {"200": drawn, **wrong}, [*language, *few]),
        },
    }


def _customers() -> Json:
    over = {status: problem() for status in ("400", "403", "410", "413", "422", "429", "503")}
    look = operation("What the link of a review mail is to", {"200": json_of("ReviewForm"), **over})
    write = operation(
        "Review products of an order",
        {"200": json_of("ReviewOutcomes", "What became of each."), **over},
    )
    return {
        "/v1/reviews/look": {"post": with_body(look, "ReviewToken")},
        "/v1/reviews": {"post": with_body(write, "NewReviews")},
        "/v1/reviews/{token}": {
            "parameters": [path_parameter("token")],
            "get": look,
            "post": with_body(write, "ReviewsSaid"),
        },
    }
