"""Who changed what, and when: `/v1/shops/{shop}/changes`."""
