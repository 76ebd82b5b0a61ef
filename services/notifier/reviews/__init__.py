"""Mails that ask customers for reviews: what calls for them, what they are made of, and where they don't arrive."""
