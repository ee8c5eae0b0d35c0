-- The communities this transaction is bound to, or null for all ('*'). Without the setting it is an error: on a connection
-- used before, it is an empty text and no longer absent, so current_setting() alone would quietly show nothing.
CREATE FUNCTION linli_scope() RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    scope text := current_setting('linli.community', true);
BEGIN
    IF coalesce(scope, '') = '' THEN
        RAISE EXCEPTION 'no linli.community is set in this transaction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN string_to_array(nullif(scope, '*'), ',')::uuid[];
END $$;

-- Every table with a community_id is bound to the communities of the transaction; '*' is the scope of timers and of the
-- relay. The scope is read once per statement, not once per row.
CREATE FUNCTION linli_tenant(tenant_table regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format($policy$
        CREATE POLICY tenant ON %s USING (coalesce(community_id = ANY ((SELECT linli_scope())::uuid[]), true))
        $policy$, tenant_table);
END $$;

CREATE TABLE outbox (
    id              uuid PRIMARY KEY,
    community_id    uuid        NOT NULL,
    type            text        NOT NULL,
    subject         uuid        NOT NULL,
    body            text        NOT NULL,
    traceparent     text,
    occurred_at     timestamptz NOT NULL,
    attempts        int         NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    parked_at       timestamptz,
    last_error      text
);
SELECT linli_tenant('outbox');
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE parked_at IS NULL;
CREATE INDEX outbox_parked ON outbox (parked_at) WHERE parked_at IS NOT NULL;

CREATE TABLE inbox (
    queue           text        NOT NULL,
    event_id        uuid        NOT NULL,
    community_id    uuid        NOT NULL,
    type            text        NOT NULL,
    state           text        NOT NULL CHECK (state IN ('done', 'waiting', 'parked')),
    received_at     timestamptz NOT NULL,
    subject         uuid,
    occurred_at     timestamptz,
    body            text,
    attempts        int         NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    last_error      text,
    PRIMARY KEY (queue, event_id),
    CHECK ((state = 'waiting') = (next_attempt_at IS NOT NULL)),
    CHECK (state = 'done' OR body IS NOT NULL)
);
SELECT linli_tenant('inbox');
CREATE INDEX inbox_waiting ON inbox (next_attempt_at) WHERE state = 'waiting';
CREATE INDEX inbox_parked ON inbox (received_at) WHERE state = 'parked';
CREATE INDEX inbox_received ON inbox (received_at);

CREATE TABLE idempotency (
    community_id uuid        NOT NULL,
    caller       uuid        NOT NULL,
    key          text        NOT NULL CHECK (length(key) BETWEEN 1 AND 128),
    fingerprint  text        NOT NULL,
    answer       text,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (community_id, caller, key)
);
SELECT linli_tenant('idempotency');
CREATE INDEX idempotency_created ON idempotency (created_at);
