CREATE TABLE supplier (
    id           uuid PRIMARY KEY,
    community_id uuid        NOT NULL,
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    created_at   timestamptz NOT NULL
);
SELECT linli_tenant('supplier');
CREATE INDEX supplier_listed ON supplier (community_id, id);

CREATE TABLE group_buy (
    id               uuid PRIMARY KEY,
    community_id     uuid        NOT NULL,
    supplier_id      uuid        NOT NULL REFERENCES supplier,
    supplier_name    text        NOT NULL,
    title            text        NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
    leader_id        uuid        NOT NULL,
    opens_at         timestamptz NOT NULL,
    closes_at        timestamptz NOT NULL CHECK (closes_at > opens_at),
    min_participants int         NOT NULL CHECK (min_participants >= 1),
    state            text        NOT NULL CHECK (state IN ('scheduled', 'open', 'formed', 'failed')),
    last_serial      int         NOT NULL DEFAULT 0 CHECK (last_serial >= 0),
    closed_at        timestamptz,
    participants     int,
    created_at       timestamptz NOT NULL,
    CONSTRAINT scheduled_has_no_orders CHECK (state <> 'scheduled' OR last_serial = 0),
    CONSTRAINT live_is_not_closed
        CHECK (state NOT IN ('scheduled', 'open') OR (closed_at IS NULL AND participants IS NULL)),
    CONSTRAINT formed_has_enough
        CHECK (state <> 'formed'
               OR (closed_at IS NOT NULL AND participants IS NOT NULL AND participants >= min_participants)),
    CONSTRAINT failed_has_too_few
        CHECK (state <> 'failed'
               OR (closed_at IS NOT NULL AND participants IS NOT NULL AND participants < min_participants))
);
SELECT linli_tenant('group_buy');
CREATE INDEX group_buy_listed ON group_buy (community_id, id);
CREATE INDEX group_buy_due_to_open ON group_buy (opens_at) WHERE state = 'scheduled';
CREATE INDEX group_buy_due_to_close ON group_buy (closes_at) WHERE state IN ('scheduled', 'open');

CREATE TABLE item (
    id                  uuid PRIMARY KEY,
    community_id        uuid   NOT NULL,
    group_buy_id        uuid   NOT NULL REFERENCES group_buy,
    position            int    NOT NULL,
    name                text   NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    unit                text   NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
    weight_grams        int    NOT NULL CHECK (weight_grams > 0),
    price_fen           bigint NOT NULL CHECK (price_fen >= 0),
    stock               int    NOT NULL CHECK (stock >= 0),
    sold                int    NOT NULL DEFAULT 0,
    limit_per_household int    NOT NULL CHECK (limit_per_household > 0),
    UNIQUE (group_buy_id, position),
    UNIQUE (group_buy_id, name),
    CONSTRAINT never_oversold CHECK (sold BETWEEN 0 AND stock)
);
SELECT linli_tenant('item');

CREATE TABLE orders (
    id            uuid PRIMARY KEY,
    community_id  uuid        NOT NULL,
    group_buy_id  uuid        NOT NULL REFERENCES group_buy,
    household_id  uuid        NOT NULL,
    member_id     uuid        NOT NULL,
    serial_number int         NOT NULL CHECK (serial_number > 0),
    display_name  text        NOT NULL,
    state         text        NOT NULL CHECK (state IN ('placed', 'confirmed', 'completed', 'cancelled', 'failed')),
    doorstep      boolean     NOT NULL,
    amount_fen    bigint      NOT NULL CHECK (amount_fen >= 0),
    weight_grams  bigint      NOT NULL CHECK (weight_grams > 0),
    placed_at     timestamptz NOT NULL,
    UNIQUE (group_buy_id, serial_number)
);
SELECT linli_tenant('orders');
CREATE INDEX orders_of_household ON orders (household_id, id);
CREATE INDEX orders_of_group_buy ON orders (group_buy_id, id);

-- A line keeps the name, price and weight it was ordered at.
CREATE TABLE order_line (
    community_id uuid   NOT NULL,
    order_id     uuid   NOT NULL REFERENCES orders,
    position     int    NOT NULL,
    item_id      uuid   NOT NULL REFERENCES item,
    name         text   NOT NULL,
    quantity     int    NOT NULL CHECK (quantity > 0),
    price_fen    bigint NOT NULL CHECK (price_fen >= 0),
    weight_grams int    NOT NULL CHECK (weight_grams > 0),
    PRIMARY KEY (order_id, item_id)
);
SELECT linli_tenant('order_line');

-- What a household holds of an item over all its orders; `allowed` is the item's limit.
CREATE TABLE household_take (
    community_id uuid NOT NULL,
    item_id      uuid NOT NULL REFERENCES item,
    household_id uuid NOT NULL,
    taken        int  NOT NULL,
    allowed      int  NOT NULL,
    PRIMARY KEY (item_id, household_id),
    CONSTRAINT never_over_the_limit CHECK (taken BETWEEN 0 AND allowed)
);
SELECT linli_tenant('household_take');
