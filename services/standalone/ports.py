"""TCP ports of this machine's loopback."""

import random
import socket
from collections import deque
from typing import Final

LOOPBACK: Final = "127.0.0.1"

INTERNAL: Final = range(10_000, 20_000)
"""Below the range from which the system takes the near end of outgoing connections. In that range a client that tries
again and again to reach a server that is away may be given the server's own port, connect to itself, and keep the
server from coming back."""

_TRIES: Final = 1_000

_given: deque[int] = deque(maxlen=100)
"""What this process has chosen last: it may not be listened on yet."""


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_ports(count: int) -> list[int]:
    """Different ports that nobody listens on now, and that were not given before. Raises OSError if there are none."""
    found: list[int] = []
    for port in random.sample(INTERNAL, _TRIES):
        if port not in _given and is_free(port):
            found.append(port)
            if len(found) == count:
                _given.extend(found)
                return found
    raise OSError("no free port")
