"""Helpers of the tests: servers, waiting, installations."""
