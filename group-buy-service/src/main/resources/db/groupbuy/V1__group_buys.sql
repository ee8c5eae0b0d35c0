CREATE TABLE supplier (
    id           uuid PRIMARY KEY,
    community_id uuid        NOT NULL,
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    created_at   timestamptz NOT NULL
);
SELECT linli_tenant('supplier');
CREATE INDEX supplier_listed ON supplier (community_id, id);

CREATE TABLE group_buy (
    id                 uuid PRIMARY KEY,
    community_id       uuid        NOT NULL,
    supplier_id        uuid        NOT NULL REFERENCES supplier,
    supplier_name      text        NOT NULL,
    title              text        NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
    leader_id          uuid        NOT NULL,
    co_leaders         uuid[]      NOT NULL,
    opens_at           timestamptz NOT NULL,
    closes_at          timestamptz NOT NULL CHECK (closes_at > opens_at),
    zone               text        NOT NULL,
    min_participants   int         NOT NULL CHECK (min_participants >= 1),
    min_amount_fen     bigint      NOT NULL CHECK (min_amount_fen >= 0),
    min_cases          int         NOT NULL CHECK (min_cases >= 0),
    station_id         uuid,
    delivery_day       date,
    buildings          uuid[]      NOT NULL,
    payment_mode       text        NOT NULL CHECK (payment_mode IN ('later', 'prepay', 'cash')),
    fee_flat_fen       bigint      NOT NULL CHECK (fee_flat_fen >= 0),
    fee_per_mille      int         NOT NULL CHECK (fee_per_mille BETWEEN 0 AND 1000),
    courier_fen        bigint      NOT NULL DEFAULT 0 CHECK (courier_fen >= 0),
    fund_per_mille     int         NOT NULL DEFAULT 0 CHECK (fund_per_mille BETWEEN 0 AND 1000),
    kind               text        NOT NULL CHECK (kind IN ('purchase', 'donation')),
    allocation_policy  text        NOT NULL CHECK (allocation_policy IN ('first-come', 'equal-share', 'need-first')),
    capacity_unchecked boolean     NOT NULL,
    version            int         NOT NULL CHECK (version >= 0),
    state              text        NOT NULL CHECK (state IN ('draft', 'scheduled', 'open', 'closed', 'formed', 'failed',
                                                             'ordered', 'shipped', 'arrived', 'settled', 'cancelled')),
    last_serial        int         NOT NULL DEFAULT 0 CHECK (last_serial >= 0),
    closed_at          timestamptz,
    participants       int,
    amount_fen         bigint,
    cases              int,
    cancelled_at       timestamptz,
    cancel_reason      text,
    created_at         timestamptz NOT NULL,
    CONSTRAINT fee_is_flat_or_a_share CHECK (fee_flat_fen = 0 OR fee_per_mille = 0),
    CONSTRAINT announced_has_no_orders CHECK (state NOT IN ('draft', 'scheduled') OR last_serial = 0),
    CONSTRAINT live_is_not_closed CHECK (state NOT IN ('draft', 'scheduled', 'open') OR closed_at IS NULL),
    CONSTRAINT closed_has_a_time CHECK (state <> 'closed' OR closed_at IS NOT NULL),
    CONSTRAINT undecided_has_no_outcome
        CHECK (state NOT IN ('draft', 'scheduled', 'open', 'closed', 'cancelled')
               OR (participants IS NULL AND amount_fen IS NULL AND cases IS NULL)),
    CONSTRAINT formed_has_enough
        CHECK (state NOT IN ('formed', 'ordered', 'shipped', 'arrived', 'settled')
               OR (closed_at IS NOT NULL AND participants IS NOT NULL AND amount_fen IS NOT NULL AND cases IS NOT NULL
                   AND participants >= min_participants AND amount_fen >= min_amount_fen AND cases >= min_cases)),
    CONSTRAINT failed_has_too_few
        CHECK (state <> 'failed'
               OR (closed_at IS NOT NULL AND participants IS NOT NULL AND amount_fen IS NOT NULL AND cases IS NOT NULL
                   AND (participants < min_participants OR amount_fen < min_amount_fen OR cases < min_cases))),
    CONSTRAINT cancelled_has_a_reason
        CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL AND cancel_reason IS NOT NULL))
);
SELECT linli_tenant('group_buy');
CREATE INDEX group_buy_listed ON group_buy (community_id, id);
CREATE INDEX group_buy_of_period ON group_buy (community_id, (coalesce(closed_at, cancelled_at, closes_at)));
CREATE INDEX group_buy_due_to_open ON group_buy (opens_at) WHERE state = 'scheduled';
CREATE INDEX group_buy_due_to_close ON group_buy (closes_at) WHERE state IN ('scheduled', 'open');
CREATE INDEX group_buy_due_to_decide ON group_buy (closed_at) WHERE state = 'closed';

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
    temperature         text   NOT NULL CHECK (temperature IN ('ambient', 'chilled', 'frozen')),
    volume_millilitres  int    NOT NULL CHECK (volume_millilitres > 0),
    case_size           int    NOT NULL CHECK (case_size > 0),
    tolerance           int    NOT NULL CHECK (tolerance >= 0),
    UNIQUE (group_buy_id, position),
    UNIQUE (group_buy_id, name),
    CONSTRAINT never_oversold CHECK (sold BETWEEN 0 AND stock),
    CONSTRAINT tolerance_below_a_case CHECK (tolerance < case_size)
);
SELECT linli_tenant('item');

