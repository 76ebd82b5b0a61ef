"""Short lists of a shop that the dashboard works with: its staff, its canned replies, whom it has blocked."""
