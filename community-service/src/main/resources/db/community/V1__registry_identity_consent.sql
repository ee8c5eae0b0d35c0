-- Personal texts end in _sealed (encrypted, bound to their row) or _index (keyed hash for equality); nothing else names a person.

CREATE TABLE community (
    community_id uuid PRIMARY KEY,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    zone         text NOT NULL,
    created_at   timestamptz NOT NULL
);
SELECT linli_tenant('community');

CREATE TABLE building (
    id           uuid PRIMARY KEY,
    community_id uuid NOT NULL REFERENCES community,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    x            integer NOT NULL,
    y            integer NOT NULL,
    floors       integer NOT NULL CHECK (floors BETWEEN 1 AND 150),
    lift         boolean NOT NULL,
    UNIQUE (community_id, name),
    UNIQUE (community_id, id)
);
SELECT linli_tenant('building');

-- References carry the community, because a foreign key looks past row-level security.
CREATE TABLE unit (
    id           uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    building_id  uuid NOT NULL,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    UNIQUE (building_id, name),
    UNIQUE (community_id, id),
    FOREIGN KEY (community_id, building_id) REFERENCES building (community_id, id)
);
SELECT linli_tenant('unit');

CREATE TABLE household (
    id              uuid PRIMARY KEY,
    community_id    uuid NOT NULL,
    unit_id         uuid NOT NULL,
    room_sealed     bytea NOT NULL,
    room_index      bytea NOT NULL,
    floor           integer NOT NULL CHECK (floor BETWEEN -5 AND 150),
    size            integer NOT NULL CHECK (size BETWEEN 1 AND 30),
    mobility        boolean NOT NULL DEFAULT false,
    quarantine      boolean NOT NULL DEFAULT false,
    frail           boolean NOT NULL DEFAULT false,
    station_consent boolean NOT NULL DEFAULT false,
    version         bigint NOT NULL DEFAULT 1 CHECK (version >= 1),
    UNIQUE (unit_id, room_index),
    UNIQUE (community_id, id),
    FOREIGN KEY (community_id, unit_id) REFERENCES unit (community_id, id)
);
SELECT linli_tenant('household');

CREATE TABLE member (
    id           uuid PRIMARY KEY,
    community_id uuid NOT NULL REFERENCES community,
    household_id uuid,
    name_sealed  bytea NOT NULL,
    phone_sealed bytea,
    phone_index  bytea,
    roles        text[] NOT NULL CHECK (cardinality(roles) >= 1
        AND roles <@ ARRAY['resident', 'leader', 'floor-leader', 'keeper', 'volunteer', 'coordinator', 'partner']),
    CHECK ((phone_sealed IS NULL) = (phone_index IS NULL)),
    UNIQUE (phone_index, community_id),
    FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
);
CREATE INDEX member_household ON member (household_id, id);
SELECT linli_tenant('member');

CREATE TABLE station_consent (
    id           uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    household_id uuid NOT NULL,
    granted      boolean NOT NULL,
    channel      text NOT NULL CHECK (channel IN ('app', 'paper', 'voice')),
    account_id   uuid NOT NULL,
    member_id    uuid,
    on_behalf    boolean NOT NULL,
    given_at     timestamptz NOT NULL,
    FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
);
CREATE INDEX station_consent_page ON station_consent (household_id, id);
SELECT linli_tenant('station_consent');

-- A grant is open while it was opened later than it was closed and neither its task nor its parcel has ended.
CREATE TABLE door_grant (
    community_id uuid NOT NULL,
    task_id      uuid NOT NULL,
    volunteer_id uuid NOT NULL,
    household_id uuid NOT NULL,
    parcel_id    uuid,
    opened_at    timestamptz,
    closed_at    timestamptz,
    handed_over_at timestamptz,
    undone_at    timestamptz,  -- when the hand-over was taken back
    PRIMARY KEY (community_id, task_id, volunteer_id)
);
CREATE INDEX door_grant_volunteer ON door_grant (community_id, volunteer_id, household_id);
SELECT linli_tenant('door_grant');

CREATE TABLE door_end (
    community_id uuid NOT NULL,
    subject_id   uuid NOT NULL,
    PRIMARY KEY (community_id, subject_id)
);
SELECT linli_tenant('door_end');

-- Who leads which group buy, as its service told last.
CREATE TABLE group_buy_lead (
    community_id uuid NOT NULL,
    group_buy_id uuid NOT NULL,
    version      int NOT NULL,
    leaders      uuid[] NOT NULL,
    closes_at    timestamptz NOT NULL,
    PRIMARY KEY (community_id, group_buy_id)
);
CREATE INDEX group_buy_lead_by_member ON group_buy_lead USING gin (leaders);
CREATE INDEX group_buy_lead_closed ON group_buy_lead (closes_at);
SELECT linli_tenant('group_buy_lead');

-- For whom a group buy was formed: those who lead it may see these doors.
CREATE TABLE group_buy_formed (
    community_id uuid NOT NULL,
    group_buy_id uuid NOT NULL,
    households   uuid[] NOT NULL,
    formed_at    timestamptz NOT NULL,
    PRIMARY KEY (community_id, group_buy_id)
);
CREATE INDEX group_buy_formed_at ON group_buy_formed (formed_at);
SELECT linli_tenant('group_buy_formed');

CREATE TABLE reveal (
    id           uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    household_id uuid NOT NULL,
    what         text NOT NULL CHECK (what IN ('door', 'phone-lookup', 'registry', 'packing-sheet')),
    role         text NOT NULL,
    account_id   uuid NOT NULL,
    member_id    uuid,
    task_id      uuid,
    seen_at      timestamptz NOT NULL,
    FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
);
CREATE INDEX reveal_page ON reveal (household_id, id);
SELECT linli_tenant('reveal');

-- About a household, and told to it; or, with a member, told to that member besides.
CREATE TABLE notice (
    id           uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    household_id uuid,
    member_id    uuid,
    kind         text NOT NULL,
    subject_id   uuid NOT NULL,
    data         jsonb NOT NULL,
    happened_at  timestamptz NOT NULL,
    CHECK (household_id IS NOT NULL OR member_id IS NOT NULL)
);
CREATE INDEX notice_page ON notice (household_id, id) WHERE member_id IS NULL;
CREATE INDEX notice_of_member ON notice (member_id, id) WHERE member_id IS NOT NULL;
SELECT linli_tenant('notice');

-- Which orders somebody placed for a household that is not theirs.
CREATE TABLE ordered_for (
    order_id     uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    household_id uuid NOT NULL,
    member_id    uuid NOT NULL
);
SELECT linli_tenant('ordered_for');

-- An account belongs to the platform, not to a community: one person may live in several.
CREATE TABLE account (
    id            uuid PRIMARY KEY,
    open_id_index bytea NOT NULL UNIQUE,
    phone_index   bytea UNIQUE,
    created_at    timestamptz NOT NULL
);

CREATE TABLE refresh_family (
    id         uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX refresh_family_account ON refresh_family (account_id);

CREATE TABLE refresh_token (
    hash       bytea PRIMARY KEY,
    family_id  uuid NOT NULL REFERENCES refresh_family ON DELETE CASCADE,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX refresh_token_family ON refresh_token (family_id);