-- The cheaper prices of an item from so many units on, over all households; its own price holds below the first.
CREATE TABLE item_tier (
    community_id  uuid   NOT NULL,
    item_id       uuid   NOT NULL REFERENCES item ON DELETE CASCADE,
    from_quantity int    NOT NULL CHECK (from_quantity > 1),
    price_fen     bigint NOT NULL CHECK (price_fen >= 0),
    PRIMARY KEY (item_id, from_quantity)
);
SELECT linli_tenant('item_tier');

CREATE TABLE orders (
    id            uuid PRIMARY KEY,
    community_id  uuid        NOT NULL,
    group_buy_id  uuid        NOT NULL REFERENCES group_buy,
    household_id  uuid        NOT NULL,
    member_id     uuid        NOT NULL,
    serial_number int         NOT NULL CHECK (serial_number > 0),
    display_name  text        NOT NULL,
    state         text        NOT NULL CHECK (state IN ('placed', 'confirmed', 'completed', 'cancelled', 'failed')),
    payment       text        NOT NULL CHECK (payment IN ('not-awaited', 'awaiting', 'paid')),
    pay_by        timestamptz,
    on_behalf     boolean     NOT NULL,
    doorstep      boolean     NOT NULL,
    amount_fen    bigint      NOT NULL CHECK (amount_fen >= 0),
    weight_grams  bigint      NOT NULL CHECK (weight_grams > 0),
    placed_at     timestamptz NOT NULL,
    UNIQUE (group_buy_id, serial_number),
    CONSTRAINT awaited_until_some_time CHECK (payment <> 'awaiting' OR pay_by IS NOT NULL)
);
SELECT linli_tenant('orders');
CREATE INDEX orders_of_household ON orders (household_id, id);
CREATE INDEX orders_of_member ON orders (member_id, id) WHERE on_behalf;
CREATE INDEX orders_awaited ON orders (group_buy_id, pay_by) WHERE payment = 'awaiting' AND state = 'placed';
CREATE INDEX orders_unpaid ON orders (pay_by) WHERE payment = 'awaiting' AND state = 'placed';

