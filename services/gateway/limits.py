"""How much of what is let through, from the settings."""

from typing import Final
from uuid import UUID

from services.common.settings import GatewaySettings
from services.gateway.buckets import Rate
from services.gateway.shared_buckets import SharedBuckets

WRONG_PASSWORD: Final = "wrong password of an account from an address"
WRONG_CODE: Final = "wrong code of an account"
QUARTER: Final = 900.0
HOUR: Final = 3_600.0


class Limits:
    """Rates of frames, starts, sign-ins, messages, transcripts and invitations; with rate limits off there are none.

    Frames are counted by socket, all else over all gateways together. Answers are the seconds until it may be tried
    again; 0.0: it may pass.
    """

    def __init__(self, settings: GatewaySettings, buckets: SharedBuckets) -> None:
        self._on = settings.rate_limits
        self._buckets = buckets
        self.visitor_frames = self._frames(settings.visitor_frames_per_second)
        self.operator_frames = self._frames(settings.operator_frames_per_second)
        self._starts = {
            "start of a visitor": Rate.per_minute(settings.starts_per_minute_visitor),
            "start from an address": Rate.per_minute(settings.starts_per_minute_address),
            "start in a shop": Rate.per_minute(settings.starts_per_minute_shop),
        }
        self._sign_ins = {
            "sign-in from an address": Rate.per_minute(settings.sign_ins_per_minute_address),
            "sign-in of an account": Rate.per_minute(settings.sign_ins_per_minute_account),
            WRONG_PASSWORD: _per_quarter(settings.wrong_passwords_per_quarter_hour),
        }
        self._codes = {WRONG_CODE: _per_quarter(settings.wrong_codes_per_quarter_hour)}
        self._password_resets = {
            "password reset from an address": Rate.per_minute(settings.sign_ins_per_minute_address),
            "password reset of an account": _per_quarter(settings.password_resets_per_quarter_hour_account),
        }
        self._keys = {"request with a key": Rate.per_minute(settings.requests_per_minute_key)}
        self._offline_messages = {
            "offline message from an address": Rate.per_minute(settings.offline_messages_per_minute_address),
            "offline message in a shop": Rate.per_minute(settings.offline_messages_per_minute_shop),
        }
        self._transcripts = {"transcript to an address": Rate.per_minute(settings.transcripts_per_minute_address)}
        self._invitations = {
            "invitation by an operator": Rate.per_minute(settings.invitations_per_minute_operator),
            "invitation of a visitor": Rate.per_minute(settings.invitations_per_minute_visitor),
        }
        self._staff_invitations = {
            "staff invitation of a shop": _per_quarter(settings.staff_invitations_per_quarter_hour_shop)
        }
        self._pushes = {"push subscription from an address": Rate.per_minute(settings.push_requests_per_minute_address)}
        self._new_pushes = {"push subscription in a shop": Rate.per_minute(settings.push_subscriptions_per_minute_shop)}
        self._clicks = {"click from an address": Rate.per_minute(settings.push_requests_per_minute_address)}
        self._votes = {"vote from an address": Rate.per_minute(settings.votes_per_minute_address)}
        self._new_voters = {"new voter of a poll from an address": _per_hour(settings.new_voters_per_hour_address)}
        self._review_forms = {
            "review form from an address": Rate.per_minute(settings.review_forms_per_minute_address),
            "review form of a link": Rate.per_minute(settings.mailed_links_per_minute),
        }
        self._unsubscribings = {"end of review mails by a link": Rate.per_minute(settings.mailed_links_per_minute)}
        self._page_reads = {"page's question from an address": Rate.per_minute(settings.page_reads_per_minute_address)}
        self._uploads = {"file from an address": Rate.per_minute(settings.uploads_per_minute_address)}
        self._form_seconds = settings.offline_form_seconds if settings.rate_limits else 0.0

    async def start(self, visitor: str, address: str, shop: str) -> float:
        """Of a `start`."""
        return await self._take(self._starts, f"{shop} {visitor}", address, shop)

    async def sign_in(self, address: str, email: str) -> float:
        """Of a sign-in. Call `password_was_right` afterwards, if it was: what was wrong counts for longer."""
        return await self._take(self._sign_ins, address, email, f"{email} {address}")

    async def password_was_right(self, address: str, email: str) -> None:
        """The attempt was no guess."""
        await self._give_back(WRONG_PASSWORD, f"{email} {address}")

    async def code(self, account: str) -> float:
        """Of a code of the second factor; call `code_was_right` afterwards, if it was."""
        return await self._take(self._codes, account)

    async def code_was_right(self, account: str) -> None:
        """The attempt was no guess."""
        await self._give_back(WRONG_CODE, account)

    async def password_reset(self, address: str, email: str) -> float:
        """Of a wish for a link to set a new password."""
        return await self._take(self._password_resets, address, email)

    async def key(self, key: str) -> float:
        """Of a request that comes with an API key."""
        return await self._take(self._keys, key)

    async def offline_message(self, address: str, shop: str, age: float) -> float:
        """Of an offline message, `age` seconds after its form was fetched."""
        early = self._form_seconds - age
        return early if early > 0 else await self._take(self._offline_messages, address, shop)

    async def transcript(self, address: str) -> float:
        """Of a visitor's wish for a transcript."""
        return await self._take(self._transcripts, address)

    async def upload(self, address: str) -> float:
        """Of a file, however it ends."""
        return await self._take(self._uploads, address)

    async def push_request(self, address: str) -> float:
        """Of a browser that wants push, or does no more."""
        return await self._take(self._pushes, address)

    async def push_subscription(self, shop: str) -> float:
        """Of a browser that the shop did not know."""
        return await self._take(self._new_pushes, shop)

    async def push_click(self, address: str) -> float:
        """Of what a browser tells of a notification."""
        return await self._take(self._clicks, address)

    async def vote(self, address: str) -> float:
        """Of a vote in a poll."""
        return await self._take(self._votes, address)

    async def new_voter(self, address: str, poll: UUID) -> float:
        """Of a vote by somebody who brings nothing that tells who they are; beside `vote`."""
        return await self._take(self._new_voters, f"{poll} {address}")

    async def review_form(self, address: str, request: UUID) -> float:
        """Of a review form that is opened or sent, by the link of this review request."""
        return await self._take(self._review_forms, address, str(request))

    async def unsubscribing(self, shop: str, person: str) -> float:
        """Of an end of review mails. By the link alone: mail programs ask for many people from few addresses."""
        return await self._take(self._unsubscribings, f"{shop} {person}")

    async def page_read(self, address: str) -> float:
        """Of what a page shows of reviews and polls."""
        return await self._take(self._page_reads, address)

    async def run(self) -> None:
        """Keep the shared counts small, until cancelled."""
        await self._buckets.run()

    async def invite(self, shop: str, operator: str, visitor: str) -> float:
        """Of an operator's invitation to a visitor."""
        return await self._take(self._invitations, f"{shop} {operator}", f"{shop} {visitor}")

    async def staff_invitation(self, shop: str) -> float:
        """Of a mail that invites somebody to work for the shop."""
        return await self._take(self._staff_invitations, shop)

    async def _take(self, rates: dict[str, Rate], *whose: str) -> float:
        if not self._on:
            return 0.0
        return await self._buckets.take([(limit, whom, rates[limit]) for limit, whom in zip(rates, whose, strict=True)])

    async def _give_back(self, limit: str, whom: str) -> None:
        if self._on:
            await self._buckets.give_back(limit, whom)

    def _frames(self, per_second: float) -> Rate | None:
        return Rate(burst=per_second * 4, per_second=per_second) if self._on else None


def _per_hour(count: float) -> Rate:
    """So many at once, and again an hour later."""
    return Rate(burst=count, per_second=count / HOUR)


def _per_quarter(count: float) -> Rate:
    """So many at once, and again a quarter of an hour later."""
    return Rate(burst=count, per_second=count / QUARTER)
