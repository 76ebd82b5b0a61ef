-- Mails that ask for reviews.
ALTER TABLE mail.mail DROP CONSTRAINT mail_kind_check;
ALTER TABLE mail.mail ADD CONSTRAINT mail_kind_check CHECK (kind IN (
    'offline_message', 'answer', 'transcript', 'receipt', 'test',
    'invitation', 'password_reset', 'password_changed', 'second_factor_off',
    'review_request', 'review_reminder'
));

-- `weighed`: what the failure says of the address was looked at.
ALTER TABLE mail.mail ADD COLUMN weighed boolean NOT NULL DEFAULT false;
CREATE INDEX mail_to_weigh ON mail.mail (id)
    WHERE status = 'failed' AND kind IN ('review_request', 'review_reminder') AND NOT weighed;

-- What is special about mails of the kind `test` that show staff how customers are asked. `aggregate` of such a mail is
-- the order whose products it shows, if the shop has one.
CREATE TABLE mail.trial (
    id       uuid PRIMARY KEY REFERENCES mail.mail ON DELETE CASCADE,
    account  text NOT NULL,  -- whom it goes to
    step     text NOT NULL CHECK (step IN ('request', 'reminder')),
    mode     text NOT NULL CHECK (mode IN ('placed', 'received')),
    language text NOT NULL
);

-- Persons whom review mails don't reach, until the log has it.
CREATE TABLE mail.bounce (
    shop    text NOT NULL,
    person  text NOT NULL,
    told_at timestamptz,
    PRIMARY KEY (shop, person)
);
