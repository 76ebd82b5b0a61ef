"""REST of history: lists, search, whole conversations, tables to take away, deletion."""
