"""Sockets and REST in, commands out, events back. Keeps no truth of conversations."""
