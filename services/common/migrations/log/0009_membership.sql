-- An account may work for several shops, in each with a role of its own; a session is in one of them at a time.
-- `name`: what visitors of this shop read, where it is not the account's. Who has left may be let back in.
CREATE TABLE staff.membership (
    shop         text        NOT NULL,
    account      text        NOT NULL REFERENCES staff.account (id) ON UPDATE CASCADE ON DELETE CASCADE,
    name         text,
    role         text        NOT NULL CHECK (role IN ('owner', 'manager', 'operator')),
    joined_at    timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz,
    left_at      timestamptz,
    PRIMARY KEY (shop, account)
);
CREATE INDEX membership_by_account ON staff.membership (account);

INSERT INTO staff.membership (shop, account, role, joined_at, last_seen_at)
SELECT shop, id, role, created_at, (SELECT max(last_used_at) FROM staff.session WHERE session.account = account.id)
FROM staff.account;

-- `id` names a session to its owner, `agent` is the browser it began in.
ALTER TABLE staff.session
    ADD COLUMN id    uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    ADD COLUMN shop  text,
    ADD COLUMN agent text NOT NULL DEFAULT '';
UPDATE staff.session SET shop = account.shop FROM staff.account WHERE account.id = session.account;
ALTER TABLE staff.session ALTER COLUMN shop SET NOT NULL;

-- `language`: in which mails about the account are written.
ALTER TABLE staff.account
    DROP COLUMN shop,
    DROP COLUMN role,
    ADD COLUMN language text NOT NULL DEFAULT 'en';

-- Somebody may be online in several shops and absent in one.
ALTER TABLE push.absence DROP CONSTRAINT absence_pkey, ADD PRIMARY KEY (operator, shop);
