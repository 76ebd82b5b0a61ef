-- History by words, operator and rating; the inbox of offline messages; and quick ways to what is to be deleted.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- What is missing in rows of before can only come from the log: the tables fill again by themselves.
TRUNCATE rm_conversation, rm_message;
UPDATE projection_position SET notification_id = 0;

DROP INDEX rm_message_words;
DROP INDEX rm_conversation_words;

ALTER TABLE rm_conversation
    ADD COLUMN locale text NOT NULL,           -- the visitor's language
    ADD COLUMN words  text NOT NULL DEFAULT '';  -- of all texts, each once, a space before every one: common/words.py

-- What an archived conversation is found by: shop and week stand before every word, so that a search reads only what
-- is this shop's, and the newest weeks first.
CREATE FUNCTION history_words(
    shop text, active_at timestamptz, words text, operator text, rating integer, signed_in boolean
)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN array_to_tsvector(string_to_array(ltrim(
    replace(
        words || ' .o' || coalesce(operator, '') || ' .r' || coalesce(rating, 0) || ' .s' || signed_in::int,
        ' ', ' ' || shop || '/' || floor(extract(epoch FROM active_at) / 604800)::bigint || '/'
    )
), ' '));
CREATE INDEX rm_conversation_words ON rm_conversation
    USING gin (history_words(shop, active_at, words, operator, rating, signed_in)) WITH (fastupdate = off)
    WHERE status = 'archived';

-- A person's, when they are erased; old ones, when their time is over.
CREATE INDEX rm_conversation_by_person ON rm_conversation (shop, person);
CREATE INDEX rm_conversation_archived ON rm_conversation (shop, active_at) WHERE status = 'archived';

-- One row an offline message, as the inbox lists it.
CREATE TABLE rm_offline_message (
    id          uuid        PRIMARY KEY,
    shop        text        NOT NULL,
    person      text        NOT NULL,  -- under whose key its texts are sealed in the log
    customer    text        NOT NULL,  -- as the outside knows them: guest id, or the shop's customer id
    signed_in   boolean     NOT NULL,
    locale      text        NOT NULL,
    first_name  text,
    last_name   text,
    email       text,
    phone       text,
    text        text,
    page        text,                  -- where they were, as JSON: url, title
    status      text        NOT NULL,  -- new, answered or called: what staff did last
    left_at     timestamptz NOT NULL,
    answered_at timestamptz,           -- the last answer
    answered_by text,
    called_at   timestamptz,
    called_by   text,
    answers     jsonb       NOT NULL,  -- in order: id (of the command), operator, at, text of each
    seq         integer     NOT NULL
) WITH (fillfactor = 85);
CREATE INDEX rm_offline_message_by_time ON rm_offline_message (shop, left_at DESC, id DESC);
CREATE INDEX rm_offline_message_by_status ON rm_offline_message (shop, status, left_at DESC, id DESC);
CREATE INDEX rm_offline_message_by_customer ON rm_offline_message (shop, customer, left_at DESC, id DESC);
CREATE INDEX rm_offline_message_by_person ON rm_offline_message (shop, person);
