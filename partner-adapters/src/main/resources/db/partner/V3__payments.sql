-- What households are asked to prepay, one row per payment of group-buy-service; the provider knows it by this id.
CREATE TABLE payment (
    id              uuid PRIMARY KEY,
    community_id    uuid        NOT NULL,
    order_id        uuid        NOT NULL,
    group_buy_id    uuid        NOT NULL,
    household_id    uuid        NOT NULL,
    title           text        NOT NULL,
    amount_fen      bigint      NOT NULL CHECK (amount_fen > 0),
    pay_by          timestamptz NOT NULL,
    created_at      timestamptz NOT NULL,
    state           text        NOT NULL CHECK (state IN ('to-prepare', 'payable', 'paid', 'closed')),
    prepay_id       text UNIQUE,
    pay_url         text,
    problem         text,
    paid_at         timestamptz,
    attempts        integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at timestamptz,
    next_poll_at    timestamptz,
    CHECK ((state = 'to-prepare') = (next_attempt_at IS NOT NULL)),
    CHECK ((state = 'payable') = (next_poll_at IS NOT NULL)),
    CHECK (state <> 'payable' OR (prepay_id IS NOT NULL AND pay_url IS NOT NULL)),
    CHECK ((state = 'paid') = (paid_at IS NOT NULL)),
    CHECK (state <> 'closed' OR problem IS NOT NULL)
);

SELECT linli_tenant('payment');

CREATE INDEX payment_to_prepare ON payment (next_attempt_at) WHERE state = 'to-prepare';
CREATE INDEX payment_to_poll ON payment (next_poll_at) WHERE next_poll_at IS NOT NULL;
CREATE INDEX payment_of_household ON payment (household_id, id DESC);
CREATE INDEX payment_of_order ON payment (order_id);

-- What goes back, one row per refund of group-buy-service; the provider knows it by this id too.
CREATE TABLE payment_refund (
    id              uuid PRIMARY KEY,
    community_id    uuid        NOT NULL,
    payment_id      uuid        NOT NULL REFERENCES payment (id),
    order_id        uuid        NOT NULL,
    amount_fen      bigint      NOT NULL CHECK (amount_fen > 0),
    state           text        NOT NULL CHECK (state IN ('to-ask', 'asked', 'refunded')),
    attempts        integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at timestamptz,
    refunded_at     timestamptz,
    CHECK ((state = 'refunded') = (refunded_at IS NOT NULL)),
    CHECK ((state = 'refunded') = (next_attempt_at IS NULL))
);

SELECT linli_tenant('payment_refund');

CREATE INDEX payment_refund_due ON payment_refund (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

-- The simulated provider's own books.
CREATE TABLE sandbox_prepayment (
    number       bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    prepay_id    text GENERATED ALWAYS AS ('PP' || lpad(number::text, 10, '0')) STORED PRIMARY KEY,
    reference    text        NOT NULL UNIQUE,
    title        text        NOT NULL,
    amount_fen   bigint      NOT NULL CHECK (amount_fen > 0),
    refunded_fen bigint      NOT NULL DEFAULT 0,
    status       text        NOT NULL CHECK (status IN ('payable', 'paid', 'closed')),
    expires_at   timestamptz NOT NULL,
    paid_at      timestamptz,
    CHECK ((status = 'paid') = (paid_at IS NOT NULL)),
    CHECK (refunded_fen BETWEEN 0 AND amount_fen),
    CHECK (refunded_fen = 0 OR status = 'paid')
);

CREATE INDEX sandbox_prepayment_expiring ON sandbox_prepayment (expires_at) WHERE status = 'payable';

CREATE TABLE sandbox_refund (
    reference   text PRIMARY KEY,
    payment     text        NOT NULL REFERENCES sandbox_prepayment (reference),
    amount_fen  bigint      NOT NULL CHECK (amount_fen > 0),
    refunded_at timestamptz NOT NULL
);

CREATE INDEX sandbox_refund_of_payment ON sandbox_refund (payment);

-- A notice waits here until its webhook is answered with 2xx; notices know no order among them.
CREATE TABLE sandbox_notice (
    number          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notice_id       text        NOT NULL,
    body            text        NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz
);

CREATE INDEX sandbox_notice_due ON sandbox_notice (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
