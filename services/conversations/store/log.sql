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
    -- Where the position stood at the last takeover, how often in a row it stood there, and the command under trial.
    taken_stream   text,
    taken_seq      bigint,
    attempts       integer NOT NULL DEFAULT 0,
    suspect_seq    bigint
);
INSERT INTO $schema.partition_owner DEFAULT VALUES;

-- One write of the owner: the fence, the command position, events and snapshots, in one statement.
-- Returns the notification ids in the order of the events; SQLSTATE SB001: the epoch is over.
-- An empty new_stream leaves the position where it is.
CREATE FUNCTION $schema.append(
    my_epoch bigint, new_stream text, new_seq bigint,
    event_ids uuid[], event_versions bigint[], event_topics text[], event_states bytea[],
    snapshot_ids uuid[], snapshot_versions bigint[], snapshot_topics text[], snapshot_states bytea[]
) RETURNS bigint[] LANGUAGE plpgsql AS $$body$$
DECLARE
    new_ids bigint[];
BEGIN
    IF new_stream = '' THEN
        PERFORM FROM $schema.partition_owner WHERE epoch = my_epoch FOR NO KEY UPDATE;
    ELSE
        UPDATE $schema.partition_owner
        SET command_stream = new_stream, command_seq = new_seq, suspect_seq = NULL
        WHERE epoch = my_epoch;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another owner has taken this partition' USING ERRCODE = 'SB001';
    END IF;
    WITH new_events AS (
        INSERT INTO $schema.stored_events (originator_id, originator_version, topic, state)
        SELECT * FROM unnest(event_ids, event_versions, event_topics, event_states)
        RETURNING notification_id
    )
    SELECT array_agg(notification_id ORDER BY notification_id) INTO new_ids FROM new_events;
    IF cardinality(snapshot_ids) > 0 THEN
        DELETE FROM $schema.stored_snapshots WHERE originator_id = ANY (snapshot_ids);
        INSERT INTO $schema.stored_snapshots (originator_id, originator_version, topic, state)
        SELECT * FROM unnest(snapshot_ids, snapshot_versions, snapshot_topics, snapshot_states);
    END IF;
    RETURN coalesce(new_ids, '{}');
END
$$body$$;

COMMENT ON SCHEMA $schema IS '$version';
