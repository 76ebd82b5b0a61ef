"""The rulebook: pure aggregates of a shop's desk, its conversations and its settings."""
