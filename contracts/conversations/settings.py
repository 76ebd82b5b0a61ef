"""A shop's settings, as its events carry them whole."""

import hashlib
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from contracts.conversations.appearance import Color, Colours, Invitation, Language, Privacy, Text
from contracts.conversations.departments import Department
from contracts.conversations.opening_hours import OpeningHours

Limit = Annotated[int, Meta(ge=0, le=100_000)]
Seconds = Annotated[int, Meta(ge=1, le=86_400)]
Languages = Annotated[list[Language], Meta(min_length=1, max_length=30)]
Name = Annotated[str, Meta(min_length=1, max_length=80)]
Address = Annotated[str, Meta(max_length=254)]
TimeZone = Annotated[str, Meta(min_length=1, max_length=64)]
Days = Annotated[int, Meta(ge=1, le=36_500)]
TemplateName = Annotated[str, Meta(pattern=r"^[a-z_]{1,40}\.[a-z]{2}(-[A-Z]{2})?$(?!\n)")]
Template = Annotated[str, Meta(max_length=20_000)]
IconAddress = Annotated[str, Meta(max_length=300, pattern=r"^(https?://[!#-\[\]-~]+)?$(?!\n)")]


class Retention(Struct, frozen=True, kw_only=True):
    """After how many days what is finished is deleted; None: never."""

    conversations_days: Days | None = None
    offline_messages_days: Days | None = None


class FieldRule(Struct, frozen=True, kw_only=True):
    """Whether a form asks for a field, and whether it goes without. What is required is also requested."""

    requested: bool = False
    required: bool = False


class FormFields(Struct, frozen=True, kw_only=True):
    """Which details a form asks for."""

    first_name: FieldRule = FieldRule()
    last_name: FieldRule = FieldRule()
    email: FieldRule = FieldRule()
    phone: FieldRule = FieldRule()
    message: FieldRule = FieldRule()


_ASKED_OFFLINE: Final = FormFields(
    first_name=FieldRule(requested=True),
    email=FieldRule(requested=True, required=True),
    message=FieldRule(requested=True, required=True),
)


class OfflineForm(Struct, frozen=True, kw_only=True):
    """What visitors find while nobody can answer. Texts by language; colours as #rrggbb, empty: the shop's."""

    fields: FormFields = _ASKED_OFFLINE
    header: dict[Language, Text] = {}
    welcome: dict[Language, Text] = {}
    background: Color = ""
    text: Color = ""


class MailTemplate(Struct, frozen=True, kw_only=True):
    """The shop's own wording of a mail; None: as shipped."""

    subject: Template | None = None
    text: Template | None = None
    html: Template | None = None


class MailSettings(Struct, frozen=True, kw_only=True):
    """Mail of a shop.

    `notify`: where offline messages go. `reply_to`: where answers go by default. `from_address`, `from_name`: who
    its mails are from. `postal_address` stands at the foot of each. `templates`: by `<kind>.<language>`.
    """

    notify: Address = ""
    reply_to: Address = ""
    from_address: Address = ""
    from_name: Annotated[str, Meta(max_length=80)] = ""
    postal_address: Annotated[str, Meta(max_length=300)] = ""
    templates: Annotated[dict[TemplateName, MailTemplate], Meta(max_length=100)] = {}


class PushSettings(Struct, frozen=True, kw_only=True):
    """Web push for a shop's visitors.

    `on`: its pages show the bell. `worker`: the path of the service worker file that the shop hosts on each of its
    origins. `replies`: an operator's reply is pushed to a visitor who has left, if they agreed to push. `icon`: the
    address of the picture that notifications have beside them, on one of the shop's origins; empty: the browser's own.
    """

    on: bool = False
    worker: Annotated[str, Meta(pattern=r"^/[A-Za-z0-9._/-]{0,199}$(?!\n)")] = "/shopbell-sw.js"
    replies: bool = True
    icon: IconAddress = ""


class DeskRules(Struct, frozen=True, kw_only=True):
    """What of the settings the Desk decides by.

    `limit`: simultaneous conversations of the shop. `mode`: `slots` (going online opens `channels_per_operator`
    channels, each reopening by itself) or `manual` (channels are opened one by one, and reopen only with
    `reopen_channels`). `on_leave`: what an operator's leaving does to ongoing conversations. Times in seconds:
    `visitor_away_after` without a connection a visitor is marked away, `forgotten_after` that, with the last word
    the operator's, the conversation ends; `operator_grace` without a connection an operator goes offline,
    `line_grace` without one a waiting visitor loses the place. `retention`: what is deleted by age. `hours`: outside
    them, in `time_zone` (a name of the IANA database), it is as if nobody were online; None: always open.
    `unanswered_after`: so long a visitor's word may stand unanswered before the staff are alerted; None: for ever.
    """

    limit: Limit = 4
    line: bool = False
    offline_mode: bool = True
    mode: Literal["slots", "manual"] = "slots"
    channels_per_operator: Limit = 4
    reopen_channels: bool = True
    on_leave: Literal["keep", "end"] = "keep"
    visitor_away_after: Seconds = 120
    forgotten_after: Seconds = 600
    operator_grace: Seconds = 120
    line_grace: Seconds = 60
    retention: Retention = Retention()
    hours: OpeningHours | None = None
    time_zone: TimeZone = "UTC"
    departments: Annotated[list[Department], Meta(max_length=100)] = []
    unanswered_after: Seconds | None = 180


class ShopSettings(DeskRules, frozen=True, kw_only=True):
    """All settings of a shop.

    `header` and `welcome` are texts by language; `origins` are allowed web origins. `chat_fields` are asked before a
    conversation, `offline_form` instead of one; `privacy` is said before either. `attachments`: files may be sent.
    `sounds`: the dashboard rings, unless an operator wants otherwise. `unread_mails`: a reply that stays unread for
    ten minutes goes to a visitor who has left as a mail, if they gave an address.
    """

    name: Name = "Shop"
    operator_name: Name = "Online consultant"
    languages: Annotated[list[Language], Meta(min_length=1, max_length=30)] = msgspec.field(
        default_factory=lambda: ["en"]
    )
    header: dict[Language, Text] = {}
    welcome: dict[Language, Text] = {}
    origins: Annotated[list[Annotated[str, Meta(max_length=300)]], Meta(max_length=50)] = []
    chat_fields: FormFields = FormFields()
    offline_form: OfflineForm = OfflineForm()
    mail: MailSettings = MailSettings()
    colours: Colours = Colours()
    privacy: Privacy = Privacy()
    invitations: Annotated[list[Invitation], Meta(max_length=20)] = []
    attachments: bool = True
    sounds: bool = True
    push: PushSettings = PushSettings()
    unread_mails: bool = True

    def rules(self) -> DeskRules:
        """The part that the Desk keeps."""
        return DeskRules(**{name: getattr(self, name) for name in DeskRules.__struct_fields__})

    def digest(self) -> str:
        """Tells these settings from any others: 64 hexadecimal digits."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()
