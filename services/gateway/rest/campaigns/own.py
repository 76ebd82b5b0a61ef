"""The web origins whose pages a shop calls its own."""

from dataclasses import dataclass

from starlette.requests import Request

from services.gateway.access.origins import spelled
from services.gateway.shops import Shops


@dataclass(frozen=True, kw_only=True)
class Own:
    """`public_url`: how the outside reaches us, where that is not as a request says."""

    shops: Shops
    public_url: str

    def gateway(self, request: Request) -> str:
        """Our own address, without a slash at its end."""
        return (self.public_url or f"{request.url.scheme}://{request.url.netloc}").rstrip("/")

    async def origins(self, request: Request, shop: str) -> list[str]:
        """Those that the settings allow; a shop that names none has its pages here, as the demo shop does."""
        settings = await self.shops.settings(shop)
        named = [found for one in (settings.origins if settings else []) if (found := spelled(one)) is not None]
        here = spelled(self.gateway(request))
        return list(dict.fromkeys(named)) or ([here] if here else [])
