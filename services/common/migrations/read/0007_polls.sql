-- Polls and their votes, as the log of engagement says.

CREATE TABLE rm_poll (
    id         uuid        PRIMARY KEY,
    shop       text        NOT NULL,
    content    text        NOT NULL,  -- as JSON: question, answers in their order, language, times, what is shown after voting
    state      text        NOT NULL,  -- draft, planned, open, closed or archived
    author     text        NOT NULL,
    created_at timestamptz NOT NULL,
    opens_at   timestamptz,           -- of a planned one
    opened_at  timestamptz,
    closed_at  timestamptz,
    seq        integer     NOT NULL
);
CREATE INDEX rm_poll_by_time ON rm_poll (shop, created_at DESC, id DESC);

-- One row a vote.
CREATE TABLE rm_vote (
    id     uuid        PRIMARY KEY,
    shop   text        NOT NULL,
    poll   uuid        NOT NULL,
    answer text        NOT NULL,
    at     timestamptz NOT NULL
);
CREATE INDEX rm_vote_by_poll ON rm_vote (poll, at, id);

-- How many votes an answer got in each minute: a poll of a million votes is counted and plotted from a few rows.
CREATE TABLE rm_vote_minute (
    poll    uuid        NOT NULL,
    answer  text        NOT NULL,
    minute  timestamptz NOT NULL,
    votes   integer     NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (poll, minute, answer)
);
