-- Push campaigns and whom they may go to, as the log of engagement says.

-- One row a browser that wants push, or wanted it: `left_at` is when it was over.
CREATE TABLE rm_push_subscriber (
    id          uuid        PRIMARY KEY,
    shop        text        NOT NULL,
    person      text        NOT NULL,  -- under whose key its address is sealed in the log
    service     text        NOT NULL,  -- the host of its push service
    language    text        NOT NULL,
    zone        text        NOT NULL,
    groups      text[]      NOT NULL,  -- of the shop's pages, on which it was seen
    since       timestamptz NOT NULL,
    left_at     timestamptz,
    left_reason text,
    seq         integer     NOT NULL
);
CREATE INDEX rm_push_subscriber_there ON rm_push_subscriber (shop, language, since) INCLUDE (groups, zone) WHERE left_at IS NULL;
CREATE INDEX rm_push_subscriber_left ON rm_push_subscriber (shop, left_at) WHERE left_at IS NOT NULL;
CREATE INDEX rm_push_subscriber_by_person ON rm_push_subscriber (shop, person);

-- One row a campaign, with what came of it as far as the log says; of one subscription there is one of `sent`, `failed`
-- (too large and expired among them), `gone`, `held_back` and `cancelled`.
CREATE TABLE rm_campaign (
    id           uuid        PRIMARY KEY,
    shop         text        NOT NULL,
    status       text        NOT NULL,  -- draft, scheduled, sending, paused, cancelled or finished
    content      text        NOT NULL,  -- as JSON: notices, address, audience and how it is delivered
    author       text        NOT NULL,
    created_at   timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL,
    send_at      timestamptz,
    local        boolean     NOT NULL,
    zone         text        NOT NULL,
    started_at   timestamptz,
    finished_at  timestamptz,
    audience     integer,
    sent         integer     NOT NULL,
    clicked      integer     NOT NULL,
    failed       integer     NOT NULL,
    gone         integer     NOT NULL,
    held_back    integer     NOT NULL,
    cancelled    integer     NOT NULL,
    unsubscribed integer     NOT NULL,
    uncertain    integer     NOT NULL,
    seq          integer     NOT NULL
);
CREATE INDEX rm_campaign_by_time ON rm_campaign (shop, created_at DESC, id DESC);
CREATE INDEX rm_campaign_by_status ON rm_campaign (shop, status, created_at DESC, id DESC);

-- What came of it in each minute, by push service and language: a million outcomes are plotted from a few rows.
CREATE TABLE rm_campaign_minute (
    campaign  uuid        NOT NULL,
    minute    timestamptz NOT NULL,
    service   text        NOT NULL,
    language  text        NOT NULL,
    sent      integer     NOT NULL,
    clicked   integer     NOT NULL,
    failed    integer     NOT NULL,
    gone      integer     NOT NULL,
    PRIMARY KEY (campaign, minute, service, language)
);
