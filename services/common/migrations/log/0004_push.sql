-- Web push for the staff: which browsers want it, who of the staff has no dashboard open, and what is to be pushed.
-- Nothing here says what anybody wrote.
CREATE SCHEMA push;

-- One row a browser (RFC 8030: a subscription). It lives by the session in which it was made: who signs out in that
-- browser gets nothing there any more. `p256dh` and `auth` are what payloads are encrypted for (RFC 8291).
CREATE TABLE push.subscription (
    id         uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    account    text        NOT NULL REFERENCES staff.account (id) ON DELETE CASCADE,
    session    bytea       NOT NULL REFERENCES staff.session (token_hash) ON DELETE CASCADE,
    endpoint   text        NOT NULL UNIQUE,
    p256dh     bytea       NOT NULL,
    auth       bytea       NOT NULL,
    locale     text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    renewed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX subscription_by_account ON push.subscription (account, renewed_at DESC);
CREATE INDEX subscription_by_session ON push.subscription (session);

-- Operators who went online and whose dashboard is closed now, as the log says; only those who want to be pushed.
CREATE TABLE push.absence (
    operator  text        PRIMARY KEY REFERENCES staff.account (id) ON DELETE CASCADE,
    shop      text        NOT NULL,
    partition integer     NOT NULL,
    since     timestamptz NOT NULL
);
CREATE INDEX absence_by_partition ON push.absence (partition);

-- What is to be pushed to one browser: `seq` is that of the event of the conversation that called for it. While it is
-- `sending`, `next_at` is when another process may take it over; while it is `pending`, when it is tried (again).
CREATE TABLE push.message (
    id             uuid        PRIMARY KEY,
    shop           text        NOT NULL,
    kind           text        NOT NULL CHECK (kind IN ('message', 'assigned', 'unanswered')),
    operator       text        NOT NULL,
    conversation   uuid        NOT NULL,
    seq            integer     NOT NULL,
    subscription   uuid        NOT NULL REFERENCES push.subscription (id) ON DELETE CASCADE,
    status         text        NOT NULL DEFAULT 'pending'
                   CHECK (status IN ('pending', 'sending', 'sent', 'failed', 'dropped')),
    attempts       integer     NOT NULL DEFAULT 0,
    next_at        timestamptz NOT NULL DEFAULT now(),
    error          text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    first_tried_at timestamptz,
    sent_at        timestamptz
);
CREATE INDEX message_due ON push.message (next_at) WHERE status IN ('pending', 'sending');
CREATE INDEX message_by_subscription ON push.message (subscription, conversation);
CREATE INDEX message_by_age ON push.message (created_at);
