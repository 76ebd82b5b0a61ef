"""Read tables as functions of the log."""
