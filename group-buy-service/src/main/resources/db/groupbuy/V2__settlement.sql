-- Money in fen. A posting says what an account is owed (plus) or owes and holds for others (minus).
CREATE TABLE ledger_transaction (
    id           uuid PRIMARY KEY,
    community_id uuid        NOT NULL,
    key          text        NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    occasion     text        NOT NULL CHECK (occasion IN ('paid', 'formed', 'paid-back',
        'short', 'damaged', 'tier-difference', 'failed', 'cancelled', 'late-payment', 'payout', 'payout-reversed', 'handed-over')),
    group_buy_id uuid,
    posted_at    timestamptz NOT NULL,
    CONSTRAINT of_a_group_buy_unless_paid_out CHECK ((occasion IN ('payout', 'payout-reversed', 'handed-over')) = (group_buy_id IS NULL)),
    CONSTRAINT posted_once UNIQUE (community_id, key)
);
SELECT linli_tenant('ledger_transaction');
CREATE INDEX ledger_transaction_of_group_buy ON ledger_transaction (group_buy_id);

CREATE TABLE posting (
    community_id   uuid   NOT NULL,
    transaction_id uuid   NOT NULL REFERENCES ledger_transaction,
    position       int    NOT NULL,
    account        text   NOT NULL
        CHECK (account IN ('household', 'leader', 'supplier', 'courier', 'fund', 'clearing')),
    owner_id       uuid   NOT NULL,
    order_id       uuid,
    fen            bigint NOT NULL CHECK (fen <> 0),
    PRIMARY KEY (transaction_id, position)
);
SELECT linli_tenant('posting');
CREATE INDEX posting_of_account ON posting (owner_id, account, transaction_id);
CREATE INDEX posting_of_order ON posting (order_id) WHERE order_id IS NOT NULL;

-- What one statement adds sums to zero for each transaction, and nothing is ever changed or taken away: so all that was
-- ever posted sums to zero. Checked once per statement, however many rows it has.
CREATE FUNCTION ledger_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added GROUP BY transaction_id HAVING sum(fen) <> 0) THEN
        RAISE EXCEPTION 'the postings of a transaction do not sum to zero'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sums_to_zero', TABLE = 'posting';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sums_to_zero AFTER INSERT ON posting REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_sums_to_zero();

CREATE FUNCTION ledger_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is only ever added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_kept();
CREATE TRIGGER is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transaction
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_kept();

-- What an order is charged since its group buy formed, what was paid for it, and what was given back or is on the way
-- back. It was prepaid by `payment_id`, or in cash to `collector_id`.
CREATE TABLE order_balance (
    order_id     uuid PRIMARY KEY,
    community_id uuid   NOT NULL,
    group_buy_id uuid   NOT NULL,
    household_id uuid   NOT NULL,
    supplier_id  uuid,
    charged_fen  bigint NOT NULL DEFAULT 0 CHECK (charged_fen >= 0),
    paid_fen     bigint NOT NULL DEFAULT 0,
    refunded_fen bigint NOT NULL DEFAULT 0,
    payment_id   uuid,
    collector_id uuid,
    CONSTRAINT never_refunded_above_paid CHECK (refunded_fen BETWEEN 0 AND paid_fen),
    CONSTRAINT charged_for_a_supplier CHECK (supplier_id IS NOT NULL OR charged_fen = 0),
    CONSTRAINT paid_in_one_way CHECK (num_nonnulls(payment_id, collector_id) = (paid_fen > 0)::int)
);
SELECT linli_tenant('order_balance');
CREATE INDEX order_balance_of_group_buy ON order_balance (group_buy_id);
CREATE INDEX order_balance_of_household ON order_balance (household_id);

-- Every refund that was asked for, once per key: what it took off the charge and what of it goes back.
CREATE TABLE refund (
    id            uuid PRIMARY KEY,
    community_id  uuid        NOT NULL,
    key           text        NOT NULL CHECK (length(key) BETWEEN 1 AND 160),
    order_id      uuid        NOT NULL,
    group_buy_id  uuid        NOT NULL,
    household_id  uuid        NOT NULL,
    item_id       uuid,
    quantity      int CHECK (quantity > 0),
    reason        text        NOT NULL
        CHECK (reason IN ('short', 'damaged', 'tier-difference', 'failed', 'cancelled', 'late-payment')),
    asked_fen     bigint      NOT NULL CHECK (asked_fen > 0),
    credited_fen  bigint      NOT NULL CHECK (credited_fen BETWEEN 0 AND asked_fen),
    paid_back_fen bigint      NOT NULL CHECK (paid_back_fen BETWEEN 0 AND asked_fen),
    payment_id    uuid,
    collector_id  uuid,
    state         text        NOT NULL CHECK (state IN ('nothing-paid', 'requested', 'owed', 'paid-back')),
    asked_at      timestamptz NOT NULL,
    paid_back_at  timestamptz,
    CONSTRAINT refunded_once UNIQUE (community_id, key),
    CONSTRAINT nothing_paid_gives_nothing_back CHECK ((state = 'nothing-paid') = (paid_back_fen = 0)),
    CONSTRAINT a_provider_is_asked CHECK (state <> 'requested' OR payment_id IS NOT NULL),
    CONSTRAINT a_collector_owes CHECK (state <> 'owed' OR collector_id IS NOT NULL),
    CONSTRAINT paid_back_at_some_time CHECK ((state = 'paid-back') = (paid_back_at IS NOT NULL))
);
SELECT linli_tenant('refund');
CREATE INDEX refund_of_order ON refund (order_id);
CREATE INDEX refund_listed ON refund (group_buy_id, id);
CREATE INDEX refund_promised ON refund (community_id) WHERE state IN ('requested', 'owed');
CREATE INDEX refund_owed ON refund (group_buy_id) WHERE state = 'owed';

