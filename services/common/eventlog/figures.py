"""What a worker measures of itself. No label names a shop or a person."""

from typing import Final

from services.common.metrics import counter, gauge, histogram

_COUNTS: Final = (1, 2, 4, 8, 16, 32, 64, 128, 256)

commit_seconds = histogram("commit_seconds", "Time of one transaction of the group commit")
group_batches = histogram("commit_batches", "Batches of partitions in one transaction", buckets=_COUNTS)
batch_commands = histogram("batch_commands", "Commands in one batch of a partition", buckets=_COUNTS)
events_stored = counter("events_stored", "Events committed to the log")
commands = counter("commands", "Commands by what became of them", ["outcome"])
evictions = counter("aggregates_evicted", "Aggregates dropped from memory", ["why"])
dead_letters = counter("dead_letters", "Commands given up and kept for inspection")
owned = gauge("partitions_owned", "Partitions that this worker owns", ["log"])
takeovers = counter("partitions_taken", "Partitions taken by this worker")
fenced = counter("partitions_fenced", "Partitions lost to another worker, noticed by a refused write")
aggregates = gauge("aggregates_held", "Aggregates in memory", ["log"])
lag = gauge("commands_waiting", "Commands of the stream not yet taken", ["log", "partition"])
relay_backlog = gauge("relay_backlog", "Events committed but not yet acknowledged by the stream", ["log", "partition"])
relay_restarts = counter("relay_resumed", "Times that a relay went on from the log")
answer_seconds = histogram("answer_seconds", "Time from a command's arrival in its stream to its answer")
