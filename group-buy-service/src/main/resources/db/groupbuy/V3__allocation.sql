-- What a policy has to know of a household, as far as the registry told; the highest version counts.
CREATE TABLE household (
    community_id uuid   NOT NULL,
    household_id uuid   NOT NULL,
    version      bigint NOT NULL,
    members      int    NOT NULL CHECK (members BETWEEN 1 AND 100),
    need         int    NOT NULL CHECK (need >= 0),
    building_id  uuid,
    PRIMARY KEY (community_id, household_id)
);
SELECT linli_tenant('household');

-- Who got how much of an item, and all that decided it; `run` 1 is the close, later ones are deliveries.
CREATE TABLE allocation (
    id           uuid PRIMARY KEY,
    community_id uuid        NOT NULL,
    group_buy_id uuid        NOT NULL REFERENCES group_buy,
    item_id      uuid        NOT NULL REFERENCES item,
    run          int         NOT NULL CHECK (run >= 1),
    occasion     text        NOT NULL CHECK (occasion IN ('close', 'delivery')),
    policy       text        NOT NULL,
    supply       bigint      NOT NULL,
    claimed      bigint      NOT NULL,
    granted      bigint      NOT NULL,
    made_at      timestamptz NOT NULL,
    input        jsonb       NOT NULL,
    grants       jsonb       NOT NULL,
    UNIQUE (item_id, run),
    CONSTRAINT never_more_than_there_is CHECK (granted BETWEEN 0 AND least(supply, claimed)),
    CONSTRAINT the_close_comes_first CHECK ((occasion = 'close') = (run = 1))
);
SELECT linli_tenant('allocation');
CREATE INDEX allocation_listed ON allocation (group_buy_id, id);

CREATE FUNCTION allocation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an allocation stays as it was made' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER allocation_stays BEFORE UPDATE OR DELETE ON allocation
    FOR EACH ROW EXECUTE FUNCTION allocation_stays();
