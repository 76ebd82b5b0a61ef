"""Mail addresses as SMTP servers take them.

A domain in other letters goes as its A-label (RFC 5890), which every server takes. A local part in other letters needs
a server that knows SMTPUTF8 (RFC 6531).
"""

from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from services.notifier import cleaning

MOST_IN_NAME = 80


class BadAddress(ValueError):
    """No mail can go there. Does not name the address."""


@dataclass(frozen=True)
class Address:
    """`local`@`domain`, the domain in ASCII; `name` is shown beside it and may be empty."""

    local: str
    domain: str
    name: str = ""

    @property
    def spec(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def needs_utf8(self) -> bool:
        return not self.local.isascii()


def parse(address: str, name: str = "") -> Address:
    """Raises BadAddress. Nothing is looked up; a shop's own network may have names that the world has not."""
    try:
        found = validate_email(
            address,
            check_deliverability=False,
            test_environment=True,
            globally_deliverable=False,
            allow_quoted_local=True,
        )
    except EmailNotValidError:
        raise BadAddress("It is not an address.") from None
    return Address(found.local_part, found.ascii_domain, cleaning.line(name, MOST_IN_NAME))


def parse_or_none(address: str | None, name: str = "") -> Address | None:
    """None for what is no address, and for no address."""
    try:
        return parse(address, name) if address else None
    except BadAddress:
        return None
