"""Orders, what is asked about them, and reviews."""
