-- Files that come with messages: what there is of each, beside the object store that holds them. Nothing is in clear
-- but sizes and times: `details` (name and type) and the file itself are sealed under the key of `person`.
CREATE SCHEMA attachment;

-- `command` is made of the id with which it was sent, so that a retry finds the first; `size` in bytes, before it has
-- all arrived the most that it may have. `stored_at`: it is in the store whole, before that nobody may have it;
-- `named_at`: a message that is on its way names it; `kept_at`: one in the log does; `gone_at`: it is to be removed.
-- Times are this database's.
CREATE TABLE attachment.file (
    id           uuid        PRIMARY KEY,
    shop         text        NOT NULL,
    conversation uuid        NOT NULL,
    person       text        NOT NULL,
    sender_kind  text        NOT NULL,
    sender       text        NOT NULL,
    command      text,
    size         bigint      NOT NULL,
    details      text        NOT NULL DEFAULT '',
    made_at      timestamptz NOT NULL DEFAULT now(),
    stored_at    timestamptz,
    named_at     timestamptz,
    kept_at      timestamptz,
    gone_at      timestamptz
);
CREATE UNIQUE INDEX file_by_command ON attachment.file (conversation, sender_kind, sender, command)
    WHERE gone_at IS NULL AND command IS NOT NULL;
CREATE INDEX file_by_conversation ON attachment.file (conversation, made_at);
CREATE INDEX file_by_person ON attachment.file (shop, person);
CREATE INDEX file_unsure ON attachment.file (made_at) WHERE kept_at IS NULL AND gone_at IS NULL;
CREATE INDEX file_gone ON attachment.file (gone_at) WHERE gone_at IS NOT NULL;

-- Erasing has one more step, done when its time is set; how many files there were stands in the receipt.
ALTER TABLE erasure.erasure
    ADD COLUMN files_at timestamptz,
    ADD COLUMN files    integer NOT NULL DEFAULT 0;
UPDATE erasure.erasure SET files_at = done_at;
