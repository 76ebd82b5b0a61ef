"""Contracts of the log `engagement`: web push campaigns, reviews of what was bought, polls."""
