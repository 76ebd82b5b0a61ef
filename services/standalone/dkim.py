"""A shop's keys for signing mails (DKIM), from the command line."""

from datetime import UTC, datetime

from services.common.database import open_pool
from services.common.dkim_keys import DNS_STRING, DkimKey, DkimKeys
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.notifier.addresses import BadAddress, parse
from services.standalone.shops import Refused, require_shop


async def manage(settings: Settings, shop: str, *, domain: str, sign_with: str, remove: str) -> str:
    """Make a key for `domain`, or sign with one of them from now on, or remove one; else list all. What to tell.

    Raises shops.Refused for a shop, a domain or a selector that there is not.
    """
    require_shop(settings, shop)
    async with await open_pool(settings.dsn_of("keys"), "cli") as pool:
        keys = DkimKeys(pool, MasterKey.load(settings))
        if domain:
            return _made(await keys.create(shop, _ascii(domain), datetime.now(UTC)))
        if sign_with:
            _require(await keys.sign_with(shop, sign_with), sign_with)
            return f"Mails of {shop} are signed with {sign_with} from now on."
        if remove:
            _require(await keys.remove(shop, remove), remove)
            return f"Removed the key {remove}; its record can go from the DNS in some days."
        return "\n".join(map(_line, await keys.all(shop))) or f"{shop} has no keys for signing mails."


def _made(key: DkimKey) -> str:
    strings = [key.record[start : start + DNS_STRING] for start in range(0, len(key.record), DNS_STRING)]
    record = " ".join(f'"{one}"' for one in strings)
    return (
        f"1. Put this record into the DNS of {key.domain}:\n\n{key.record_name}. TXT {record}\n\n"
        f"2. Once it is there, sign with it: --sign-with {key.selector}"
    )


def _line(key: DkimKey) -> str:
    return f"{key.selector:<28}{key.domain:<32}{'signs' if key.signs else 'waits'}"


def _ascii(domain: str) -> str:
    try:
        return parse(f"postmaster@{domain}").domain
    except BadAddress:
        raise Refused(f"{domain} is not a domain that mail can come from.") from None


def _require(found: bool, selector: str) -> None:
    if not found:
        raise Refused(f"There is no key {selector}; without options all are listed.")
