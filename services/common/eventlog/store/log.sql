-- One partition of a log, in a schema of its own: $schema stands for its name.
CREATE SCHEMA $schema;

-- The library's table of an application's events, column for column.
CREATE TABLE $schema.stored_events (
    originator_id      uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic              text,
    state              bytea,
    notification_id    bigserial,
    PRIMARY KEY (originator_id, originator_version)
) WITH (
    -- Rows are only ever added: vacuuming is for the statistics, not for the dead.
    autovacuum_vacuum_threshold = 100000000,
    autovacuum_vacuum_scale_factor = 0.5,
    autovacuum_analyze_threshold = 1000,
    autovacuum_analyze_scale_factor = 0.01
);
CREATE UNIQUE INDEX stored_events_notification_id_idx ON $schema.stored_events (notification_id);

-- All desks of the partition, which its owner looks through after a takeover.
CREATE INDEX stored_events_desks_idx ON $schema.stored_events (originator_id) WHERE topic LIKE 'desk.opened.%';

-- The library's table of snapshots; only the newest of an aggregate is kept.
CREATE TABLE $schema.stored_snapshots (
    originator_id      uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic              text,
    state              bytea,
    PRIMARY KEY (originator_id, originator_version)
);

-- Who may write here, and which commands are behind us. One row.
CREATE TABLE $schema.partition_owner (
    only_row       boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    epoch          bigint NOT NULL DEFAULT 0,
    owner          text,
    backend_pid    integer,
    taken_at       timestamptz,
    -- The command position: the stream's creation time and the last sequence that needs no more work.
    command_stream text NOT NULL DEFAULT '',
    command_seq    bigint NOT NULL DEFAULT 0,
    -- Commands above it that need none either.
    command_done   bigint[] NOT NULL DEFAULT '{}',
    -- Where the position stood at the last takeover, how often in a row it stood there, and the command under trial.
    taken_stream   text,
    taken_seq      bigint,
    attempts       integer NOT NULL DEFAULT 0,
    suspect_seq    bigint
);
INSERT INTO $schema.partition_owner DEFAULT VALUES;
