"""The owner of desks and conversations: decides, commits, answers, relays."""
