-- Whether a building is closed, and when that changes. The version counts the changes that came into force.
ALTER TABLE building
    ADD COLUMN closed          boolean NOT NULL DEFAULT false,
    ADD COLUMN changes_at      timestamptz,
    ADD COLUMN closure_reason  text,
    ADD COLUMN closure_version bigint NOT NULL DEFAULT 0 CHECK (closure_version >= 0),
    ADD CONSTRAINT building_closure_reason CHECK (NOT closed AND changes_at IS NULL OR closure_reason IS NOT NULL);
CREATE INDEX building_changes_at ON building (changes_at) WHERE changes_at IS NOT NULL;

-- Who had a building closed or reopened, when, why, and from when on; only ever added to.
CREATE TABLE closure_order (
    id           uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    building_id  uuid NOT NULL,
    closes       boolean NOT NULL,
    reason       text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 200),
    account_id   uuid NOT NULL,
    member_id    uuid,
    ordered_at   timestamptz NOT NULL,
    effective_at timestamptz NOT NULL,
    FOREIGN KEY (community_id, building_id) REFERENCES building (community_id, id)
);
CREATE INDEX closure_order_page ON closure_order (building_id, id);
SELECT linli_tenant('closure_order');
