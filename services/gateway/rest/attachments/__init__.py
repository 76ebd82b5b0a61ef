"""REST of files: sending one before the message that names it, and fetching one by its link."""
