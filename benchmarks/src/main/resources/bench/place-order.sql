-- One order in one call, with the writes of the service: idempotency row, serial number, stock, household's take,
-- order, lines, outbox row. Rows are locked in the service's order: the group buy first. Left out, in favour of
-- pgbench: the notification that wakes the relay, and the reading of all items. Its events are born parked, so that
-- the relay of a running service leaves them alone; a partial index takes them as it would take the others.
CREATE SCHEMA bench;
GRANT USAGE ON SCHEMA bench TO "${appRole}";

CREATE TABLE bench.resident (
    number    int PRIMARY KEY,
    community uuid NOT NULL,
    village   int  NOT NULL,
    household uuid NOT NULL,
    member    uuid NOT NULL,
    account   uuid NOT NULL
);
CREATE TABLE bench.offer (
    village   int    NOT NULL,
    number    int    NOT NULL,
    group_buy uuid   NOT NULL,
    items     uuid[] NOT NULL,
    PRIMARY KEY (village, number)
);
GRANT SELECT ON ALL TABLES IN SCHEMA bench TO "${appRole}";

CREATE FUNCTION bench.place_order(resident_number int, offer_number int, one int, other int)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    resident bench.resident;
    offer    bench.offer;
    wanted   uuid[];
    known    text;
    heading  text;
    serial   int;
    changed  int;
    new_id   uuid := uuidv7();
    new_key  text := gen_random_uuid()::text;
    told     text;
    amount   bigint;
    weight   bigint;
BEGIN
    SELECT * INTO STRICT resident FROM bench.resident WHERE number = resident_number;
    SELECT * INTO STRICT offer FROM bench.offer WHERE village = resident.village AND number = offer_number;
    wanted := ARRAY[offer.items[1 + one], offer.items[1 + other]];
    PERFORM set_config('linli.community', resident.community::text, true);
    IF NOT pg_try_advisory_xact_lock(
            hashtextextended(resident.community || '|' || resident.account || '|' || new_key, 0)) THEN
        RAISE EXCEPTION 'in flight';
    END IF;
    SELECT i.answer INTO known FROM idempotency i
     WHERE i.community_id = resident.community AND i.caller = resident.account AND i.key = new_key;

    UPDATE group_buy g SET last_serial = g.last_serial + 1
     WHERE g.id = offer.group_buy AND g.state = 'open' AND now() BETWEEN g.opens_at AND g.closes_at
    RETURNING g.last_serial, g.title INTO STRICT serial, heading;
    UPDATE item SET sold = sold + 1
     WHERE id = ANY (wanted) AND group_buy_id = offer.group_buy AND sold + 1 <= stock;
    GET DIAGNOSTICS changed = ROW_COUNT;
    IF changed <> 2 THEN
        RAISE EXCEPTION 'sold out';
    END IF;
    INSERT INTO household_take AS held (community_id, item_id, household_id, taken, allowed)
    SELECT resident.community, i.id, resident.household, 1, i.limit_per_household FROM item i WHERE i.id = ANY (wanted)
    ON CONFLICT (item_id, household_id)
    DO UPDATE SET taken = held.taken + 1 WHERE held.taken + 1 <= held.allowed;
    GET DIAGNOSTICS changed = ROW_COUNT;
    IF changed <> 2 THEN
        RAISE EXCEPTION 'over the limit';
    END IF;
    SELECT sum(i.price_fen), sum(i.weight_grams) INTO amount, weight FROM item i WHERE i.id = ANY (wanted);
    INSERT INTO orders (id, community_id, group_buy_id, household_id, member_id, serial_number, display_name, state,
                        payment, on_behalf, doorstep, amount_fen, weight_grams, placed_at)
    VALUES (new_id, resident.community, offer.group_buy, resident.household, resident.member, serial, '王*', 'placed',
            'not-awaited', false, false, amount, weight, now());
    INSERT INTO order_line (community_id, order_id, position, item_id, name, quantity, price_fen, weight_grams)
    SELECT resident.community, new_id, i.position, i.id, i.name, 1, i.price_fen, i.weight_grams
      FROM item i WHERE i.id = ANY (wanted);

    told := format('{"orderId":"%s","groupBuyId":"%s","title":"%s","householdId":"%s","serialNumber":%s,'
                   '"amountFen":%s}',
                   new_id, offer.group_buy, heading, resident.household, serial, amount);
    INSERT INTO outbox (id, community_id, type, subject, body, occurred_at, next_attempt_at, parked_at)
    VALUES (uuidv7(), resident.community, 'order.placed.v1', new_id, told, now(), now(), now());
    told := format('{"orderId":"%s","groupBuyId":"%s","householdId":"%s","serialNumber":%s,"displayName":"王*",'
                   '"state":"placed","payment":"not-awaited","doorstep":false,"lines":['
                   '{"itemId":"%s","name":"蔬菜 0","quantity":1,"priceFen":350},'
                   '{"itemId":"%s","name":"蔬菜 0","quantity":1,"priceFen":350}],'
                   '"amountFen":%s,"weightGrams":%s,"placedAt":"%s"}',
                   new_id, offer.group_buy, resident.household, serial, wanted[1], wanted[2], amount, weight, now());
    INSERT INTO idempotency (community_id, caller, key, fingerprint, answer, created_at)
    VALUES (resident.community, resident.account, new_key, encode(sha256(convert_to(told, 'UTF8')), 'hex'), told,
            now());
END $$;
GRANT EXECUTE ON FUNCTION bench.place_order TO "${appRole}";
