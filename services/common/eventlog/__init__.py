"""A log: event-sourced partitions, each written by one owner at a time.

What a log is about (its commands, aggregates and rules) its service says in a `LogDefinition`; here stands what all
logs have in common: taking partitions, reading commands, deciding and committing batches, answering, publishing.
"""
