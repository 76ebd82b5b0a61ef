"""A mailbox for machines without a mail server: takes every mail, keeps the newest in memory, shows them on a page."""
