-- $schema stands for the name of a partition's schema, $version for that of its tables.

-- One write of the owner: the fence, the command position, events and snapshots, in one statement.
-- Returns the notification ids in the order of the events; SQLSTATE SB001: the epoch is over.
-- An empty new_stream leaves the position where it is.
CREATE FUNCTION $schema.append(
    my_epoch bigint, new_stream text, new_seq bigint, new_done bigint[],
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
        SET command_stream = new_stream, command_seq = new_seq, command_done = new_done, suspect_seq = NULL
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
