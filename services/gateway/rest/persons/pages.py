"""The readable part of an export: plain HTML pages that need nothing else and run nothing."""

import html
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from contracts.conversations.attachments import AttachmentDetails
from services.common.attachments.details import details_in
from services.gateway.rest.persons.views import PersonShown

Json = dict[str, Any]
NameOf = Callable[[str], str]
"""The display name of an operator."""

_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 1rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }} dd {{ margin: 0; }}
p {{ white-space: pre-wrap; overflow-wrap: anywhere; margin: .2rem 0 1rem; unicode-bidi: plaintext; }}
small, dt {{ color: #6b645a; }} li {{ margin-block: .3rem; overflow-wrap: anywhere; }}
</style>
<h1>{title}</h1>
{body}
</html>
"""
MESSAGE: Final = "conversation.message_said"
_HAPPENED: Final = {
    "conversation.started": "Started",
    "conversation.queued": "Waited in line",
    "conversation.left_line": "Left the line",
    "conversation.operator_assigned": "Taken by {operator}",
    "conversation.transferred": "Handed to {to}",
    "conversation.ended": "Ended",
    "conversation.reopened": "Went on",
    "conversation.rated": "Rated {score} of 5",
    "conversation.visitor_identified": "Signed in",
    "conversation.transcript_requested": "Transcript asked for",
    "conversation.archived": "Went to history",
    "conversation.note_added": "Internal note by {operator}",
    "offline_message.left": "Message left",
    "offline_message.answered": "Answered by {operator}",
    "offline_message.called": "Called by {operator}",
    "order.placed": "Order {number}",
    "order.status_reported": "Order {number}: {status}",
    "order.review_planned": "A request for reviews was planned",
    "order.review_stopped": "The request for reviews was stopped",
    "review_request.issued": "Asked for reviews of order {number}",
    "review_request.withheld": "Not asked for reviews of order {number}",
    "review_request.form_opened": "The form for reviews was opened",
    "review.written": "{stars} of 5 stars for {product}",
    "review.published": "The review was published",
    "review.rejected": "The review was rejected",
    "review.replied": "Answered by {operator}",
    "recipient.unsubscribed": "No more mails about reviews",
    "recipient.bounced": "A mail about reviews did not arrive",
    "push_subscription.added": "Push was turned on",
    "push_subscription.renewed": "Push goes on",
}
_SECTIONS: Final = {
    "offline_messages": "Offline messages",
    "orders": "Orders",
    "review_requests": "Requests for reviews",
    "reviews": "Reviews",
    "review_mails": "Mails about reviews",
    "push_subscriptions": "Push",
}
_SHOWN: Final = (
    "customer", "name", "first_name", "last_name", "email", "phone", "locale", "page", "fields", "text", "comment",
    "items", "author", "address", "language", "zone",
)  # fmt: skip
"""Members of events that say something, in the order in which they are shown."""
_JSON: Final = frozenset({"page", "fields"})


def file_name(number: int) -> str:
    return f"conversations/{number:04d}.html"


class Pages:
    """Writes pages with the names of operators and with times of one zone."""

    def __init__(self, name_of: NameOf, zone: str) -> None:
        """`zone` is a name of the IANA database; one that is none is UTC."""
        self._name_of = name_of
        self._zone = ZoneInfo(zone) if zone in available_timezones() else ZoneInfo("UTC")

    def index(self, person: PersonShown, data: Json) -> str:
        """Who it is, what there is, and all of it but the conversations."""
        conversations = data["conversations"]
        links = "".join(
            f'<li><a href="{file_name(number)}">{self._time(one["events"][0]["at"])}</a></li>\n'
            for number, one in enumerate(conversations, 1)
        )
        parts = [
            _list(self._known(person)),
            f"<h2>Conversations</h2>\n<ol>\n{links}</ol>" if links else "",
            *(self._section(title, data[kind]) for kind, title in _SECTIONS.items()),
            "<p><small>The same for machines: data.json</small></p>",
        ]
        return _PAGE.format(title="Everything about one person", body="\n".join(part for part in parts if part))

    def _section(self, title: str, those: list[Json]) -> str:
        return "\n".join([f"<h2>{title}</h2>", *(self._events(one) for one in those)]) if those else ""

    def conversation(self, told: Json) -> str:
        """One conversation from its start to its end."""
        return _PAGE.format(title="Conversation", body=self._events(told))

    def _known(self, person: PersonShown) -> dict[str, str]:
        known = {
            "Number": person.id,
            "Name": person.name,
            "Email": person.email,
            "Phone": person.phone,
            "Languages": ", ".join(person.languages),
            "Known since": self._time(person.since) if person.since else None,
            "Also known as": ", ".join(one.id for one in person.also_known_as),
        }
        return {name: value for name, value in known.items() if isinstance(value, str) and value}

    def _events(self, told: Json) -> str:
        return "\n".join(
            f"<h3>{self._title(event)} <small>{self._time(event['at'])}</small></h3>\n{_said(event)}"
            for event in told["events"]
        )

    def _title(self, event: Json) -> str:
        staff = [member for member in ("operator", "to") if member in event]
        names: Json = {member: self._name_of(event[member]) for member in staff}
        if _kind(event) == MESSAGE:
            by_nobody = {"visitor": "You", "system": "Shopbell"}
            return _text(by_nobody.get(event["sender"]) or names.get("operator", "The shop"))
        known = str(_HAPPENED.get(_kind(event), event["type"]))
        plain = {member: event.get(member, "") for member in ("score", "number", "status", "stars", "product")}
        words: Json = {"operator": "the shop", "to": "a colleague", **plain, **names}
        return _text(known.format(**words))

    def _time(self, at: str) -> str:
        local = datetime.fromisoformat(at).astimezone(self._zone)
        return f"{local.day} {local:%B %Y, %H:%M:%S %Z}"


def _kind(event: Json) -> str:
    """The event's name, whatever its version."""
    return str(event["type"]).rpartition(".")[0]


def files_of(event: Json) -> list[AttachmentDetails]:
    """The files that came with a message, unless nobody can open what is known of them any more."""
    try:
        return details_in(event.get("attachment_details"))
    except msgspec.MsgspecError:
        return []


def path_of(file: AttachmentDetails) -> str:
    """Where it lies in the archive."""
    return f"files/{file.id}/{file.name}"


def _file(file: AttachmentDetails) -> str:
    return f'<p><a href="../{_text(quote(path_of(file)))}">{_text(file.name)}</a></p>'


def _said(event: Json) -> str:
    if _kind(event) == MESSAGE:
        words = f"<p>{_text(event['text'])}</p>" if event["text"] else ""
        return words + "".join(_file(one) for one in files_of(event))
    return _list(
        {member.replace("_", " ").capitalize(): _shown(event, member) for member in _SHOWN if event.get(member)}
    )


def _shown(event: Json, member: str) -> str:
    """What was typed as it was typed; what we keep as JSON as lines, unless nobody can open it any more."""
    if member == "items":
        return "\n".join(f"{one.get('quantity', 1)} × {one['name']}" for one in event[member])
    value: str = event[member]
    try:
        return "\n".join(f"{name}: {text}" for name, text in json.loads(value).items()) if member in _JSON else value
    except ValueError:
        return value


def _list(members: dict[str, str]) -> str:
    rows = "".join(f"<dt>{_text(name)}</dt><dd><p>{_text(value)}</p></dd>\n" for name, value in members.items())
    return f"<dl>\n{rows}</dl>" if rows else ""


def _text(value: object) -> str:
    return html.escape(str(value))
