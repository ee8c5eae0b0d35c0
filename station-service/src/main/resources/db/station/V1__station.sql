-- What the registry says about a household; the applied version never goes back. Its row is also the lock of everything
-- of that household on the shelves: whoever shelves, hands over or collects takes it first.
CREATE TABLE household (
    community_id    uuid    NOT NULL,
    household_id    uuid    NOT NULL,
    version         bigint  NOT NULL,
    building_id     uuid    NOT NULL,
    floor           int     NOT NULL,
    doorstep        boolean NOT NULL,
    station_consent boolean NOT NULL,
    PRIMARY KEY (community_id, household_id)
);
SELECT linli_tenant('household');

CREATE TABLE shelf (
    community_id uuid NOT NULL,
    shelf        int  NOT NULL CHECK (shelf BETWEEN 1 AND 999),
    kind         text NOT NULL CHECK (kind IN ('ambient', 'chilled')),
    levels       int  NOT NULL CHECK (levels BETWEEN 1 AND 12),
    positions    int  NOT NULL CHECK (positions BETWEEN 1 AND 200),
    PRIMARY KEY (community_id, shelf)
);
SELECT linli_tenant('shelf');

-- A slot holds at most one parcel because it is one row, a parcel lies in at most one slot because of the index.
CREATE TABLE slot (
    community_id uuid NOT NULL,
    shelf        int  NOT NULL,
    level        int  NOT NULL,
    position     int  NOT NULL,
    parcel_id    uuid,
    household_id uuid,
    PRIMARY KEY (community_id, shelf, level, position),
    FOREIGN KEY (community_id, shelf) REFERENCES shelf (community_id, shelf),
    CHECK ((parcel_id IS NULL) = (household_id IS NULL))
);
SELECT linli_tenant('slot');
CREATE UNIQUE INDEX slot_occupied ON slot (parcel_id) WHERE parcel_id IS NOT NULL;
CREATE INDEX slot_household ON slot (community_id, household_id) WHERE parcel_id IS NOT NULL;
CREATE INDEX slot_free ON slot (community_id) WHERE parcel_id IS NULL;

-- The running number of a community's labels; its row lock lets one reservation at a time choose slots.
CREATE TABLE label_counter (
    community_id uuid   PRIMARY KEY,
    last         bigint NOT NULL
);
SELECT linli_tenant('label_counter');

CREATE TABLE consignment (
    id                uuid        PRIMARY KEY,
    community_id      uuid        NOT NULL,
    group_buy_id      uuid        NOT NULL,
    title             text        NOT NULL,
    supplier_name     text        NOT NULL,
    state             text        NOT NULL CHECK (state IN ('expected', 'arrived', 'checked-in')),
    shipment_id       uuid,
    carrier           text,
    waybill           text,
    shipment_status   text,
    shipment_sequence bigint,
    expected_at       timestamptz NOT NULL,
    arrived_at        timestamptz,
    checked_in_at     timestamptz,
    version           bigint      NOT NULL CHECK (version > 0),
    UNIQUE (community_id, group_buy_id),
    CHECK ((state = 'expected') = (arrived_at IS NULL)),
    CHECK ((state = 'checked-in') = (checked_in_at IS NOT NULL)),
    CHECK ((shipment_id IS NULL) = (carrier IS NULL) AND (shipment_id IS NOT NULL OR waybill IS NULL)
           AND (shipment_id IS NULL) = (shipment_sequence IS NULL))
);
SELECT linli_tenant('consignment');
CREATE INDEX consignment_newest ON consignment (community_id, id DESC);

