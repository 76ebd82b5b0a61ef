-- Canned replies and blocks, and what is new in conversations: departments, and alerts.

ALTER TABLE rm_message
    ADD COLUMN department text,        -- for which it came, or to which it is handed
    ADD COLUMN since      timestamptz; -- from when on an answer was waited for

-- One row a canned reply of a shop.
CREATE TABLE rm_canned_reply (
    shop       text        NOT NULL,
    id         uuid        NOT NULL,
    shortcut   text        NOT NULL,  -- without its slash
    texts      jsonb       NOT NULL,  -- by language
    author     text        NOT NULL,  -- who changed it last
    changed_at timestamptz NOT NULL,
    seq        integer     NOT NULL,  -- of the Shop's event
    PRIMARY KEY (shop, id)
);
CREATE INDEX rm_canned_reply_by_shortcut ON rm_canned_reply (shop, shortcut);

-- One row a visitor who is blocked in a shop.
CREATE TABLE rm_block (
    shop         text        NOT NULL,
    visitor      text        NOT NULL,
    conversation uuid        NOT NULL,  -- of which they were blocked
    author       text        NOT NULL,
    at           timestamptz NOT NULL,
    seq          integer     NOT NULL,  -- of the Desk's event
    PRIMARY KEY (shop, visitor)
);
CREATE INDEX rm_block_by_time ON rm_block (shop, at DESC, visitor);