-- A line keeps the name, price and weight it was ordered at.
CREATE TABLE order_line (
    community_id uuid   NOT NULL,
    order_id     uuid   NOT NULL REFERENCES orders,
    position     int    NOT NULL,
    item_id      uuid   NOT NULL REFERENCES item,
    name         text   NOT NULL,
    quantity     int    NOT NULL CHECK (quantity > 0),
    allocated    int    CHECK (allocated BETWEEN 0 AND quantity),
    price_fen    bigint NOT NULL CHECK (price_fen >= 0),
    final_price_fen bigint CHECK (final_price_fen BETWEEN 0 AND price_fen),
    weight_grams int    NOT NULL CHECK (weight_grams > 0),
    PRIMARY KEY (order_id, item_id),
    CONSTRAINT decided_together CHECK ((allocated IS NULL) = (final_price_fen IS NULL))
);
SELECT linli_tenant('order_line');

-- What became of an order after it was placed, whoever moved it.
CREATE TABLE order_step (
    community_id uuid        NOT NULL,
    order_id     uuid        NOT NULL REFERENCES orders,
    what         text        NOT NULL,
    at           timestamptz NOT NULL
);
SELECT linli_tenant('order_step');
CREATE INDEX order_step_of_order ON order_step (order_id);

-- Row by row: a plan over transition tables that was made for one order is kept, and is quadratic for a whole close.
CREATE FUNCTION note_order_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.payment = 'paid' AND OLD.payment <> 'paid' THEN
        INSERT INTO order_step (community_id, order_id, what, at)
        VALUES (NEW.community_id, NEW.id, 'paid', clock_timestamp());
    END IF;
    IF NEW.state <> OLD.state THEN
        INSERT INTO order_step (community_id, order_id, what, at)
        VALUES (NEW.community_id, NEW.id, NEW.state, clock_timestamp());
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER orders_moved AFTER UPDATE ON orders
    FOR EACH ROW WHEN (NEW.state <> OLD.state OR NEW.payment <> OLD.payment) EXECUTE FUNCTION note_order_step();

-- Every increase and decrease after an order was placed.
CREATE TABLE line_change (
    id           uuid PRIMARY KEY,
    community_id uuid        NOT NULL,
    order_id     uuid        NOT NULL REFERENCES orders,
    item_id      uuid        NOT NULL REFERENCES item,
    difference   int         NOT NULL CHECK (difference <> 0),
    changed_at   timestamptz NOT NULL
);
SELECT linli_tenant('line_change');
CREATE INDEX line_change_of_order ON line_change (order_id, item_id);

-- Who takes what comes back of a sold-out item, by place; with quantity 0 a household waits no more.
CREATE TABLE waitlist (
    id           uuid PRIMARY KEY,
    community_id uuid    NOT NULL,
    group_buy_id uuid    NOT NULL REFERENCES group_buy,
    item_id      uuid    NOT NULL REFERENCES item,
    household_id uuid    NOT NULL,
    member_id    uuid    NOT NULL,
    display_name text    NOT NULL,
    quantity     int     NOT NULL CHECK (quantity >= 0),
    doorstep     boolean NOT NULL,
    on_behalf    boolean NOT NULL,
    place        bigint  GENERATED ALWAYS AS IDENTITY
);
SELECT linli_tenant('waitlist');
CREATE UNIQUE INDEX waitlist_once ON waitlist (item_id, household_id) WHERE quantity > 0;
CREATE INDEX waitlist_waiting ON waitlist (group_buy_id, place) WHERE quantity > 0;
CREATE INDEX waitlist_of_household ON waitlist (household_id, id);

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

-- Who may order for a household besides its own members.
CREATE TABLE ordering_consent (
    id              uuid PRIMARY KEY,
    community_id    uuid        NOT NULL,
    household_id    uuid        NOT NULL,
    building_id     uuid,
    buyer_member_id uuid        NOT NULL,
    channel         text        NOT NULL CHECK (channel IN ('app', 'voice', 'paper')),
    noted_by        uuid        NOT NULL,
    given_at        timestamptz NOT NULL,
    withdrawn_at    timestamptz
);
SELECT linli_tenant('ordering_consent');
CREATE UNIQUE INDEX ordering_consent_once ON ordering_consent (household_id, buyer_member_id)
    WHERE withdrawn_at IS NULL;
CREATE INDEX ordering_consent_of_buyer ON ordering_consent (buyer_member_id);
