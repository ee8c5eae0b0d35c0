-- What no volunteer is asked for until a coordinator has looked; one open row per parcel or, where there is none, per task.
CREATE TABLE escalation (
    escalation_id uuid PRIMARY KEY,
    community_id  uuid NOT NULL,
    subject_id    uuid NOT NULL,
    task_id       uuid NOT NULL REFERENCES task,
    reason        text NOT NULL,
    attempts      int NOT NULL,
    raised_at     timestamptz NOT NULL,
    settled_at    timestamptz,
    settled_by    uuid,
    CONSTRAINT escalation_settled CHECK ((settled_at IS NULL) = (settled_by IS NULL))
);
CREATE UNIQUE INDEX escalation_open ON escalation (subject_id) WHERE settled_at IS NULL;
CREATE INDEX escalation_by_community ON escalation (community_id, escalation_id) WHERE settled_at IS NULL;
SELECT linli_tenant('escalation');

-- What a volunteer dropped together at one door, to be taken back together.
CREATE TABLE drop_batch (
    batch_id     uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    volunteer_id uuid NOT NULL REFERENCES volunteer,
    dropped_at   timestamptz NOT NULL
);
CREATE INDEX drop_batch_by_volunteer ON drop_batch (volunteer_id, batch_id);
SELECT linli_tenant('drop_batch');

CREATE INDEX task_by_batch ON task (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX task_by_building ON task (building_id, task_id);

-- Where a task stands in its volunteer's route, once an assignment has said so.
ALTER TABLE task ADD COLUMN stop_no int CHECK (stop_no >= 1);
ALTER TABLE task ADD COLUMN eta timestamptz;
