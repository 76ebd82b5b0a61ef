"""A stock Firefox, driven by WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/), its own windows included."""

import asyncio
import itertools
import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.waiting import eventually

NAMES: Final = ("firefox-esr", "firefox")
START_SECONDS: Final = 60.0
ANSWER_SECONDS: Final = 30.0
PREFERENCES: Final[Mapping[str, str | bool | int]] = {
    "alerts.useSystemBackend": False,  # Firefox shows notifications itself, as a window that can be clicked
    "security.notification_enable_delay": 0,
    "focusmanager.testmode": True,
    "dom.push.connection.enabled": True,
    "dom.push.testing.allowInsecureServerURL": True,
}


class FirefoxError(Exception):
    """Firefox refused a command, or a script in it threw."""


class Firefox:
    """One, running. `errors`: what went wrong on its pages, as its console has it."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._ids = itertools.count()
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.errors: list[str] = []

    async def listen(self) -> None:
        """Until Firefox goes."""
        with suppress(ConnectionClosed):
            async for said in self._socket:
                self._take(json.loads(said))

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "event":
            if frame["params"].get("level") == "error":
                self.errors.append(frame["params"]["text"])
        elif frame["type"] == "success":
            self._answers.pop(frame["id"]).set_result(frame["result"])
        else:
            self._answers.pop(frame["id"]).set_exception(FirefoxError(f"{frame['error']}: {frame['message']}"))

    async def send(self, method: str, **params: Any) -> dict[str, Any]:
        """A command and its result. Raises FirefoxError, or TimeoutError."""
        number = next(self._ids)
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        async with asyncio.timeout(ANSWER_SECONDS):
            return await self._answers[number]

    async def pages(self) -> list[dict[str, Any]]:
        """The tabs; each has a `context`, by which it is called, and a `url`."""
        found: list[dict[str, Any]] = (await self.send("browsingContext.getTree", maxDepth=0))["contexts"]
        return found

    async def open(self, url: str) -> str:
        """In the first tab, once it is loaded; how it is called."""
        page: str = (await self.pages())[0]["context"]
        await self.send("browsingContext.navigate", context=page, url=url, wait="complete")
        return page

    async def run(self, page: str, script: str) -> Any:
        """What the expression gives, by way of JSON; a promise is waited for."""
        body = f"Promise.resolve({script}).then((value) => JSON.stringify(value ?? null))"
        answer = await self.send("script.evaluate", expression=body, target={"context": page}, awaitPromise=True)
        if answer["type"] != "success":
            raise FirefoxError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    async def run_inside(self, script: str) -> Any:
        """The same with the rights of Firefox's own windows."""
        own = {"moz:scope": "chrome", "maxDepth": 0}
        windows = (await self.send("browsingContext.getTree", **own))["contexts"]
        return await self.run(windows[0]["context"], script)

    async def click(self, page: str, where: str) -> None:
        """As a person does, on the element that the expression gives, shadow roots and all."""
        target = {"context": page}
        found = await self.send("script.evaluate", expression=where, target=target, awaitPromise=False)
        element = {"type": "element", "element": {"sharedId": found["result"]["sharedId"]}}
        steps = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": element},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        await self.send(
            "input.performActions", context=page, actions=[{"type": "pointer", "id": "m", "actions": steps}]
        )


@asynccontextmanager
async def firefox(program: str, profile: Path, **preferences: str | bool | int) -> AsyncIterator[Firefox]:
    """Headless, with a new profile in that folder, while inside."""
    wanted = {**PREFERENCES, **preferences}.items()
    profile.joinpath("user.js").write_text(
        "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wanted)
    )
    process = await asyncio.create_subprocess_exec(
        program,
        *("--headless", "--no-remote", "--profile", str(profile)),
        *("--remote-debugging-port=0", "--remote-allow-system-access"),
        env={**os.environ, "HOME": str(profile), "MOZ_CRASHREPORTER_DISABLE": "1"},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        address = await eventually(lambda: _address(process, profile), START_SECONDS, what="Firefox's start")
        async with connect(address, max_size=None, proxy=None, ping_interval=None) as socket:
            running = Firefox(socket)
            listening = asyncio.create_task(running.listen())
            await running.send("session.new", capabilities={})
            await running.send("session.subscribe", events=["log.entryAdded"])
            yield running
            await running.send("browser.close")
            async with asyncio.timeout(ANSWER_SECONDS):
                await listening
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _address(process: asyncio.subprocess.Process, profile: Path) -> str:
    """Where it listens, once it says so in its profile. Raises FirefoxError if it never will."""
    if process.returncode is not None:
        raise FirefoxError(f"it ended with {process.returncode} before it listened")
    try:
        said = json.loads((profile / "WebDriverBiDiServer.json").read_text())
    except (FileNotFoundError, ValueError):
        return ""
    return f"ws://{said['ws_host']}:{said['ws_port']}/session"
