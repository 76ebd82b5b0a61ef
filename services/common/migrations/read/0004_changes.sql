-- Who changed which setting or canned reply of a shop, when, from what and to what.

-- What changed before can only come from the log: the tables fill again by themselves.
TRUNCATE rm_conversation, rm_message, rm_offline_message, rm_canned_reply, rm_block;
UPDATE projection_position SET notification_id = 0;

-- One row a shop: its settings as they stand, from which the next change is told.
CREATE TABLE rm_shop (
    id       uuid    PRIMARY KEY,  -- of the Shop
    shop     text    NOT NULL,
    settings text    NOT NULL,     -- whole, as JSON
    seq      integer NOT NULL
);

-- One row a setting that an event changed.
CREATE TABLE rm_change (
    shop          text        NOT NULL,
    seq           integer     NOT NULL,  -- of the Shop's event
    number        integer     NOT NULL,  -- among the changes of this event, from 1
    at            timestamptz NOT NULL,
    author        text        NOT NULL,
    what          text        NOT NULL,  -- the setting, as welcome.fr or hours.week.5; canned.<id> for a canned reply
    before        text        NOT NULL,  -- as JSON; null where it was not there
    after         text        NOT NULL,
    undoes_seq    integer,               -- the change that was undone by this one
    undoes_number integer,
    PRIMARY KEY (shop, seq, number)
);
CREATE INDEX rm_change_by_time ON rm_change (shop, at DESC, seq DESC, number DESC);
CREATE INDEX rm_change_undoing ON rm_change (shop, undoes_seq, undoes_number) WHERE undoes_seq IS NOT NULL;
