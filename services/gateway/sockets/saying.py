"""A `say` of either side: its text, and the files that it names."""

from contracts.sockets.common import Say
from services.common.person_keys import PersonKey, Unreadable
from services.gateway import commands
from services.gateway.attachments.attachments import NoSuchFile
from services.gateway.commands import Sender
from services.gateway.sockets.loop import ClientSocket, Refused
from services.gateway.sockets.texts import clean


def said(frame: Say) -> str:
    """The text, which may be empty if there are files. Raises BadText."""
    return clean(frame.text) if frame.text or not frame.attachments else ""


async def say(socket: ClientSocket, sender: Sender, frame: Say, text: str, key: PersonKey) -> None:
    """Send the command. Raises Refused for files that this side has not sent into the conversation."""
    gateway, dispatch = socket.gateway, socket.gateway.dispatch
    try:
        files = await gateway.attachments.named(sender.shop, frame.conversation, sender.kind, frame.attachments, key)
    except (NoSuchFile, Unreadable):
        raise Refused("not_found", "there is no such file in this conversation") from None
    n = dispatch.next_number()
    command = commands.say(sender, frame.id, n, frame.conversation, text, key, files=files)
    await dispatch.send(command, socket.answered, frame.id)
