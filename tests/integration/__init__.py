"""Tests against real servers and the running product."""
