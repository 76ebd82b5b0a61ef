"""Changes of settings: what is given takes the place of what was; what is wrong is named, and nothing changes."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, get_type_hints

import msgspec
from msgspec import Struct

from contracts.conversations.settings import FormFields, MailSettings, OfflineForm, ShopSettings
from services.common.mail_templates import KINDS, BadTemplate, check_template
from services.gateway import forms
from services.gateway.access.origins import normal
from services.gateway.addresses import email_address
from services.gateway.rest.bodies import invalid, member_of
from services.gateway.rest.settings_appearance import check_invitations, check_privacy, check_push, texts_of
from services.gateway.rest.settings_desk import check_departments, check_hours
from services.gateway.sockets.texts import BadText, clean
from services.gateway.time_zones import time_zones

MOST_BYTES: Final = 400_000
"""Settings travel whole, in one message."""


def merged(current: ShopSettings, given: dict[str, Any]) -> ShopSettings:
    """The settings with these changes. Raises Problem, which names the member that is wrong.

    Of a group of settings (`mail`, say) the members that are given change too, and the others stay. Texts by language
    and lists are replaced whole.
    """
    try:
        settings = msgspec.convert(_merged(ShopSettings, msgspec.to_builtins(current), given, ""), ShopSettings)
    except msgspec.ValidationError as error:
        raise invalid(*member_of(error)) from None
    _check_texts(settings)
    for origin in settings.origins if "origins" in given else ():
        if normal(origin) is None:
            raise invalid("origins", f"{origin} is no web origin, such as https://shop.example.")
    if settings.time_zone not in time_zones():
        raise invalid("time_zone", "There is no such time zone; one is Europe/Warsaw.")
    check_hours(settings.hours)
    check_departments(settings.departments)
    _check_form(settings.offline_form, settings.chat_fields)
    _check_mail(settings.mail, settings.languages, current.mail.templates)
    check_privacy(settings.privacy)
    check_invitations(settings.invitations)
    check_push(settings, current)
    if len(msgspec.json.encode(settings)) > MOST_BYTES:
        raise invalid("body", f"All settings together have more than {MOST_BYTES:,} bytes.")
    return settings


def _merged(struct: type[Struct], current: dict[str, Any], given: dict[str, Any], path: str) -> dict[str, Any]:
    groups = _groups(struct)
    for name in given:
        if name not in struct.__struct_fields__:
            raise invalid(f"{path}{name:.80}", f"There is no setting {path}{name:.80}.")
    changed = {
        name: _merged(groups[name], current[name], value, f"{path}{name}.")
        if name in groups and isinstance(value, dict)
        else value
        for name, value in given.items()
    }
    return {**current, **changed}


@cache
def _groups(struct: type[Struct]) -> dict[str, type[Struct]]:
    """The members that have members themselves."""
    hints = get_type_hints(struct)
    return {name: hint for name, hint in hints.items() if isinstance(hint, type) and issubclass(hint, Struct)}


# Texts


def _check_texts(settings: ShopSettings) -> None:
    """Texts are plain. One may lack in a language of the shop: another language's is shown then."""
    for name in ("name", "operator_name"):
        _line(name, getattr(settings, name))
    for path, texts in _texts(settings):
        for text in texts.values():
            if text:
                _plain(path, text)


def _texts(settings: ShopSettings) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Path, and texts by language."""
    for name in ("header", "welcome"):
        yield name, getattr(settings, name)
        yield f"offline_form.{name}", getattr(settings.offline_form, name)
    yield from texts_of(settings)


def _plain(path: str, text: str) -> None:
    try:
        clean(text)
    except BadText as bad:
        raise invalid(path, _sentence(bad)) from None


def _line(path: str, text: str) -> None:
    try:
        forms.single_line(text)
    except BadText as bad:
        raise invalid(path, _sentence(bad)) from None


def _sentence(bad: BadText) -> str:
    return f"{bad.detail[0].upper()}{bad.detail[1:]}."


# Forms


def _check_form(form: OfflineForm, chat_fields: FormFields) -> None:
    for path, fields in (("offline_form.fields", form.fields), ("chat_fields", chat_fields)):
        for name in forms.NAMES:
            rule = getattr(fields, name)
            if rule.required and not rule.requested:
                raise invalid(f"{path}.{name}", "What is required must be requested too.")
    if not forms.asks_anything(form.fields):
        raise invalid("offline_form.fields", "The form must ask for something.")


# Mail


def _check_mail(mail: MailSettings, languages: list[str], former: Mapping[str, Struct]) -> None:
    """Templates of a language that the shop has given up may stay as they were."""
    for name in ("notify", "reply_to", "from_address"):
        address = getattr(mail, name)
        if address:
            _check_address(f"mail.{name}", address)
    if mail.from_name:
        _line("mail.from_name", mail.from_name)
    if mail.postal_address:
        _plain("mail.postal_address", mail.postal_address)
    for name in mail.templates:
        kind, _, language = name.partition(".")
        path = f"mail.templates.{name:.60}"
        if kind not in KINDS:
            raise invalid(
                path, f"A template is named by kind and language, as answer.en is; kinds: {', '.join(KINDS)}."
            )
        if language not in languages and mail.templates[name] != former.get(name):
            raise invalid(path, f"The shop does not speak {language[:20] or 'a language without a name'}.")
        _check_template(path, kind, mail.templates[name])


def _check_address(path: str, address: str) -> None:
    try:
        email_address(address)
    except BadText as bad:
        raise invalid(path, _sentence(bad)) from None


def _check_template(path: str, kind: str, template: Struct) -> None:
    for part in template.__struct_fields__:
        source = getattr(template, part)
        if source is None:
            continue
        try:
            check_template(kind, part, source)
        except BadTemplate as bad:
            raise invalid(f"{path}.{part}", f"The {part} can't be used. {bad}") from None
