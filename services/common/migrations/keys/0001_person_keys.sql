-- Keys, wrapped by the installation's master key. Destroying a row makes what it sealed unreadable.
CREATE TABLE person_key (
    shop       text NOT NULL,
    person     text NOT NULL,
    subject    text,
    wrapped    bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop, person)
);

-- Secrets with which a shop vouches for its customers; two may be valid while one is being replaced.
CREATE TABLE shop_secret (
    shop       text NOT NULL,
    kid        text NOT NULL,
    wrapped    bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    PRIMARY KEY (shop, kid)
);
