"""What a shop's widget shows a visitor: texts of their language, colours, privacy, invitations. Pure."""

from collections.abc import Mapping

from msgspec import UNSET, UnsetType

from contracts.conversations.appearance import Colours
from contracts.conversations.settings import ShopSettings
from contracts.sockets.visitor import Appearance, ColoursShown, InvitationRule, PrivacyShown
from services.common.languages import nearest


def appearance(settings: ShopSettings, locale: str) -> Appearance:
    """The texts of the visitor's language: the very one, else the same without its region, else the shop's first."""
    language, header = text_in(settings.languages, locale, settings.header)
    return Appearance(
        language=language,
        header=header,
        welcome=text_in(settings.languages, locale, settings.welcome)[1],
        operator_name=settings.operator_name,
        attachments=settings.attachments,
        colours=_colours(settings.colours),
        privacy=privacy(settings, locale),
    )


def privacy(settings: ShopSettings, locale: str) -> PrivacyShown | UnsetType:
    """What is said before the visitor says anything; nothing, if the shop has no notice."""
    notice = text_in(settings.languages, locale, settings.privacy.notice)[1]
    if not notice:
        return UNSET
    return PrivacyShown(notice=notice, link=settings.privacy.link, consent=settings.privacy.consent)


def needs_consent(settings: ShopSettings, locale: str) -> bool:
    """Whether this visitor may begin only with it. To what they can't read, nobody is asked to agree."""
    shown = privacy(settings, locale)
    return shown is not UNSET and shown.consent


def invitations(settings: ShopSettings, locale: str) -> tuple[InvitationRule, ...]:
    """The rules that count, in their order."""
    return tuple(
        InvitationRule(id=one.id, text=text, after=one.after, page=one.page, cart=one.cart)
        for one in settings.invitations
        if one.on and (text := text_in(settings.languages, locale, one.text)[1])
    )


def text_in(languages: list[str], locale: str, texts: Mapping[str, str]) -> tuple[str, str]:
    """The language of a visitor, and the text in it; if it lacks there, the shop's first text."""
    language = nearest(locale, languages) or languages[0]
    return language, next((texts[each] for each in (language, *languages) if texts.get(each)), "")


def _colours(colours: Colours) -> ColoursShown | UnsetType:
    if colours == Colours():
        return UNSET
    return ColoursShown(header=colours.header, operator=colours.operator, visitor=colours.visitor)
