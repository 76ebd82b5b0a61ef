"""E-mail addresses as people and shops give them (RFC 5322, RFC 6531)."""

from typing import Final

from email_validator import EmailNotValidError, validate_email

from services.gateway.sockets.texts import BadText, clean

MOST: Final = 254
"""Characters that an address may have on its way (RFC 5321, section 4.5.3.1.3, without the brackets)."""


def email_address(text: str) -> str:
    """The address in its one spelling: letters composed, the domain in small ones.

    Nobody is asked whether the domain takes mail. Raises BadText.
    """
    cleaned = clean(text.strip(), 2 * MOST)
    if len(cleaned) > MOST:
        raise BadText("too_long", f"an e-mail address has at most {MOST} characters")
    try:
        return validate_email(cleaned, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise BadText("invalid", f"this is no e-mail address: {_sentence(str(error))}") from None


def _sentence(said: str) -> str:
    return f"{said[:1].lower()}{said[1:]}".rstrip(".")
