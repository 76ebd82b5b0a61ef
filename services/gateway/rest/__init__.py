"""The REST routes, and the files that the gateway serves."""
