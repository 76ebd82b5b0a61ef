"""Web push: to operators whose dashboard is closed, and, in `campaigns`, to visitors who want it."""
