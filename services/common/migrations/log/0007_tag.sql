-- Where shops' tags were met, and who was refused: for the shop's owners to see that a tag works. No visitors in it.
CREATE SCHEMA tag;

-- `origin` as browsers write it: scheme, host and, where it does not go without saying, port.
CREATE TABLE tag.origin (
    shop          text        NOT NULL,
    origin        text        NOT NULL,
    first_seen_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop, origin)
);

-- `print` of a page's path, without its query: to count pages.
CREATE TABLE tag.page (
    shop         text   NOT NULL,
    origin       text   NOT NULL,
    print        bigint NOT NULL,
    last_seen_on date   NOT NULL DEFAULT current_date,
    PRIMARY KEY (shop, origin, print)
);

CREATE TABLE tag.refused (
    shop   text        NOT NULL,
    origin text        NOT NULL,
    reason text        NOT NULL,
    at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop, origin)
);

-- A test mail: `aggregate` is its own id, and it says nothing but that mail works.
ALTER TABLE mail.mail DROP CONSTRAINT mail_kind_check;
ALTER TABLE mail.mail ADD CONSTRAINT mail_kind_check
    CHECK (kind IN ('offline_message', 'answer', 'transcript', 'receipt', 'test'));
