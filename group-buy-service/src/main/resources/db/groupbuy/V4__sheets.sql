-- A frozen sheet: what it says of people is sealed, and whatever was printed stays as it is, until what it says is
-- forgotten; its number is never given again.
CREATE TABLE packing_sheet (
    community_id   uuid        NOT NULL,
    group_buy_id   uuid        NOT NULL REFERENCES group_buy,
    version        int         NOT NULL CHECK (version >= 1),
    frozen_at      timestamptz NOT NULL,
    frozen_by      uuid        NOT NULL,
    orders         int         NOT NULL CHECK (orders >= 0),
    lines          int         NOT NULL CHECK (lines >= orders),
    content_sealed bytea,
    PRIMARY KEY (group_buy_id, version)
);
SELECT linli_tenant('packing_sheet');
CREATE INDEX packing_sheet_to_forget ON packing_sheet (frozen_at) WHERE content_sealed IS NOT NULL;

CREATE FUNCTION packing_sheet_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.content_sealed IS NULL AND to_jsonb(NEW) - 'content_sealed' = to_jsonb(OLD) - 'content_sealed' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a frozen packing sheet stays as it is' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER packing_sheet_stays BEFORE UPDATE ON packing_sheet
    FOR EACH ROW EXECUTE FUNCTION packing_sheet_stays();

-- What an import would do, until its leader confirms it or it expires: household ids and masked names, no more.
CREATE TABLE sheet_import (
    id           uuid PRIMARY KEY,
    community_id uuid        NOT NULL,
    group_buy_id uuid        NOT NULL REFERENCES group_buy,
    leader_id    uuid        NOT NULL,
    state        text        NOT NULL CHECK (state IN ('open', 'confirmed')),
    plan         text,
    expires_at   timestamptz NOT NULL,
    CONSTRAINT only_open_imports_keep_their_plan CHECK ((state = 'open') = (plan IS NOT NULL))
);
SELECT linli_tenant('sheet_import');
CREATE INDEX sheet_import_expired ON sheet_import (expires_at);

-- Which lines of spreadsheets have become orders: a hash of household, serial number and item.
CREATE TABLE imported_line (
    community_id uuid NOT NULL,
    group_buy_id uuid NOT NULL REFERENCES group_buy,
    fingerprint  text NOT NULL,
    PRIMARY KEY (group_buy_id, fingerprint)
);
SELECT linli_tenant('imported_line');
