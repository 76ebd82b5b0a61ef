-- Replies that reach visitors who have left: as pushes, and as mails. Nothing here says what anybody wrote.

-- Conversations whose visitor has left, as the log says, if there is a way to reach them. `blocked`: staff want to hear
-- no more of the visitor, so nothing goes out.
CREATE TABLE push.absent_visitor (
    conversation uuid        PRIMARY KEY,
    shop         text        NOT NULL,
    partition    integer     NOT NULL,
    since        timestamptz NOT NULL DEFAULT now(),
    blocked      boolean     NOT NULL DEFAULT false
);
CREATE INDEX absent_visitor_by_partition ON push.absent_visitor (partition) WHERE NOT blocked;
CREATE INDEX absent_visitor_by_age ON push.absent_visitor (since);

-- What is to be pushed to one browser of a visitor; columns as those of push.message. `seq` is the operator's last word
-- that it was noted for: with it go all that are unread when it is sent.
CREATE TABLE push.reply (
    id             uuid        PRIMARY KEY,
    shop           text        NOT NULL,
    kind           text        NOT NULL DEFAULT 'reply',
    conversation   uuid        NOT NULL,
    seq            integer     NOT NULL,
    subscription   uuid        NOT NULL,
    status         text        NOT NULL DEFAULT 'pending'
                   CHECK (status IN ('pending', 'sending', 'sent', 'failed', 'dropped')),
    attempts       integer     NOT NULL DEFAULT 0,
    next_at        timestamptz NOT NULL DEFAULT now(),
    error          text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    first_tried_at timestamptz,
    sent_at        timestamptz
);
CREATE INDEX reply_due ON push.reply (next_at) WHERE status IN ('pending', 'sending');
CREATE INDEX reply_by_conversation ON push.reply (conversation, subscription);
CREATE INDEX reply_by_age ON push.reply (created_at);

-- Conversations in which an operator's word may stay unread, and when that is to be looked at.
CREATE TABLE mail.unread (
    conversation uuid        PRIMARY KEY,
    shop         text        NOT NULL,
    person       text        NOT NULL,
    due_at       timestamptz NOT NULL
);
CREATE INDEX unread_due ON mail.unread (due_at);

ALTER TABLE mail.mail DROP CONSTRAINT mail_kind_check;
ALTER TABLE mail.mail ADD CONSTRAINT mail_kind_check CHECK (kind IN (
    'offline_message', 'answer', 'transcript', 'receipt', 'test',
    'invitation', 'password_reset', 'password_changed', 'second_factor_off',
    'review_request', 'review_reminder', 'unread'
));
