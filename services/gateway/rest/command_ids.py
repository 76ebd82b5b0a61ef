"""Ids of commands that come over REST."""

import hashlib
from uuid import uuid4

from starlette.requests import Request


def command_id(request: Request) -> str:
    """A repeated Idempotency-Key makes the same command, which is answered as it was the first time."""
    key = request.headers.get("Idempotency-Key")
    return f"rest-{hashlib.sha256(key.encode()).hexdigest()[:40]}" if key else f"rest-{uuid4().hex}"
