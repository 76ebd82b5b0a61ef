-- The last day on which a key was asked for to seal something new, by this database's clock: a key that nothing was
-- sealed under for days, and whose person has nothing left, may go.
ALTER TABLE person_key ADD COLUMN last_used date NOT NULL DEFAULT current_date;
CREATE INDEX person_key_by_subject ON person_key (shop, subject) WHERE subject IS NOT NULL;

-- Which erasures destroyed their keys, written in the transaction that did: done once, so that a person who comes back
-- keeps the new key however often the erasure is driven again. `print` is the SHA-256 of the wrapped keys.
CREATE TABLE destroyed_key (
    shop   text NOT NULL,
    number integer NOT NULL,
    keys   integer NOT NULL,
    print  text,
    at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop, number)
);

-- Secrets of the installation itself, wrapped by the master key, which outlive its rotation.
CREATE TABLE installation_secret (
    name    text PRIMARY KEY,
    wrapped bytea NOT NULL
);
