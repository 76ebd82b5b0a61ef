"""Polls as a gateway knows them: from the read tables, and votes from the log itself."""
