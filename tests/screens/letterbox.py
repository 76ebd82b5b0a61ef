"""The mail server of the made-up shop: takes most mails, refuses one for good and puts off the latest."""

from dataclasses import dataclass

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.mail_server import MailServer, Taken

FULL = "552 5.2.2 Mailbox full"
LATER = "451 4.3.0 Try again later"


@dataclass
class Letterbox(MailServer):
    """Decides by what the mail says."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # the library's name
        content = envelope.content
        assert isinstance(content, bytes)
        said = Taken("", [], content, [], False).body()
        if "Leeds" in said:
            return FULL
        if "Krakowie" in said or "une assiette" in said:
            return LATER
        return await super().handle_DATA(server, session, envelope)
