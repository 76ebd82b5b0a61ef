"""Push campaigns: from the log to everybody's browser once, and what came of it back into the log."""
