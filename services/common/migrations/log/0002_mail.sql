-- Mails to hand to a mail server: what is to be done and what became of it, without anything personal in it. Whom a
-- mail goes to and what it says is read from the event that it comes from, when it is sent.
CREATE SCHEMA mail;

-- `id` derives from the event and the kind: the same event never makes two. `person` is under whose key the event is
-- sealed ('' for nobody's), `aggregate` and `seq` are where it stands in the log. While a mail is `sending`, `next_at`
-- is when another process may take it over; while it is `pending`, when it is tried (again). `error` is a code and a
-- sentence of ours.
CREATE TABLE mail.mail (
    id             uuid PRIMARY KEY,
    shop           text NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('offline_message', 'answer', 'transcript', 'receipt')),
    person         text NOT NULL,
    aggregate      uuid NOT NULL,
    seq            integer NOT NULL,
    status         text NOT NULL DEFAULT 'pending'
                   CHECK (status IN ('pending', 'sending', 'sent', 'failed', 'dropped')),
    attempts       integer NOT NULL DEFAULT 0,
    next_at        timestamptz NOT NULL DEFAULT now(),
    error          text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    first_tried_at timestamptz,
    sent_at        timestamptz
);
CREATE INDEX mail_due ON mail.mail (next_at) WHERE status IN ('pending', 'sending');
CREATE INDEX mail_by_source ON mail.mail (aggregate, seq);
CREATE INDEX mail_by_person ON mail.mail (shop, person);
CREATE INDEX mail_unsent ON mail.mail (shop, kind) WHERE status IN ('pending', 'sending', 'failed');

-- How far the log was read for mails; moves in the transaction that writes them down.
CREATE TABLE mail.position (
    partition       integer PRIMARY KEY,
    notification_id bigint NOT NULL DEFAULT 0
);
