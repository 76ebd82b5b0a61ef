"""What can be set from outside, a frozen object for each service, read once when its process starts.

Every name here is an environment variable `SHOPBELL_<NAME>`. README.md lists them.
"""

import base64
import binascii
import re
from pathlib import Path
from typing import Any, Literal

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MASTER_KEY_BYTES = 32
MASTER_KEY_FILE = "master.key"

_PASSWORD_IN_URL = re.compile(r"(://[^:/@\s]*:)[^@\s]+@")
_PASSWORD_IN_DSN = re.compile(r"(password=)\S+")


class SettingsError(Exception):
    """A setting is missing or makes no sense; the message is one sentence for a person."""


class Settings(BaseSettings):
    """What every service needs to find the installation it belongs to."""

    model_config = SettingsConfigDict(env_prefix="SHOPBELL_", frozen=True, extra="ignore")

    home: Path = Path(".shopbell")
    """Folder of the laptop's data and of the master key."""
    nats_url: str = "nats://127.0.0.1:4222"
    """Comma-separated servers of one NATS cluster."""
    nats_replicas: int = Field(default=1, ge=1, le=5)
    commands_max_bytes: int = Field(default=1 << 30, ge=1 << 20)
    """Bytes that the command stream of one partition may hold; what comes on top is answered `unavailable`."""
    postgres_dsn: str = "postgresql://postgres@127.0.0.1:5432/postgres"
    log_dsn: str = ""
    read_dsn: str = ""
    keys_dsn: str = ""
    master_key: SecretStr | None = None
    """32 bytes in base64; without it the file master.key in the home folder counts."""
    master_key_next: SecretStr | None = None
    """The key that will take its place: readable already, and what `shopbell keys rotate` wraps under."""
    master_key_previous: SecretStr | None = None
    """The key whose place it took: still readable."""
    keys_backup_days: int = Field(default=30, ge=0, le=3_650)
    """After how many days backups of the keys database are gone; receipts of erasures say so. 0: there are none."""
    push_private_networks: bool = False
    """Whether push services may be in private networks, and without TLS; off, only public ones are spoken to."""
    push_services: str = ""
    """Domains of push services beside those of browsers, comma-separated; others' addresses are not taken."""
    log_format: Literal["console", "json"] = "json"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    ops_port: int = Field(default=0, ge=0, le=65535)
    """Port of /healthz, /readyz and /metrics on loopback for services that serve no HTTP; 0: none."""

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    def dsn_of(self, database: str) -> str:
        """Connection string of the database `log`, `read` or `keys`."""
        given: str = {"log": self.log_dsn, "read": self.read_dsn, "keys": self.keys_dsn}[database]
        return given or make_conninfo(self.postgres_dsn, dbname=f"shopbell_{database}")

    def database_name(self, database: str) -> str:
        return str(conninfo_to_dict(self.dsn_of(database))["dbname"])

    def load_master_key(self) -> bytes:
        """The installation's 32-byte key. Raises SettingsError if there is none or it is none."""
        if self.master_key is not None:
            return _decode_key(self.master_key.get_secret_value(), "SHOPBELL_MASTER_KEY")
        file = self.home / MASTER_KEY_FILE
        try:
            return _decode_key(file.read_text(), str(file))
        except FileNotFoundError:
            raise SettingsError(f"There is no master key: set SHOPBELL_MASTER_KEY or put one into {file}.") from None

    def load_other_master_keys(self) -> list[bytes]:
        """The keys that are readable beside it. Raises SettingsError for what is none."""
        named = {"NEXT": self.master_key_next, "PREVIOUS": self.master_key_previous}
        given = {f"SHOPBELL_MASTER_KEY_{name}": key.get_secret_value() for name, key in named.items() if key}
        return [_decode_key(key, where) for where, key in given.items()]

    def redacted(self) -> dict[str, Any]:
        """The settings as they may be printed: no password, no key."""
        return {name: _redact(value) for name, value in self.model_dump(mode="json").items()}


