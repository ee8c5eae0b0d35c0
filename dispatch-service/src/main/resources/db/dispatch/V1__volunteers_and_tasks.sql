-- Where the buildings stand, told by community-service.
CREATE TABLE building (
    building_id  uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    name         text NOT NULL,
    x            double precision NOT NULL,  -- metres east of the gate
    y            double precision NOT NULL,  -- metres north of the gate
    floors       int NOT NULL,
    lift         boolean NOT NULL,
    closed       boolean NOT NULL DEFAULT false,  -- going in exposes a volunteer
    closure_version bigint NOT NULL DEFAULT 0
);
SELECT linli_tenant('building');

-- On which floor a household lives and how badly it needs help, told by community-service; the newest version counts.
CREATE TABLE home (
    household_id uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    building_id  uuid NOT NULL,
    floor        int NOT NULL,
    need_level   int NOT NULL CHECK (need_level >= 1),
    version      bigint NOT NULL
);
SELECT linli_tenant('home');

CREATE TABLE volunteer (
    member_id      uuid PRIMARY KEY,
    community_id   uuid NOT NULL,
    max_load_grams int NOT NULL CHECK (max_load_grams > 0),
    load_grams     bigint NOT NULL DEFAULT 0 CHECK (load_grams >= 0),  -- kept by the trigger task_load
    start_x        double precision NOT NULL,
    start_y        double precision NOT NULL
);
CREATE INDEX volunteer_by_community ON volunteer (community_id, member_id);
SELECT linli_tenant('volunteer');

-- A range over uuid lets GiST compare the member without the extension btree_gist.
CREATE TYPE uuidrange AS RANGE (subtype = uuid);

CREATE TABLE shift (
    shift_id     uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    member_id    uuid NOT NULL REFERENCES volunteer,
    starts_at    timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL,
    CONSTRAINT shift_forward CHECK (starts_at < ends_at),
    CONSTRAINT shift_overlap EXCLUDE USING gist (
        uuidrange(member_id, member_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&)
);
CREATE INDEX shift_by_community ON shift (community_id, ends_at);
SELECT linli_tenant('shift');

-- One row per parcel that was heard of: the newest version that became ready, and whether it is over.
CREATE TABLE parcel (
    parcel_id     uuid PRIMARY KEY,
    community_id  uuid NOT NULL,
    ready_version bigint NOT NULL,
    over          boolean NOT NULL,
    attempts      int NOT NULL DEFAULT 0,  -- how many tasks with it failed
    not_before    timestamptz              -- when to try again
);
SELECT linli_tenant('parcel');

-- Something that a volunteer does for a household; a delivery is of a parcel, another attempt with it is another task.
CREATE TABLE task (
    task_id         uuid PRIMARY KEY,
    community_id    uuid NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('delivery', 'return', 'errand', 'medicine', 'check-in')),
    household_id    uuid NOT NULL,
    building_id     uuid NOT NULL REFERENCES building,
    building_name   text NOT NULL,
    x               double precision NOT NULL,
    y               double precision NOT NULL,
    floor           int NOT NULL,
    lift            boolean NOT NULL,
    parcel_id       uuid REFERENCES parcel,
    parcel_version  bigint,
    label           text,
    weight_grams    bigint NOT NULL CHECK (weight_grams >= 0),
    qualifications  text[] NOT NULL,
    need_level      int NOT NULL CHECK (need_level >= 1),
    earliest        timestamptz,
    latest          timestamptz,
    closed_building boolean NOT NULL,
    note            text CHECK (char_length(note) <= 200),  -- forgotten when the task is over
    attempt         int NOT NULL CHECK (attempt >= 1),
    not_before      timestamptz,
    version         int NOT NULL,
    state           text NOT NULL,
    since           timestamptz NOT NULL,
    volunteer_id    uuid REFERENCES volunteer,
    offered_until   timestamptz,
    started_at      timestamptz,  -- when the volunteer's time began to count
    proof_kind      text CHECK (proof_kind IN ('photo', 'code', 'voice')),
    proof_reference text,
    proof_sha256    text CHECK (proof_sha256 ~ '^[0-9a-f]{64}$'),
    batch_id        uuid,  -- what was dropped together
    confirmed_by    text CHECK (confirmed_by IN ('resident', 'floor-leader', 'keeper', 'auto')),
    failure_reason  text CHECK (
        failure_reason IN ('not-home', 'refused', 'wrong-address', 'not-ready', 'unsafe', 'other')),
    was_collected   boolean,
    CONSTRAINT task_once_per_parcel_version UNIQUE (parcel_id, parcel_version),
    CONSTRAINT task_window CHECK (earliest < latest),
    CONSTRAINT task_parcel CHECK (
        CASE WHEN kind = 'delivery' THEN num_nonnulls(parcel_id, parcel_version, label) = 3
             ELSE num_nonnulls(parcel_id, parcel_version, label) = 0 END),
    CONSTRAINT task_proof CHECK (proof_kind IS DISTINCT FROM 'photo' OR proof_sha256 IS NOT NULL),
    CONSTRAINT task_state CHECK (
        CASE state
            WHEN 'waiting' THEN volunteer_id IS NULL
            WHEN 'offered' THEN volunteer_id IS NOT NULL AND offered_until IS NOT NULL
            WHEN 'accepted' THEN volunteer_id IS NOT NULL
            WHEN 'collected' THEN volunteer_id IS NOT NULL AND kind IN ('delivery', 'return')
            WHEN 'on-the-way' THEN volunteer_id IS NOT NULL AND started_at IS NOT NULL
            WHEN 'dropped' THEN volunteer_id IS NOT NULL AND started_at IS NOT NULL AND proof_kind IS NOT NULL
            WHEN 'delivered' THEN volunteer_id IS NOT NULL AND started_at IS NOT NULL AND proof_kind IS NOT NULL
                AND confirmed_by IS NOT NULL
            WHEN 'failed' THEN volunteer_id IS NOT NULL AND failure_reason IS NOT NULL AND was_collected IS NOT NULL
            WHEN 'cancelled' THEN volunteer_id IS NULL
            ELSE false
        END)
);
CREATE INDEX task_waiting ON task (community_id, task_id) WHERE state = 'waiting';
CREATE INDEX task_offered ON task (offered_until) WHERE state = 'offered';
CREATE INDEX task_dropped ON task (since) WHERE state = 'dropped';
CREATE INDEX task_dropped_in_community ON task (community_id, since) WHERE state = 'dropped';
CREATE INDEX task_in_hand ON task (community_id, volunteer_id) WHERE state IN ('offered', 'accepted', 'collected', 'on-the-way');
CREATE INDEX task_by_volunteer ON task (volunteer_id, task_id);
CREATE INDEX task_by_household ON task (household_id, task_id);
CREATE INDEX task_by_community ON task (community_id, task_id);
SELECT linli_tenant('task');

