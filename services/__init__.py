"""The programs of an installation, and what they share."""
