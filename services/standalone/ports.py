"""TCP ports of this machine's loopback."""

import random
import socket

LOOPBACK = "127.0.0.1"
SERVER_PORTS = range(10_000, 20_000)
"""Below what Linux, macOS and Windows give to outgoing connections."""


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
    """Ports that nobody listens on now, all different.

    None is of those that systems give to outgoing connections: a client that reconnects to such a port while its
    server is away may meet itself there (TCP's simultaneous open), and the server finds its port taken.
    """
    chosen: list[int] = []
    for port in random.sample(SERVER_PORTS, len(SERVER_PORTS)):
        if len(chosen) == count:
            return chosen
        if is_free(port):
            chosen.append(port)
    raise OSError(f"there are no {count} free ports")
