"""The log: one application of the `eventsourcing` library a partition, each in its own PostgreSQL schema."""
