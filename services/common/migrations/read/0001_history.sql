-- Read tables: clear text, derived from the log alone. They may be dropped and replayed at any time.

-- How far each reader of a log has come.
CREATE TABLE projection_position (
    projection      text    NOT NULL,
    log             text    NOT NULL,
    partition       integer NOT NULL,
    notification_id bigint  NOT NULL DEFAULT 0,
    PRIMARY KEY (projection, log, partition)
);

-- One row a conversation, as history lists it.
CREATE TABLE rm_conversation (
    id              uuid        PRIMARY KEY,
    shop            text        NOT NULL,
    person          text        NOT NULL,  -- under whose key its texts are sealed in the log
    customer        text        NOT NULL,  -- as the outside knows them: guest id, or the shop's customer id
    signed_in       boolean     NOT NULL,
    name            text,
    email           text,
    phone           text,
    status          text        NOT NULL,
    operator        text,
    started_at      timestamptz NOT NULL,
    active_at       timestamptz NOT NULL,  -- of the last message, else of the start
    last_message    text,
    last_message_at timestamptz,
    last_from       text,
    ended_at        timestamptz,
    archived_at     timestamptz,
    rating          integer,
    message_count   integer     NOT NULL,
    seq             integer     NOT NULL
) WITH (fillfactor = 85);
CREATE INDEX rm_conversation_by_time ON rm_conversation (shop, active_at DESC, id DESC);
CREATE INDEX rm_conversation_by_customer ON rm_conversation (shop, customer, active_at DESC, id DESC);
CREATE INDEX rm_conversation_ongoing ON rm_conversation (shop, active_at DESC, id DESC) WHERE status <> 'archived';
CREATE INDEX rm_conversation_words ON rm_conversation
    USING gin (to_tsvector('simple', customer || ' ' || coalesce(name, '') || ' ' || coalesce(email, '') || ' '
                                     || coalesce(phone, '')));

-- One row an event of a conversation: enough to show it whole.
CREATE TABLE rm_message (
    conversation uuid        NOT NULL,
    seq          integer     NOT NULL,
    at           timestamptz NOT NULL,
    kind         text        NOT NULL,
    sender       text,     -- visitor, operator or system: who said, ended or reopened
    operator     text,
    message      text,     -- id of the command that said it
    text         text,     -- of a message, a note, or the comment of a rating
    number       integer,  -- place in the line, or score
    visitor      text,     -- who they are, as JSON, where a conversation starts or they sign in
    PRIMARY KEY (conversation, seq)
);
CREATE INDEX rm_message_words ON rm_message USING gin (to_tsvector('simple', text)) WHERE text IS NOT NULL;
