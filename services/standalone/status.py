"""What of an installation runs now, and whether it is ready: the state file, checked against the processes."""

import asyncio
from pathlib import Path
from typing import Any

from services.standalone import probes, state


async def processes(home: Path) -> list[dict[str, Any]]:
    """One entry a live process, as `shopbell status --json` shows them; readiness is asked for now."""
    alive = [one for one in state.read(home) if one.process() is not None]
    ready = await asyncio.gather(*(_ready(one) for one in alive))
    return [_entry(one, is_ready) for one, is_ready in zip(alive, ready, strict=True)]


def table(found: list[dict[str, Any]]) -> str:
    """The same for people."""
    if not found:
        return "Nothing runs here. Start it with `shopbell run`, or set SHOPBELL_HOME to its data folder."
    lines = [f"{'service':<16}{'pid':>8}{'port':>8}  state"]
    for one in found:
        state_word = "ready" if one["ready"] else "not ready"
        lines.append(f"{one['service']:<16}{one['pid']:>8}{one.get('port', ''):>8}  {state_word}")
    return "\n".join(lines)


async def _ready(one: state.Running) -> bool:
    """Services are asked; for the servers the supervisor's last look, seconds ago at most, counts."""
    if one.service in ("nats", "postgres"):
        return one.ready
    return await probes.http(one.ops_port or one.port or 0)()


def _entry(one: state.Running, ready: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {"service": one.service, "pid": one.pid, "ready": ready, "restarts": one.restarts}
    if one.port is not None:
        entry["port"] = one.port
    if one.ops_port is not None:
        entry["ops_port"] = one.ops_port
    return entry
