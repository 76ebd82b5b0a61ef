"""Everything that crosses a process boundary: commands, events, answers, queries, subjects and socket frames.

Imports nothing of the services, no driver and no clock, so that any process and any tool may read it.
"""
