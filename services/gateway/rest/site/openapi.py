"""OpenAPI of the tag, the mail and the contact."""

from typing import Final

from services.gateway.rest.openapi_parts import SHOP, Json, json_of, path_parameter, problem, staff_operation, with_body
from services.gateway.rest.site.contact import Contact
from services.gateway.rest.site.mail import MailKeys, NewTestMail, TestMail
from services.gateway.rest.site.tag import Tag

TYPES: Final[tuple[type, ...]] = (Tag, NewTestMail, TestMail, MailKeys, Contact)

_TEST: Final = "/v1/shops/{shop}/test-mail"


def paths() -> Json:
    """Those of these routes."""
    sent = {"201": json_of("TestMail", "It is on its way."), "409": problem(), "422": problem(), "429": problem()}
    return {
        "/v1/shops/{shop}/tag": {
            "parameters": [SHOP],
            "get": staff_operation("The tag, and where it was met", {"200": json_of("Tag")}),
        },
        _TEST: {
            "parameters": [SHOP],
            "post": with_body(staff_operation("Send a test mail", sent), "NewTestMail", required=False),
        },
        f"{_TEST}/{{mail}}": {
            "parameters": [SHOP, path_parameter("mail", uuid=True)],
            "get": staff_operation("What became of a test mail", {"200": json_of("TestMail")}),
        },
        "/v1/shops/{shop}/mail-keys": {
            "parameters": [SHOP],
            "get": staff_operation("The keys that sign the shop's mails (DKIM)", {"200": json_of("MailKeys")}),
        },
        "/v1/shops/{shop}/contact": {
            "parameters": [SHOP],
            "get": staff_operation("Whom to ask, and what works", {"200": json_of("Contact")}),
        },
    }
