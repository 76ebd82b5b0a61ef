"""Tests of history over REST."""
