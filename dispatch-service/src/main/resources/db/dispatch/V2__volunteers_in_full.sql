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
