-- Orders, whom their customers' review requests went to, and reviews: clear text, derived from the log `engagement`.

-- One row an order of a shop. What only a status is known of has no person, nor has what was an erased person's.
CREATE TABLE rm_order (
    id           uuid    PRIMARY KEY,
    shop         text    NOT NULL,
    number       text    NOT NULL,  -- as the shop numbers it
    person       text,              -- under whose key its texts are sealed in the log
    placed_at    timestamptz,
    items        jsonb   NOT NULL,  -- objects of sku, name, quantity, variant, url, image
    language     text    NOT NULL,
    customer     text,
    email        text,
    name         text,
    status       text,
    status_since timestamptz,       -- the status with the latest of these holds, whichever came last
    recipient    uuid,              -- the person, and who has the mailbox, as ones who get review mails
    mailbox      uuid,
    parked       jsonb   NOT NULL,  -- rows of rm_review_request that count again once the order is somebody's
    seq          integer NOT NULL
);
CREATE INDEX rm_order_by_number ON rm_order (shop, number);
CREATE INDEX rm_order_by_person ON rm_order (shop, person);
CREATE INDEX rm_order_by_recipient ON rm_order (recipient) WHERE recipient IS NOT NULL;
CREATE INDEX rm_order_by_customer ON rm_order (shop, customer) WHERE customer IS NOT NULL;
CREATE INDEX rm_order_by_email ON rm_order (shop, lower(email)) WHERE email IS NOT NULL;

-- One row a step of an order: the mail that asks for reviews, and the one that reminds of it.
CREATE TABLE rm_review_request (
    id        uuid        PRIMARY KEY,
    shop      text        NOT NULL,
    order_id  uuid        NOT NULL,
    number    text        NOT NULL,  -- the order's
    step      text        NOT NULL,
    state     text        NOT NULL,  -- planned, stopped, sent or withheld
    due_at    timestamptz,           -- when it is, or was, planned for
    reason    text,                  -- why it was stopped or withheld
    at        timestamptz NOT NULL,  -- when it came to this state
    expires_at timestamptz,           -- until when its links are good
    opened_at timestamptz,           -- when the form was opened for the first time
    order_seq integer     NOT NULL,  -- of the Order's event
    seq       integer     NOT NULL   -- of the ReviewRequest's event
);
CREATE INDEX rm_review_request_by_order ON rm_review_request (order_id);
CREATE INDEX rm_review_request_planned ON rm_review_request (shop, due_at, id) WHERE state = 'planned';
CREATE INDEX rm_review_request_by_time ON rm_review_request (shop, at DESC, id DESC);

-- One row a review. Its texts are sealed under the person's key in the log.
CREATE TABLE rm_review (
    id         uuid        PRIMARY KEY,
    shop       text        NOT NULL,
    person     text        NOT NULL,
    sku        text        NOT NULL,
    product    text        NOT NULL,
    variant    text,
    stars      smallint    NOT NULL,
    language   text        NOT NULL,
    written_at timestamptz NOT NULL,
    confirmed  boolean     NOT NULL,  -- the shop has reported the purchase
    order_id   uuid,                  -- none of these three for what was written elsewhere
    number     text,
    request    uuid,
    text       text,
    author     text,                  -- as they are called in public
    state      text        NOT NULL,  -- waiting, published or rejected
    decided_at timestamptz,
    decided_by text,
    reply      text,
    replied_at timestamptz,
    replied_by text,
    seq        integer     NOT NULL
);
CREATE INDEX rm_review_by_state ON rm_review (shop, state, written_at DESC, id DESC);
CREATE INDEX rm_review_of_product ON rm_review (shop, sku, written_at DESC, id DESC) WHERE state = 'published';
CREATE INDEX rm_review_figures ON rm_review (shop, sku, stars) INCLUDE (confirmed) WHERE state = 'published';
CREATE INDEX rm_review_by_order ON rm_review (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX rm_review_by_person ON rm_review (shop, person);

-- One row a person, or mailbox, that is not to get review mails of a shop any more. It says of nobody who it is, and
-- stays when they are erased: who wanted no mails is not asked again because they come again. Orders point to it.
CREATE TABLE rm_recipient (
    id              uuid    PRIMARY KEY,
    shop            text    NOT NULL,
    unsubscribed_at timestamptz,
    unsubscribed_by text,
    bounced_at      timestamptz,
    seq             integer NOT NULL
);
CREATE INDEX rm_recipient_by_shop ON rm_recipient (shop, unsubscribed_at);
