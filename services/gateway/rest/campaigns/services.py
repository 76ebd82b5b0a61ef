"""Whose a push service is, by its host: people know browsers, not hosts."""

from services.common.push_services import MAKERS, domain_of


def maker_of(host: str) -> tuple[str, str]:
    """The domain that stands for a push service's many hosts, and what to call it; a host of another's is its own."""
    domain = domain_of(host)
    return (domain, MAKERS[domain]) if domain is not None else (host, host)
