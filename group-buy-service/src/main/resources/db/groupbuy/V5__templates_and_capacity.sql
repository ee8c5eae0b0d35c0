-- What leaders of a community, and couriers for a run, may take at most; without a row the settings hold.
CREATE TABLE fee_cap (
    community_id uuid PRIMARY KEY,
    flat_fen     bigint NOT NULL CHECK (flat_fen >= 0),
    per_mille    int    NOT NULL CHECK (per_mille BETWEEN 0 AND 1000),
    courier_fen  bigint NOT NULL CHECK (courier_fen >= 0)
);
SELECT linli_tenant('fee_cap');

-- What the community fund takes of every order; nothing without a row.
CREATE TABLE fund_share (
    community_id uuid PRIMARY KEY,
    per_mille    int NOT NULL CHECK (per_mille BETWEEN 0 AND 1000)
);
SELECT linli_tenant('fund_share');

CREATE INDEX group_buy_delivered ON group_buy (community_id, delivery_day)
    WHERE state IN ('scheduled', 'open', 'closed', 'formed', 'ordered', 'shipped');

CREATE TABLE group_buy_template (
    id           uuid PRIMARY KEY,
    community_id uuid        NOT NULL,
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    group_buy_id uuid        NOT NULL REFERENCES group_buy,
    created_at   timestamptz NOT NULL,
    UNIQUE (community_id, name)
);
SELECT linli_tenant('group_buy_template');

-- `next_day` is the day not created yet, `next_opens_at` the instant its group buy opens.
CREATE TABLE repeating_group_buy (
    id                uuid PRIMARY KEY,
    community_id      uuid        NOT NULL,
    group_buy_id      uuid        NOT NULL REFERENCES group_buy,
    leader_id         uuid        NOT NULL,
    weekday           int         NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    local_time        time        NOT NULL,
    zone              text        NOT NULL,
    next_day          date        NOT NULL,
    next_opens_at     timestamptz NOT NULL,
    ended_at          timestamptz,
    last_group_buy_id uuid REFERENCES group_buy,
    last_refusal      text,
    created_at        timestamptz NOT NULL,
    CONSTRAINT next_day_is_its_weekday CHECK (extract(isodow FROM next_day) = weekday)
);
SELECT linli_tenant('repeating_group_buy');
CREATE INDEX repeating_group_buy_listed ON repeating_group_buy (community_id, id);
CREATE INDEX repeating_group_buy_due ON repeating_group_buy (next_opens_at) WHERE ended_at IS NULL;

-- What became of each day: a group buy, or why there is none.
CREATE TABLE repeated_group_buy (
    community_id uuid NOT NULL,
    repeat_id    uuid NOT NULL REFERENCES repeating_group_buy,
    day          date NOT NULL,
    group_buy_id uuid REFERENCES group_buy,
    refusal      text,
    PRIMARY KEY (repeat_id, day),
    CONSTRAINT created_or_refused CHECK ((group_buy_id IS NULL) <> (refusal IS NULL))
);
SELECT linli_tenant('repeated_group_buy');
