-- Second factors of staff (TOTP, RFC 6238): the secret wrapped by the master key, on once `confirmed_at` is set.
-- `last_step` is the time step of the newest code that was accepted: none is accepted twice.
CREATE TABLE staff_second_factor (
    account      text PRIMARY KEY,
    wrapped      bytea       NOT NULL,
    made_at      timestamptz NOT NULL DEFAULT now(),
    confirmed_at timestamptz,
    last_step    bigint      NOT NULL DEFAULT 0
);

-- What opens the door once if the phone is lost; `hash` is keyed by the installation.
CREATE TABLE staff_recovery_code (
    account text  NOT NULL REFERENCES staff_second_factor (account) ON DELETE CASCADE,
    hash    bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (account, hash)
);

-- When a token signed with it last came in, to the minute: an old one that nobody uses can be ended.
ALTER TABLE shop_secret ADD COLUMN last_used_at timestamptz;
