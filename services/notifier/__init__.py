"""Mails: what the log calls for, written down, composed and handed to a mail server."""
