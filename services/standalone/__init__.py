"""The laptop: broker, database and every service as supervised child processes."""