-- What the payment provider told of each prepayment, and whether its order could take it.
CREATE TABLE prepayment (
    payment_id   uuid PRIMARY KEY,
    community_id uuid        NOT NULL,
    order_id     uuid        NOT NULL,
    fen          bigint CHECK (fen > 0),
    state        text        NOT NULL CHECK (state IN ('failed', 'kept', 'sent-back')),
    told_at      timestamptz NOT NULL,
    CHECK (state = 'failed' OR fen IS NOT NULL)
);
SELECT linli_tenant('prepayment');
CREATE INDEX prepayment_of_order ON prepayment (order_id);

-- What an account holds of the money of others and has not promised back to a household: the payment provider, or a
-- leader in cash. One statement, so what goes back meanwhile is counted once.
CREATE FUNCTION held_fen(community uuid, holder text, holder_id uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT (-(SELECT coalesce(sum(fen), 0) FROM posting WHERE owner_id = holder_id AND account = holder)
            - (SELECT coalesce(sum(paid_back_fen), 0) FROM refund
                WHERE community_id = community
                  AND (holder = 'clearing' AND state = 'requested'
                       OR holder = 'leader' AND state = 'owed' AND collector_id = holder_id)))::bigint
$$;

-- What a party was paid of what it is owed: of what the payment provider holds, or out of a leader's cash. Paid to
-- `clearing`, it is cash that a leader handed over to the community.
CREATE TABLE payout (
    id             uuid PRIMARY KEY,
    community_id   uuid        NOT NULL,
    payee          text        NOT NULL CHECK (payee IN ('supplier', 'leader', 'courier', 'fund', 'clearing')),
    owner_id       uuid        NOT NULL,
    fen            bigint      NOT NULL CHECK (fen > 0),
    paid_on        date        NOT NULL,
    reference      text        NOT NULL CHECK (length(reference) BETWEEN 1 AND 120),
    paid_by_leader uuid,
    recorded_by    uuid        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    CONSTRAINT handed_over_by_a_leader
        CHECK (payee <> 'clearing' OR (paid_by_leader IS NOT NULL AND owner_id = community_id)),
    CONSTRAINT payout_listed UNIQUE (community_id, id)
);
SELECT linli_tenant('payout');

-- Payouts of a community come one after another, and none takes more than is held. It is written before it is posted.
CREATE FUNCTION payout_is_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('payout|' || NEW.community_id, 0));
    IF NEW.fen > held_fen(NEW.community_id, CASE WHEN NEW.paid_by_leader IS NULL THEN 'clearing' ELSE 'leader' END,
                          coalesce(NEW.paid_by_leader, NEW.community_id)) THEN
        RAISE EXCEPTION 'more is paid out than is held'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_is_held', TABLE = 'payout';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER is_held BEFORE INSERT ON payout FOR EACH ROW EXECUTE FUNCTION payout_is_held();
CREATE TRIGGER is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON payout
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_kept();

-- A payout that was recorded wrongly is taken back, once.
CREATE TABLE payout_reversal (
    payout_id    uuid PRIMARY KEY,
    community_id uuid        NOT NULL,
    reason       text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
    reversed_by  uuid        NOT NULL,
    reversed_at  timestamptz NOT NULL,
    CONSTRAINT of_a_payout_here FOREIGN KEY (community_id, payout_id) REFERENCES payout (community_id, id)
);
SELECT linli_tenant('payout_reversal');

-- Cash goes back to a leader in turn with the payouts, and only while the community holds it. It is written before it is
-- posted.
CREATE FUNCTION payout_reversal_is_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('payout|' || NEW.community_id, 0));
    IF EXISTS (SELECT FROM payout
                WHERE community_id = NEW.community_id AND id = NEW.payout_id AND payee = 'clearing'
                  AND fen > held_fen(NEW.community_id, 'clearing', NEW.community_id)) THEN
        RAISE EXCEPTION 'more is taken back than is held'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_reversal_is_held', TABLE = 'payout_reversal';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER is_held BEFORE INSERT ON payout_reversal FOR EACH ROW EXECUTE FUNCTION payout_reversal_is_held();
CREATE TRIGGER is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON payout_reversal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_kept();
