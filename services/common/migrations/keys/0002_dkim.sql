-- Keys with which mails of a shop are signed (DKIM, RFC 6376), wrapped by the installation's master key. A new one
-- waits until its record stands in the DNS; at most one signs.
CREATE TABLE shop_dkim (
    shop       text NOT NULL,
    domain     text NOT NULL,
    selector   text NOT NULL,
    wrapped    bytea NOT NULL,
    signs      boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop, selector)
);
CREATE UNIQUE INDEX shop_dkim_that_signs ON shop_dkim (shop) WHERE signs;
