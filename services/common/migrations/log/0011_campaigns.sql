-- Push campaigns at work: who wants push, what goes to whom, what became of it.

-- Who wants push, as the log says. `address` is sealed under the key of `person`, as it is there. `gone_at`: its push
-- service does not know it any more; the row goes once the log says so, too.
CREATE TABLE push.subscriber (
    id       uuid        PRIMARY KEY,
    shop     text        NOT NULL,
    person   text        NOT NULL,
    address  text        NOT NULL,
    service  text        NOT NULL,
    language text        NOT NULL,
    zone     text        NOT NULL,
    groups   text[]      NOT NULL DEFAULT '{}',
    visitor  text,
    since    timestamptz NOT NULL,
    gone_at  timestamptz,
    asked_at timestamptz
);
CREATE INDEX subscriber_by_shop ON push.subscriber (shop, id);
CREATE INDEX subscriber_by_visitor ON push.subscriber (shop, visitor) WHERE visitor IS NOT NULL;
CREATE INDEX subscriber_gone ON push.subscriber (gone_at) WHERE gone_at IS NOT NULL;

-- A campaign from its start until it is finished and its ledger is let go. `content` as text: the order of its notices
-- means something. `spread_to`: subscribers up to this one are written down, `spread_at`: all are. `audience`: how many
-- that is. `services`: those that have somebody of them. `batch`: how many batches of outcomes were made, `noted`: how
-- many of them the log has. `asked_at`: when the log was told last what it has not got yet.
CREATE TABLE push.campaign (
    id             uuid        PRIMARY KEY,
    shop           text        NOT NULL,
    status         text        NOT NULL DEFAULT 'sending'
                   CHECK (status IN ('sending', 'paused', 'cancelled', 'finished')),
    content        json        NOT NULL,
    send_at        timestamptz NOT NULL,
    local          boolean     NOT NULL,
    zone           text        NOT NULL,
    started_at     timestamptz NOT NULL,
    spread_to      uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    spread_at      timestamptz,
    audience       integer     NOT NULL DEFAULT 0,
    audience_noted boolean     NOT NULL DEFAULT false,
    services       text[]      NOT NULL DEFAULT '{}',
    batch          integer     NOT NULL DEFAULT 0,
    noted          integer     NOT NULL DEFAULT 0,
    asked_at       timestamptz
);
CREATE INDEX campaign_at_work ON push.campaign (started_at) WHERE status <> 'finished';

-- The ledger: what goes to one subscription, once a campaign. While it is `sending`, `next_at` is when another process
-- may take it over; while it is `pending`, when it is tried (again). `due_at`: from when it may go, and its time to live
-- counts. `quiet`: it waits for the end of quiet hours. `uncertain`: it may have gone out twice. `id` is what a browser
-- tells of a click; nothing can be told from it.
CREATE TABLE push.delivery (
    id              uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    campaign        uuid        NOT NULL,
    subscription    uuid        NOT NULL,
    shop            text        NOT NULL,
    kind            text        NOT NULL DEFAULT 'campaign',
    service         text        NOT NULL,
    language        text        NOT NULL,
    zone            text        NOT NULL,
    status          text        NOT NULL DEFAULT 'pending' CHECK (status IN (
                        'pending', 'sending',
                        'sent', 'failed', 'gone', 'too_large', 'expired', 'held_back', 'cancelled'
                    )),
    attempts        integer     NOT NULL DEFAULT 0,
    due_at          timestamptz NOT NULL DEFAULT now(),
    next_at         timestamptz NOT NULL DEFAULT now(),
    quiet           boolean     NOT NULL DEFAULT false,
    uncertain       boolean     NOT NULL DEFAULT false,
    error           text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    changed_at      timestamptz NOT NULL DEFAULT now(),
    first_tried_at  timestamptz,
    sent_at         timestamptz,
    clicked_at      timestamptz,
    unsubscribed_at timestamptz,
    UNIQUE (campaign, subscription)
);
CREATE INDEX delivery_due ON push.delivery (campaign, service, next_at) WHERE status IN ('pending', 'sending');
CREATE INDEX delivery_by_subscription ON push.delivery (subscription, created_at);
CREATE INDEX delivery_by_age ON push.delivery (created_at);
-- By outcome, for whoever looks into the ledger; what goes out at once is in none of these, so that sending does not pay
-- for them.
CREATE INDEX delivery_by_outcome ON push.delivery (campaign, status, subscription)
    WHERE status NOT IN ('sending', 'sent') AND (status <> 'pending' OR attempts > 0);
CREATE INDEX delivery_clicked ON push.delivery (campaign, subscription) WHERE clicked_at IS NOT NULL;
CREATE INDEX delivery_unsubscribed ON push.delivery (campaign, subscription) WHERE unsubscribed_at IS NOT NULL;

-- What became of deliveries, and what browsers told later, until the log has it: in batches, numbered for each campaign.
CREATE TABLE push.outcome (
    number       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign     uuid        NOT NULL,
    shop         text        NOT NULL,
    subscription uuid        NOT NULL,
    outcome      text        NOT NULL,
    at           timestamptz NOT NULL DEFAULT now(),
    language     text        NOT NULL,
    service      text        NOT NULL,
    uncertain    boolean     NOT NULL DEFAULT false,
    batch        integer
);
CREATE INDEX outcome_by_campaign ON push.outcome (campaign, batch, number);

-- Push services that asked to wait, by host.
CREATE TABLE push.slowed (
    service text        PRIMARY KEY,
    since   timestamptz NOT NULL DEFAULT now(),
    until   timestamptz NOT NULL
);

-- All such pauses, for as long as ledgers are kept.
CREATE TABLE push.pause (
    service text        NOT NULL,
    since   timestamptz NOT NULL,
    until   timestamptz NOT NULL,
    PRIMARY KEY (service, since)
);

-- A notice that staff send to their own browsers to see it; columns as those of push.message.
CREATE TABLE push.trial (
    id             uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    shop           text        NOT NULL,
    kind           text        NOT NULL DEFAULT 'trial',
    campaign       uuid        NOT NULL,
    account        text        NOT NULL,
    subscription   uuid        NOT NULL REFERENCES push.subscription (id) ON DELETE CASCADE,
    language       text        NOT NULL,
    content        json        NOT NULL,
    status         text        NOT NULL DEFAULT 'pending'
                   CHECK (status IN ('pending', 'sending', 'sent', 'failed', 'dropped')),
    attempts       integer     NOT NULL DEFAULT 0,
    next_at        timestamptz NOT NULL DEFAULT now(),
    error          text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    first_tried_at timestamptz,
    sent_at        timestamptz
);
CREATE INDEX trial_due ON push.trial (next_at) WHERE status IN ('pending', 'sending');

-- How far the log `engagement` was read for what is to be sent.
CREATE TABLE push.position (
    partition       integer PRIMARY KEY,
    notification_id bigint NOT NULL DEFAULT 0
);
