"""Events of an OfflineMessage: what a visitor left while nobody could answer."""

from contracts.event import Event
from contracts.personal import Personal


class OfflineMessageLeft(Event, frozen=True, kw_only=True, tag="offline_message.left.v2"):
    """A visitor filled in the form; the notifier mails it to the shop.

    `visitor` is the person under whose key its texts are sealed for good. `page` is JSON: {"url", "title"}.
    `consent`: the box beside the privacy notice was ticked.
    """

    visitor: str
    signed_in: bool = False
    locale: str = "en"
    customer: Personal | None = None
    first_name: Personal | None = None
    last_name: Personal | None = None
    email: Personal | None = None
    phone: Personal | None = None
    text: Personal | None = None
    page: Personal | None = None
    consent: bool = False


class OfflineMessageAnswered(Event, frozen=True, kw_only=True, tag="offline_message.answered.v1"):
    """An operator answered; the notifier mails the text to the visitor. `answer` is the id of its command."""

    operator: str
    answer: str
    text: Personal


class OfflineMessageCalled(Event, frozen=True, kw_only=True, tag="offline_message.called.v1"):
    """An operator has called the visitor, who left no address."""

    operator: str


class OfflineMessageDeleted(Event, frozen=True, kw_only=True, tag="offline_message.deleted.v1"):
    """Staff deleted it: no reader shows it again."""

    operator: str


OfflineMessageEvent = OfflineMessageLeft | OfflineMessageAnswered | OfflineMessageCalled | OfflineMessageDeleted
