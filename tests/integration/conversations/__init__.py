"""The owner of desks and conversations, against real servers."""
