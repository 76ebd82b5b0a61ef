"""Mails and pushes: what the log calls for, written down, composed and handed over."""
