"""Polls: `/v1/shops/{shop}/polls`, for staff and for visitors."""
