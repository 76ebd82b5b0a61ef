"""The commands and events of the `conversations` log."""
