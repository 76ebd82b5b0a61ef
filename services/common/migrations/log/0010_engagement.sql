-- What the log `engagement` has set to happen at a time: one row for each, gone once it has happened or is off.
CREATE SCHEMA engagement;

CREATE TABLE engagement.timer (
    partition integer     NOT NULL,
    shop      text        NOT NULL,
    kind      text        NOT NULL,
    key       uuid        NOT NULL,
    step      text        NOT NULL DEFAULT '',
    due_at    timestamptz NOT NULL,
    PRIMARY KEY (key, step)
);
CREATE INDEX timer_due ON engagement.timer (partition, due_at, key);

-- How far the log was read for timers; moves in the transaction that writes them down.
CREATE TABLE engagement.timer_position (
    partition       integer PRIMARY KEY,
    notification_id bigint NOT NULL DEFAULT 0
);
