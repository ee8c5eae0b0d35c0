-- What volunteers gave, in entries that are only ever added: time from tasks, and corrections by a coordinator.
CREATE TABLE hours_entry (
    entry_id     uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    member_id    uuid NOT NULL REFERENCES volunteer,
    task_id      uuid,
    worked       tstzrange,           -- of a task: from taking it up until it was done
    seconds      bigint NOT NULL,     -- the part of it that no earlier entry counts; signed in a correction
    counts_at    timestamptz NOT NULL,
    recorded_by  uuid,
    reason       text,
    recorded_at  timestamptz NOT NULL,
    CONSTRAINT hours_once_per_task UNIQUE (task_id, member_id),
    CONSTRAINT hours_of_a_task_or_a_correction CHECK (
        CASE WHEN task_id IS NULL
             THEN worked IS NULL AND recorded_by IS NOT NULL AND reason IS NOT NULL AND seconds <> 0
                  AND recorded_by <> member_id
             ELSE worked IS NOT NULL AND recorded_by IS NULL AND reason IS NULL AND seconds >= 0
        END)
);
CREATE INDEX hours_by_member ON hours_entry (member_id, counts_at);
CREATE INDEX hours_by_community ON hours_entry (community_id, entry_id);
SELECT linli_tenant('hours_entry');

-- The sum of a volunteer's entries. Its row is the lock under which entries are added.
CREATE TABLE hours_account (
    member_id    uuid PRIMARY KEY REFERENCES volunteer,
    community_id uuid NOT NULL,
    seconds      bigint NOT NULL DEFAULT 0 CONSTRAINT hours_not_negative CHECK (seconds >= 0)
);
SELECT linli_tenant('hours_account');

-- What a volunteer can do and wants to, told by themselves; a limit that is null is none.
ALTER TABLE volunteer
    ADD COLUMN zone                text NOT NULL DEFAULT 'Asia/Shanghai',  -- whose days count
    ADD COLUMN skills              text[] NOT NULL DEFAULT '{}' CONSTRAINT volunteer_skills CHECK (skills <@
        ARRAY['lifting', 'medicine', 'elder-care', 'child-care', 'repair', 'errands', 'languages']),
    ADD COLUMN building_ids        uuid[] NOT NULL DEFAULT '{}',           -- none: every building
    ADD COLUMN floors_on_foot_max  int CHECK (floors_on_foot_max >= 0),
    ADD COLUMN minutes_per_day_max int CHECK (minutes_per_day_max BETWEEN 1 AND 1440),
    ADD COLUMN trips_max           int CHECK (trips_max > 0),
    ADD COLUMN busy                boolean NOT NULL DEFAULT false,
    ADD COLUMN paused_until        timestamptz;

-- What a volunteer was trained in, by the word of a coordinator. A record is never changed but for its revocation.
CREATE TABLE training (
    training_id  uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    member_id    uuid NOT NULL REFERENCES volunteer,
    kind         text NOT NULL CHECK (kind IN ('drill', 'hygiene', 'lifting')),
    trained_at   timestamptz NOT NULL,
    valid_until  timestamptz NOT NULL,
    recorded_by  uuid NOT NULL,
    recorded_at  timestamptz NOT NULL,
    revoked_by   uuid,
    revoked_at   timestamptz,
    CONSTRAINT training_forward CHECK (trained_at < valid_until),
    CONSTRAINT training_revoked_by_somebody CHECK ((revoked_by IS NULL) = (revoked_at IS NULL))
);
CREATE INDEX training_by_member ON training (member_id, training_id);
SELECT linli_tenant('training');

-- Which closed buildings a volunteer entered on which day.
CREATE TABLE exposure (
    member_id    uuid NOT NULL REFERENCES volunteer,
    building_id  uuid NOT NULL,
    day          date NOT NULL,
    community_id uuid NOT NULL,
    PRIMARY KEY (member_id, building_id, day)
);
CREATE INDEX exposure_by_day ON exposure (member_id, day);
SELECT linli_tenant('exposure');

-- What formed group buys bring to doors on the day of their delivery.
CREATE TABLE capacity_reservation (
    group_buy_id uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    begins_at    timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL,
    grams        bigint NOT NULL CHECK (grams >= 0),
    CONSTRAINT capacity_reservation_forward CHECK (begins_at < ends_at)
);
CREATE INDEX capacity_reservation_by_day ON capacity_reservation (community_id, begins_at);
SELECT linli_tenant('capacity_reservation');

-- Shifts that repeat every week by the clocks of the community's zone; one that ends before it begins ends the next day.
CREATE TABLE shift_plan (
    plan_id      uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    weekday      int NOT NULL CHECK (weekday BETWEEN 1 AND 7),  -- Monday is 1
    starts_local time NOT NULL,
    ends_local   time NOT NULL,
    zone         text NOT NULL,
    places       int NOT NULL CHECK (places > 0),
    valid_from   date NOT NULL,
    valid_until  date NOT NULL,                                 -- the last day on which one may begin
    made_by      uuid NOT NULL,
    made_at      timestamptz NOT NULL,
    CONSTRAINT shift_plan_times CHECK (starts_local <> ends_local),
    CONSTRAINT shift_plan_forward CHECK (valid_from <= valid_until)
);
CREATE INDEX shift_plan_by_community ON shift_plan (community_id, plan_id);
SELECT linli_tenant('shift_plan');

-- One shift of a plan that somebody asked for a place in.
CREATE TABLE shift_occurrence (
    plan_id      uuid NOT NULL REFERENCES shift_plan,
    day          date NOT NULL,
    community_id uuid NOT NULL,
    places       int NOT NULL,
    taken        int NOT NULL DEFAULT 0,
    PRIMARY KEY (plan_id, day),
    CONSTRAINT shift_places CHECK (taken BETWEEN 0 AND places)
);
SELECT linli_tenant('shift_occurrence');

-- Who has a place in it, and who waits for one, in the order in which they came.
CREATE TABLE shift_place (
    place_id     uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    plan_id      uuid NOT NULL,
    day          date NOT NULL,
    member_id    uuid NOT NULL REFERENCES volunteer,
    starts_at    timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL,
    arrival      bigint GENERATED ALWAYS AS IDENTITY,
    shift_id     uuid REFERENCES shift,                          -- null while waiting
    FOREIGN KEY (plan_id, day) REFERENCES shift_occurrence,
    CONSTRAINT shift_place_once UNIQUE (plan_id, day, member_id)
);
CREATE INDEX shift_place_waiting ON shift_place (plan_id, day, arrival) WHERE shift_id IS NULL;
CREATE INDEX shift_place_by_community ON shift_place (community_id, place_id);
SELECT linli_tenant('shift_place');