class GatewaySettings(Settings):
    """What a gateway can be told."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = ""
    """How the outside reaches the gateways (https://…); empty: as the request says."""
    rate_limits: bool = True
    """Off lifts all of the following, for load tests."""
    visitor_frames_per_second: float = Field(default=25, gt=0)
    """Of one socket; four seconds' worth at once."""
    operator_frames_per_second: float = Field(default=100, gt=0)
    starts_per_minute_visitor: float = Field(default=10, gt=0)
    starts_per_minute_address: float = Field(default=120, gt=0)
    starts_per_minute_shop: float = Field(default=600, gt=0)
    sign_ins_per_minute_address: float = Field(default=60, gt=0)
    sign_ins_per_minute_account: float = Field(default=20, gt=0)
    wrong_passwords_per_quarter_hour: float = Field(default=10, ge=1)
    """Of one account, tried from one address."""
    wrong_codes_per_quarter_hour: float = Field(default=5, ge=1)
    """Of one account's second factor."""
    password_resets_per_quarter_hour_account: float = Field(default=3, ge=1)
    requests_per_minute_key: float = Field(default=600, gt=0)
    """Of one API key."""
    offline_form_seconds: float = Field(default=2, ge=0)
    """Nobody fills in a form faster: what comes sooner after the form was fetched is told to come again."""
    offline_messages_per_minute_address: float = Field(default=10, gt=0)
    offline_messages_per_minute_shop: float = Field(default=120, gt=0)
    transcripts_per_minute_address: float = Field(default=10, gt=0)
    votes_per_minute_address: float = Field(default=120, gt=0)
    new_voters_per_hour_address: float = Field(default=30, ge=1)
    """In one poll, of visitors who bring neither token nor identity: each of them is somebody new."""
    review_forms_per_minute_address: float = Field(default=60, gt=0)
    """Opened, or sent."""
    mailed_links_per_minute: float = Field(default=20, ge=1)
    """How often one link of a review mail is used, wherever from."""
    page_reads_per_minute_address: float = Field(default=600, gt=0)
    """What pages ask for without a socket: the reviews of a product, the poll that is open."""
    uploads_per_minute_address: float = Field(default=30, gt=0)
    """Files, also those that are refused; of a conversation a visitor may send a few an hour in any case."""
    push_requests_per_minute_address: float = Field(default=120, gt=0)
    """Browsers that want push, want it no more, or tell of a click; the last are counted by themselves."""
    push_subscriptions_per_minute_shop: float = Field(default=1_200, gt=0)
    """Of browsers that it did not know."""
    invitations_per_minute_operator: float = Field(default=30, gt=0)
    invitations_per_minute_visitor: float = Field(default=2, gt=0)
    """By staff, on the shop's pages."""
    staff_invitations_per_quarter_hour_shop: float = Field(default=30, ge=1)
    """Mails to future colleagues, sent again or not."""
    hellos_at_once: int = Field(default=200, ge=1)
    """In progress; the others wait in a queue."""
    trusted_proxies: str = ""
    """Addresses whose X-Forwarded-For and X-Forwarded-Proto count, comma-separated; empty: nobody's."""
    demo: bool = False
    """Whether the demo shop's pages are served under /demo."""
    contact_name: str = ""
    """Who runs the installation: the dashboard's help names them."""
    contact_email: str = ""
    contact_phone: str = ""


class WorkerSettings(Settings):
    """What an owner of partitions of a log can be told."""

    worker_id: str = ""
    """Name of this worker among its equals; empty: made up at start."""


class ConversationsSettings(WorkerSettings):
    """What the owner of desks and conversations can be told."""


class EngagementSettings(WorkerSettings):
    """What the owner of campaigns, reviews and polls can be told."""


class ProjectionsSettings(Settings):
    """What the keeper of read tables can be told."""


class NotifierSettings(Settings):
    """What the sender of mails can be told."""

    smtp_url: str = ""
    """`smtps://` (TLS from the start), `smtp+starttls://` (TLS must be offered) or `smtp://` (used if offered), then
    `user:password@host:port`, user and password percent-encoded."""
    smtp_ca_file: str = ""
    """Certificates that the mail server's may be signed by, in PEM; empty: the system's."""
    smtp_hello: str = ""
    """How we call ourselves to the mail server; empty: this machine's name."""
    smtp_connections: int = Field(default=4, ge=1, le=100)
    smtp_timeout: float = Field(default=60, gt=0)
    """Seconds for each answer of the mail server; the one after a whole mail may take ten times as long."""
    mail_from: str = ""
    """Sender of the mails of shops that have set none; push services may write there if we bother them."""
    mail_retry_seconds: float = Field(default=30, gt=0)
    """Before the second attempt; doubles from attempt to attempt, up to an hour."""
    mail_give_up_hours: float = Field(default=120, gt=0)
    mail_lease_seconds: float = Field(default=30, ge=1)
    """How long a mail in hand waits for its process, if that stood still, until another takes it."""
    unread_mail_seconds: float = Field(default=600, gt=0)
    """For so long an operator's reply stays unread before it goes to a visitor who has left as a mail."""
    push_connections: int = Field(default=4, ge=1, le=100)
    push_timeout: float = Field(default=15, gt=0)
    """Seconds for one push to be taken."""
    push_at_once: int = Field(default=64, ge=2, le=1_000)
    """Pushes of campaigns that this process hands over at the same time."""
    push_at_once_service: int = Field(default=32, ge=1, le=1_000)
    """Of those, to one push service, and twice what is left free at most, so that some are left to others."""
    public_url: str = ""
    """How staff reach the gateways (https://…), for links in mails; empty: no links."""


class MailboxSettings(Settings):
    """What the mailbox of a machine without a mail server can be told."""

    mailbox_port: int = Field(default=8001, ge=1, le=65535)
    """Of its page."""
    mailbox_smtp_port: int = Field(default=2525, ge=1, le=65535)


class LaptopSettings(Settings):
    """What `shopbell run` can be told. An empty URL means: start a server of our own."""

    nats_url: str = ""
    postgres_dsn: str = ""
    port: int = Field(default=8000, ge=1, le=65535)
    gateways: int = Field(default=1, ge=1, le=16)
    public_url: str = ""
    smtp_url: str = ""
    """Empty: mails go to a mailbox of our own, with a page on the port after the gateways'."""
    demo: bool = True
    demo_password: SecretStr | None = None
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["debug", "info", "warning", "error"] = "warning"


def _decode_key(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != MASTER_KEY_BYTES:
        raise SettingsError(f"The master key in {where} is not {MASTER_KEY_BYTES} bytes in base64.")
    return key


def _redact(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return _PASSWORD_IN_DSN.sub(r"\1***", _PASSWORD_IN_URL.sub(r"\1***@", value))
