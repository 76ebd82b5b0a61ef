"""Web push to operators whose dashboard is closed."""
