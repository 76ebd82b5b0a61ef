"""The widget, the dashboard and the demo shop's pages, read once and served from memory."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from services.gateway.rest.problems import Problem

WEB: Final = Path(__file__).parents[1] / "web"

_REVALIDATE: Final = "no-cache"
_SHORT: Final = "public, max-age=300, stale-while-revalidate=86400"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
CSP_PAGES: Final = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
"""Neither scripts nor styles stand in the pages themselves, so that no nonce is needed to tell ours from others'."""
_FRAMED: Final = {
    "Content-Security-Policy": CSP_PAGES.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    "X-Frame-Options": "SAMEORIGIN",
}
"""The dashboard shows the widget in a frame beside its settings."""
_FOR_SHOPS: Final = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
"""Pages of other hosts load the widget; its modules come by CORS."""
_REVIEW: Final = {
    # Pictures of products are where the shop has them.
    "Content-Security-Policy": CSP_PAGES.replace("img-src 'self' data: blob:", "img-src 'self' https: data:"),
    "Referrer-Policy": "no-referrer",
}
_DASHBOARD: Final = {"Content-Security-Policy": CSP_PAGES.replace("img-src 'self'", "img-src 'self' https:")}
"""The same pictures beside the reviews that are moderated."""
_ALREADY_SMALL: Final = (".woff2", ".png", ".jpg", ".webp", ".gz")


@dataclass(frozen=True)
class StaticFile:
    """A file as it is sent."""

    body: bytes
    zipped: bytes | None
    headers: dict[str, str]
    etag: str

    @property
    def is_page(self) -> bool:
        return self.headers["Content-Type"].startswith("text/html")


class StaticFiles:
    """What was built into `web/dist`, and the demo shop if it is on."""

    def __init__(self, *, demo: bool, web: Path = WEB) -> None:
        self._files: dict[str, StaticFile] = {}
        self._read(web / "dist" / "widget.js", "/widget.js", _SHORT, _FOR_SHOPS)
        self._read(web / "dist" / "push-worker.js", "/push-worker.js", _SHORT, _FOR_SHOPS)
        self._read_folder(web / "dist" / "widget", "/widget/", {}, _FOR_SHOPS)
        policy = {"Content-Security-Policy": CSP_PAGES}
        # Also of the service worker, which keeps to its own, and shows the shop's icon where a campaign is tried out.
        self._read_folder(web / "dist" / "dashboard", "/dashboard/", _DASHBOARD, _DASHBOARD)
        self._read_folder(web / "dist" / "preview", "/preview/", _FRAMED)
        self._read_folder(web / "dist" / "review", "/review/", _REVIEW)
        self._read(web / "dist" / "reviews.js", "/reviews.js", _SHORT, _FOR_SHOPS)
        if demo:
            self._read_folder(web / "demo", "/demo/", policy)
            # Where shops have theirs; a worker keeps to the policy that it comes with.
            self._read(web / "demo" / "shopbell-sw.js", "/shopbell-sw.js", _REVALIDATE, policy)

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self._to_dashboard),
            Route("/dashboard", self._to_dashboard),
            Route("/widget.js", self.serve),
            Route("/push-worker.js", self.serve),
            Route("/shopbell-sw.js", self.serve),
            Route("/widget/{path:path}", self.serve),
            Route("/dashboard/{path:path}", self.serve),
            Route("/preview/{path:path}", self.serve),
            Route("/review", self.serve),
            Route("/review/{path:path}", self.serve),
            Route("/reviews.js", self.serve),
            Route("/demo", self.serve),
            Route("/demo/{path:path}", self.serve),
        ]

    def find(self, path: str) -> StaticFile | None:
        """The file at a path; a folder's is its index."""
        return self._files.get(path) or self._files.get(path.rstrip("/") + "/")

    async def _to_dashboard(self, _request: Request) -> Response:
        return RedirectResponse("/dashboard/", 302)

    async def serve(self, request: Request) -> Response:
        found = self.find(request.url.path)
        if found is None:
            raise Problem(404, "not_found", "There is no such page.")
        if request.headers.get("if-none-match") == found.etag:
            return Response(status_code=304, headers=found.headers)
        if found.zipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(found.zipped, headers={**found.headers, "Content-Encoding": "gzip"})
        return Response(found.body, headers=found.headers)

    def _read_folder(self, folder: Path, at: str, pages: dict[str, str], others: dict[str, str] | None = None) -> None:
        """All that stands in a folder; `pages` are headers of its pages, `others` of its other files."""
        for file in sorted(folder.rglob("*")):
            if not file.is_file():
                continue
            name = file.relative_to(folder).as_posix()
            cache = _FOR_EVER if name.startswith("assets/") else _REVALIDATE
            self._read(file, at + name, cache, pages if name.endswith(".html") else others or {})
            if name == "index.html":
                self._files[at] = self._files[at + name]

    def _read(self, file: Path, at: str, cache: str, headers: dict[str, str]) -> None:
        if not file.is_file():
            return
        body = file.read_bytes()
        kind = (
            "text/plain" if file.suffix == ".ts" else mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        )
        if kind.startswith("text/") or kind == "application/javascript":
            kind += "; charset=utf-8"
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        zipped = None if file.name.endswith(_ALREADY_SMALL) else gzip.compress(body, 9, mtime=0)
        self._files[at] = StaticFile(
            body,
            zipped,
            {"Content-Type": kind, "Cache-Control": cache, "ETag": etag, "Vary": "Accept-Encoding", **headers},
            etag,
        )