-- Who said no to a parcel or, where there is none, to a task (for ever), or let its offer run out or failed with it (for a while).
-- It outlives the task of a parcel: a later attempt with the same parcel asks nobody who refused it.
CREATE TABLE task_pass (
    subject_id   uuid NOT NULL,
    volunteer_id uuid NOT NULL REFERENCES volunteer,
    community_id uuid NOT NULL,
    barred_until timestamptz NOT NULL,
    PRIMARY KEY (subject_id, volunteer_id)
);
SELECT linli_tenant('task_pass');

-- Work for the assignment: look at this community's waiting tasks once the time has come.
CREATE TABLE due_assignment (
    id           uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    due_at       timestamptz NOT NULL
);
CREATE INDEX due_assignment_due ON due_assignment (due_at);
CREATE INDEX due_assignment_by_community ON due_assignment (community_id, due_at);
SELECT linli_tenant('due_assignment');

-- Keeps each volunteer's load, whoever changes a task, and refuses an offer above the limit.
CREATE FUNCTION task_load() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held_before boolean := TG_OP = 'UPDATE' AND OLD.state IN ('offered', 'accepted', 'collected', 'on-the-way');
    held_now    boolean := NEW.state IN ('offered', 'accepted', 'collected', 'on-the-way');
    within      boolean;
BEGIN
    IF held_before AND held_now AND OLD.volunteer_id = NEW.volunteer_id THEN
        RETURN NULL;
    END IF;
    -- In the order in which assignments lock them: a parcel may go from one volunteer's hands to another's.
    IF held_before AND held_now THEN
        PERFORM FROM volunteer WHERE member_id IN (OLD.volunteer_id, NEW.volunteer_id)
            ORDER BY member_id FOR NO KEY UPDATE;
    END IF;
    IF held_before THEN
        UPDATE volunteer SET load_grams = load_grams - OLD.weight_grams WHERE member_id = OLD.volunteer_id;
    END IF;
    IF held_now THEN
        UPDATE volunteer SET load_grams = load_grams + NEW.weight_grams WHERE member_id = NEW.volunteer_id
            RETURNING load_grams <= max_load_grams INTO within;
        -- Only an offer is ours to refuse: what the station handed out is carried, however heavy.
        IF NEW.state = 'offered' AND within IS NOT TRUE THEN
            RAISE EXCEPTION 'volunteer % would hold more than the limit', NEW.volunteer_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'volunteer_load_limit';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER task_load AFTER INSERT OR UPDATE OF state, volunteer_id ON task
    FOR EACH ROW EXECUTE FUNCTION task_load();
