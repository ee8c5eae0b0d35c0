-- The simulated partners' own books; they belong to no community.
CREATE TABLE sandbox_booking (
    number       bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    waybill      text GENERATED ALWAYS AS ('GC' || lpad(number::text, 10, '0')) STORED PRIMARY KEY,
    reference    text        NOT NULL UNIQUE,
    sender       text        NOT NULL,
    pieces       integer     NOT NULL,
    weight_grams bigint      NOT NULL,
    status       text        NOT NULL CHECK (status IN
        ('pending', 'picked_up', 'in_transit', 'out_for_delivery', 'delivered')),
    created_at   timestamptz NOT NULL,
    next_step_at timestamptz,
    CHECK ((status = 'delivered') = (next_step_at IS NULL))
);

CREATE INDEX sandbox_booking_due ON sandbox_booking (next_step_at) WHERE next_step_at IS NOT NULL;

-- A report waits here, oldest first per waybill, until its webhook is answered with 2xx.
CREATE TABLE sandbox_report (
    number          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id        text        NOT NULL UNIQUE,
    waybill         text        NOT NULL REFERENCES sandbox_booking (waybill),
    status          text        NOT NULL,
    occurred_at     timestamptz NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    UNIQUE (waybill, status)
);

CREATE INDEX sandbox_report_waiting ON sandbox_report (waybill, number) WHERE next_attempt_at IS NOT NULL;

CREATE TABLE sandbox_wechat_code (
    code       text PRIMARY KEY,
    purpose    text        NOT NULL CHECK (purpose IN ('login', 'phone')),
    phone      text        NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);

CREATE INDEX sandbox_wechat_code_expiry ON sandbox_wechat_code (expires_at);
