-- What stands beside the logs: who this installation is, who works for its shops, who has read how far.
CREATE SCHEMA control;
CREATE SCHEMA staff;
CREATE SCHEMA marks;

-- Facts of the installation that never change after its first start.
CREATE TABLE control.installation (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    id         uuid NOT NULL DEFAULT gen_random_uuid(),
    partitions integer NOT NULL,
    contracts  integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO control.installation (partitions) VALUES (16);

-- Heartbeats by the database's clock: liveness only, never order.
CREATE TABLE control.worker (
    worker_id text NOT NULL,
    log       text NOT NULL,
    seen_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (log, worker_id)
);

CREATE TABLE staff.account (
    id            text PRIMARY KEY,
    shop          text NOT NULL,
    email         text NOT NULL UNIQUE CHECK (email = lower(email)),
    password_hash text NOT NULL,
    name          text NOT NULL,
    role          text NOT NULL CHECK (role IN ('owner', 'manager', 'operator')),
    created_at    timestamptz NOT NULL DEFAULT now(),
    disabled_at   timestamptz
);
CREATE INDEX account_by_shop ON staff.account (shop);

-- A session is found by the hash of its token; the token itself is only in the browser.
CREATE TABLE staff.session (
    token_hash   bytea PRIMARY KEY,
    account      text NOT NULL REFERENCES staff.account (id) ON DELETE CASCADE,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    ended_at     timestamptz
);
CREATE INDEX session_by_account ON staff.session (account);

-- How far each party has read; only rises.
CREATE TABLE marks.read_mark (
    shop         text NOT NULL,
    conversation uuid NOT NULL,
    party        text NOT NULL,
    upto         bigint NOT NULL,
    PRIMARY KEY (shop, conversation, party)
);
