"""Events in clear and settings, as letters are composed of."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from contracts.conversations import events as happened
from contracts.conversations.settings import MailSettings, ShopSettings
from services.notifier.letters.letter import Office

NOON = datetime(2026, 11, 22, 12, 56, tzinfo=UTC)
AGGREGATE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
MAIL = UUID("0b5a1c3e-4a55-5be1-9f6b-5d6f9a4f1d11")

_MAIL = MailSettings(
    notify="counter@morrow.example",
    from_address="counter@morrow.example",
    from_name="Morrow Ceramics",
    postal_address="Morrow Ceramics, ulica Józefa 12, 31-056 Kraków",
)


def office(*, mail: MailSettings = _MAIL, **settings: Any) -> Office:
    """Of Morrow Ceramics, whose operators are Maja and Camille."""
    wanted = {
        "name": "Morrow Ceramics",
        "languages": ["en", "fr", "pl"],
        "origins": ["https://www.morrow.example"],
        "time_zone": "Europe/Warsaw",
    }
    names = {"o_maja": "Maja", "o_camille": "Camille"}
    return Office(ShopSettings(mail=mail, **{**wanted, **settings}), names, "https://bell.morrow.example")


def mail_settings(**changed: Any) -> MailSettings:
    return MailSettings(**{name: changed.get(name, getattr(_MAIL, name)) for name in MailSettings.__struct_fields__})


def event(kind: type[happened.Event], seq: int = 1, after: float = 0, **fields: Any) -> Any:
    """One of AGGREGATE, so many minutes after noon."""
    at = NOON + timedelta(minutes=after)
    return kind(originator_id=AGGREGATE, originator_version=seq, timestamp=at, shop="morrow", **fields)


def left(**fields: Any) -> happened.OfflineMessageLeft:
    """What Mateusz left, but for `fields`."""
    wanted: dict[str, Any] = {
        "visitor": "g_1",
        "locale": "pl",
        "first_name": "Mateusz",
        "last_name": "Zieliński",
        "email": "m.zielinski@poczta.example",
        "phone": "+48 601 555 018",
        "text": "Dzień dobry, czy dzbanek „Fala” można odebrać osobiście w Krakowie w sobotę?"
        " Potrzebuję go na urodziny mamy.",
        "page": '{"url":"https://www.morrow.example/fala","title":"Dzbanek „Fala”"}',
    }
    made: happened.OfflineMessageLeft = event(happened.OfflineMessageLeft, **{**wanted, **fields})
    return made
