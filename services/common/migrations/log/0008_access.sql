-- What access to shops is given and taken by, and the book of it.

-- Who did what to access and keys; nothing here is ever changed. `author`: an account, or 'shopbell' for who runs this
-- installation. `subject` is whom or what it was done to, by id.
CREATE TABLE staff.audit (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shop    text        NOT NULL,
    at      timestamptz NOT NULL DEFAULT now(),
    author  text        NOT NULL,
    what    text        NOT NULL,
    subject text        NOT NULL DEFAULT '',
    details jsonb       NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_by_shop ON staff.audit (shop, at DESC, id DESC);

-- An invitation to work for a shop. Its link carries id, `seq` and our seal; sent again, `seq` rises and the link
-- before it ends. Taken up or withdrawn, the row goes.
CREATE TABLE staff.invitation (
    id         uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    seq        integer     NOT NULL DEFAULT 1,
    shop       text        NOT NULL,
    email      text        NOT NULL CHECK (email = lower(email)),
    name       text        NOT NULL,
    role       text        NOT NULL CHECK (role IN ('owner', 'manager', 'operator')),
    language   text        NOT NULL,
    invited_by text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at    timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    UNIQUE (shop, email)
);

-- A mail to somebody of the staff about their account: its link, if it has one, carries the id and our seal. `used_at`
-- or the end of `expires_at` makes a link worthless.
CREATE TABLE staff.letter (
    id         uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    account    text        NOT NULL REFERENCES staff.account (id) ON UPDATE CASCADE ON DELETE CASCADE,
    kind       text        NOT NULL CHECK (kind IN ('password_reset', 'password_changed', 'second_factor_off')),
    language   text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    used_at    timestamptz
);
CREATE INDEX letter_by_account ON staff.letter (account, created_at);

-- A key with which a shop's server asks: of it only the SHA-256 is here, and the first signs by which people know it.
-- Rotated, the former one is good for a while.
CREATE TABLE staff.api_key (
    id           text        PRIMARY KEY,
    shop         text        NOT NULL,
    name         text        NOT NULL,
    prefix       text        NOT NULL,
    hash         bytea       NOT NULL UNIQUE,
    former_hash  bytea       UNIQUE,
    former_until timestamptz,
    scopes       text[]      NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    created_by   text        NOT NULL,
    last_used_at timestamptz
);
CREATE INDEX api_key_by_shop ON staff.api_key (shop, created_at);

-- `aggregate` is then the id of the invitation or letter, and `seq` the invitation's.
ALTER TABLE mail.mail DROP CONSTRAINT mail_kind_check;
ALTER TABLE mail.mail ADD CONSTRAINT mail_kind_check CHECK (kind IN (
    'offline_message', 'answer', 'transcript', 'receipt', 'test',
    'invitation', 'password_reset', 'password_changed', 'second_factor_off'
));
