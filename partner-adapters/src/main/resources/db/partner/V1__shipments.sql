-- One shipment per formed group buy. Its id is the booking reference, so booking twice is the same booking.
CREATE TABLE shipment (
    id               uuid PRIMARY KEY,
    community_id     uuid        NOT NULL,
    group_buy_id     uuid        NOT NULL,
    title            text        NOT NULL,
    carrier          text        NOT NULL,
    sender           text        NOT NULL,
    pieces           integer     NOT NULL CHECK (pieces > 0),
    weight_grams     bigint      NOT NULL CHECK (weight_grams >= 0),
    state            text        NOT NULL CHECK (state IN ('to-book', 'booked', 'refused')),
    waybill          text,
    status           text        NOT NULL,
    progress         text        NOT NULL,
    sequence         integer     NOT NULL CHECK (sequence >= 0),
    booking_attempts integer     NOT NULL CHECK (booking_attempts >= 0),
    booking_problem  text,
    created_at       timestamptz NOT NULL,
    booked_at        timestamptz,
    status_at        timestamptz,
    next_attempt_at  timestamptz,
    next_poll_at     timestamptz,
    UNIQUE (community_id, group_buy_id),
    UNIQUE (carrier, waybill),
    CHECK ((state = 'to-book') = (next_attempt_at IS NOT NULL)),
    CHECK ((state = 'booked') = (waybill IS NOT NULL)),
    CHECK ((state = 'booked') = (booked_at IS NOT NULL)),
    CHECK (next_poll_at IS NULL OR state = 'booked'),
    CHECK (state = 'booked' OR sequence = 0),
    CHECK (status IN ('pending', 'picked_up', 'in_transit', 'out_for_delivery', 'ready_for_pickup', 'delivered',
        'delivery_failed', 'delayed', 'on_hold', 'return_to_sender', 'cancelled', 'expired')),
    CHECK (progress IN ('pending', 'picked_up', 'in_transit', 'out_for_delivery', 'ready_for_pickup', 'delivered'))
);

SELECT linli_tenant('shipment');

CREATE INDEX shipment_to_book ON shipment (next_attempt_at) WHERE state = 'to-book';
CREATE INDEX shipment_to_poll ON shipment (next_poll_at) WHERE next_poll_at IS NOT NULL;
CREATE INDEX shipment_listed ON shipment (community_id, id DESC);

-- Everything a courier ever told us, understood or not; the unique key makes a repeated report a duplicate.
CREATE TABLE courier_report (
    id             uuid PRIMARY KEY,
    community_id   uuid        NOT NULL,
    shipment_id    uuid        NOT NULL REFERENCES shipment (id),
    carrier        text        NOT NULL,
    waybill        text        NOT NULL,
    event_id       text        NOT NULL,
    courier_status text        NOT NULL,
    status         text        NOT NULL,
    outcome        text        NOT NULL CHECK (outcome IN ('moved', 'late', 'not-understood')),
    source         text        NOT NULL CHECK (source IN ('webhook', 'poll')),
    occurred_at    timestamptz NOT NULL,
    received_at    timestamptz NOT NULL,
    UNIQUE (carrier, waybill, event_id)
);

SELECT linli_tenant('courier_report');

CREATE INDEX courier_report_of_shipment ON courier_report (shipment_id, id);
