"""How much of what is let through, from the settings."""

from services.common.settings import GatewaySettings
from services.gateway.buckets import Rate
from services.gateway.shared_buckets import SharedBuckets


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
        }
        self._offline_messages = {
            "offline message from an address": Rate.per_minute(settings.offline_messages_per_minute_address),
            "offline message in a shop": Rate.per_minute(settings.offline_messages_per_minute_shop),
        }
        self._transcripts = {"transcript to an address": Rate.per_minute(settings.transcripts_per_minute_address)}
        self._invitations = {
            "invitation by an operator": Rate.per_minute(settings.invitations_per_minute_operator),
            "invitation of a visitor": Rate.per_minute(settings.invitations_per_minute_visitor),
        }
        self._uploads = {"file from an address": Rate.per_minute(settings.uploads_per_minute_address)}
        self._form_seconds = settings.offline_form_seconds if settings.rate_limits else 0.0

    async def start(self, visitor: str, address: str, shop: str) -> float:
        """Of a `start`."""
        return await self._take(self._starts, f"{shop} {visitor}", address, shop)

    async def sign_in(self, address: str, email: str) -> float:
        """Of a sign-in."""
        return await self._take(self._sign_ins, address, email)

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

    async def run(self) -> None:
        """Keep the shared counts small, until cancelled."""
        await self._buckets.run()

    async def invite(self, shop: str, operator: str, visitor: str) -> float:
        """Of an operator's invitation to a visitor."""
        return await self._take(self._invitations, f"{shop} {operator}", f"{shop} {visitor}")

    async def _take(self, rates: dict[str, Rate], *whose: str) -> float:
        if not self._on:
            return 0.0
        return await self._buckets.take([(limit, whom, rates[limit]) for limit, whom in zip(rates, whose, strict=True)])

    def _frames(self, per_second: float) -> Rate | None:
        return Rate(burst=per_second * 4, per_second=per_second) if self._on else None
