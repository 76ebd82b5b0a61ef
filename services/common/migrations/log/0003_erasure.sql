-- Erasures: what is to be done, how far it is, and what the receipt says. Nothing personal: persons are the opaque ids
-- that events carry too.
CREATE SCHEMA erasure;

-- What the gateway found of a person when it was asked to erase them, by the id of the command that it then sent:
-- the rows are gone when the erasing begins, and the receipt says how many there were.
CREATE TABLE erasure.request (
    shop             text NOT NULL,
    command          text NOT NULL,
    conversations    uuid[] NOT NULL,
    offline_messages uuid[] NOT NULL,
    asked_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop, command)
);

-- One row an erasure; number 0 is the removal of the whole shop. `persons` and the ids are emptied once nothing is
-- left to look after; `former` are one-way prints of the persons, by which the old address knows that they were erased.
-- `next_at`: when the next step is tried. Steps are done when their time is set: `keys_at` (destroyed), `rows_at` (read
-- tables cleared), `mails_at` (unsent mails dropped), `done_at` (receipt written), `swept_at` (looked through once more
-- when no process could hold a key any longer).
CREATE TABLE erasure.erasure (
    shop             text NOT NULL,
    number           integer NOT NULL,
    persons          text[] NOT NULL,
    former           text[] NOT NULL,
    author           text NOT NULL,
    asked_at         timestamptz NOT NULL,
    notification_id  bigint NOT NULL,
    conversation_ids uuid[] NOT NULL DEFAULT '{}',
    message_ids      uuid[] NOT NULL DEFAULT '{}',
    keys_at          timestamptz,
    rows_at          timestamptz,
    mails_at         timestamptz,
    done_at          timestamptz,
    swept_at         timestamptz,
    key_print        text,
    conversations    integer NOT NULL DEFAULT 0,
    offline_messages integer NOT NULL DEFAULT 0,
    mails            integer NOT NULL DEFAULT 0,
    log_entries      integer NOT NULL DEFAULT 0,
    backup_days      integer,
    attempts         integer NOT NULL DEFAULT 0,
    next_at          timestamptz NOT NULL DEFAULT now(),
    error            text,
    PRIMARY KEY (shop, number)
);
CREATE INDEX erasure_due ON erasure.erasure (next_at) WHERE swept_at IS NULL;
CREATE INDEX erasure_former ON erasure.erasure USING gin (former);

-- What retention let go, by shop and the event that said so: keys of persons who have nothing left are looked for once
-- history has come to it.
CREATE TABLE erasure.retention (
    shop            text PRIMARY KEY,
    notification_id bigint NOT NULL,
    next_at         timestamptz NOT NULL DEFAULT now()
);

-- How far the log was read for what is to be erased.
CREATE TABLE erasure.position (
    partition       integer PRIMARY KEY,
    notification_id bigint NOT NULL DEFAULT 0
);