CREATE TABLE parcel (
    id              uuid        PRIMARY KEY,
    community_id    uuid        NOT NULL,
    consignment_id  uuid        NOT NULL REFERENCES consignment (id),
    group_buy_id    uuid        NOT NULL,
    household_id    uuid        NOT NULL,
    weight_grams    bigint      NOT NULL CHECK (weight_grams >= 0),
    doorstep        boolean     NOT NULL,
    attempts        int         NOT NULL CHECK (attempts >= 0),
    state           text        NOT NULL CHECK (state IN ('expected', 'arrived', 'ready', 'out-for-doorstep', 'dropped',
                                                          'handed-over', 'delivered', 'failed')),
    failure         text        CHECK (failure IN ('missing', 'damaged', 'refused', 'undeliverable')),
    label           text,
    carrier_task    uuid,
    carrier_member  uuid,
    carrier_news_at timestamptz NOT NULL,
    version         bigint      NOT NULL CHECK (version > 0),
    UNIQUE (community_id, group_buy_id, household_id),
    CHECK ((state = 'failed') = (failure IS NOT NULL)),
    CHECK ((carrier_task IS NULL) = (carrier_member IS NULL)),
    CHECK (label IS NOT NULL OR state IN ('expected', 'arrived', 'failed')),
    CHECK (carrier_task IS NULL OR state IN ('ready', 'out-for-doorstep', 'dropped')),
    CHECK (carrier_task IS NOT NULL OR state NOT IN ('out-for-doorstep', 'dropped'))
);
SELECT linli_tenant('parcel');
CREATE UNIQUE INDEX parcel_label ON parcel (community_id, label) WHERE label IS NOT NULL;
CREATE INDEX parcel_newest ON parcel (community_id, id DESC);
CREATE INDEX parcel_household ON parcel (community_id, household_id, id DESC);
CREATE INDEX parcel_consignment ON parcel (consignment_id);

CREATE TABLE parcel_order (
    community_id uuid NOT NULL,
    order_id     uuid NOT NULL,
    parcel_id    uuid NOT NULL REFERENCES parcel (id),
    PRIMARY KEY (community_id, order_id)
);
SELECT linli_tenant('parcel_order');
CREATE INDEX parcel_order_parcel ON parcel_order (parcel_id);

-- One row per version of a parcel: who had it, since when, why.
CREATE TABLE custody (
    community_id uuid        NOT NULL,
    parcel_id    uuid        NOT NULL REFERENCES parcel (id),
    version      bigint      NOT NULL,
    state        text        NOT NULL,
    actor_role   text        NOT NULL CHECK (actor_role IN ('supplier', 'courier', 'keeper', 'coordinator', 'volunteer',
                                                            'resident', 'system')),
    actor_id     uuid,
    occurred_at  timestamptz NOT NULL,
    received_at  timestamptz NOT NULL,
    reason       text        NOT NULL,
    proof_sha256 text,
    PRIMARY KEY (parcel_id, version)
);
SELECT linli_tenant('custody');

-- The code itself is nowhere: it is derived from the nonce with one key, and found by an HMAC with another.
CREATE TABLE pick_up_code (
    id           uuid        PRIMARY KEY,
    community_id uuid        NOT NULL,
    household_id uuid        NOT NULL,
    nonce        bytea       NOT NULL,
    lookup       bytea       NOT NULL CHECK (length(lookup) = 32),
    issued_at    timestamptz NOT NULL,
    died_at      timestamptz
);
SELECT linli_tenant('pick_up_code');
CREATE UNIQUE INDEX pick_up_code_live_household ON pick_up_code (community_id, household_id) WHERE died_at IS NULL;
CREATE UNIQUE INDEX pick_up_code_live_lookup ON pick_up_code (community_id, lookup) WHERE died_at IS NULL;

CREATE TABLE label_guess (
    community_id  uuid        NOT NULL,
    label         text        NOT NULL,
    household_id  uuid        NOT NULL,
    wrong         int         NOT NULL,
    last_wrong_at timestamptz NOT NULL,
    PRIMARY KEY (community_id, label)
);
SELECT linli_tenant('label_guess');
CREATE INDEX label_guess_household ON label_guess (community_id, household_id);

CREATE TABLE keeper_guess (
    community_id uuid          NOT NULL,
    keeper_id    uuid          NOT NULL,
    wrong_at     timestamptz[] NOT NULL,
    PRIMARY KEY (community_id, keeper_id)
);
SELECT linli_tenant('keeper_guess');
