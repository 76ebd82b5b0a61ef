"""The wiring of the routes of files."""

from starlette.routing import Route

from services.gateway.gateway import Gateway
from services.gateway.rest.attachments import download, upload
from services.gateway.rest.attachments.download import Downloads
from services.gateway.rest.attachments.receiving import Receiving
from services.gateway.rest.attachments.upload import Uploads
from services.gateway.rest.cors import ShopPages
from services.gateway.rest.staff import StaffAccess
from services.gateway.rest.visitors import Visitors


def routes(gateway: Gateway, access: StaffAccess) -> list[Route]:
    """All of them."""
    visitors = Visitors(gateway.ids, gateway.tokens, gateway.identities)
    uploads = Uploads(gateway, visitors, access, Receiving(gateway.attachments, gateway.keys))
    downloads = Downloads(gateway.attachments, gateway.keys)
    return [*upload.routes(uploads, ShopPages(gateway.shops, gateway.origins)), *download.routes(downloads)]
