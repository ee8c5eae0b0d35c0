-- What households need help with. The words stand in help_text and help_medicine.
CREATE TABLE help_request (
    request_id           uuid PRIMARY KEY,
    community_id         uuid NOT NULL,
    household_id         uuid NOT NULL,
    building_id          uuid,
    asked_by             uuid NOT NULL,
    kind                 text NOT NULL CHECK (kind IN (
        'medicine', 'errand', 'medical-advice', 'psychological-advice', 'repair', 'check-in-visit')),
    urgency              text NOT NULL CHECK (urgency IN ('life-threatening', 'urgent', 'today', 'this-week')),
    need                 int NOT NULL CHECK (need BETWEEN 0 AND 3),
    asked_at             timestamptz NOT NULL,
    version              int NOT NULL,
    round                int NOT NULL CHECK (round >= 0),
    since                timestamptz NOT NULL,
    clock_from           timestamptz NOT NULL,
    first_answer_millis  bigint NOT NULL CHECK (first_answer_millis > 0),
    resolution_millis    bigint NOT NULL CHECK (resolution_millis >= first_answer_millis),
    level                text NOT NULL CHECK (level IN ('none', 'coordinator', 'street')),
    escalated_at         timestamptz,
    state                text NOT NULL,
    helper_kind          text CHECK (helper_kind IN ('volunteer', 'partner')),
    helper_reference     uuid,
    helper_member        uuid,
    rated                boolean NOT NULL DEFAULT false,
    rank_at              timestamptz,  -- what the queue is ordered by, while the clock runs
    escalate_at          timestamptz,  -- when the timer has to look again
    CONSTRAINT help_escalated CHECK ((level = 'none') = (escalated_at IS NULL)),
    CONSTRAINT help_clock CHECK ((rank_at IS NULL) = (state IN ('answered', 'closed', 'cancelled'))),
    CONSTRAINT help_rated CHECK (NOT rated OR state = 'closed'),
    CONSTRAINT help_state CHECK (
        CASE state
            WHEN 'open' THEN num_nonnulls(helper_kind, helper_reference, helper_member) = 0
            WHEN 'triaged' THEN num_nonnulls(helper_kind, helper_reference, helper_member) = 0
            WHEN 'matched' THEN helper_kind IS NOT DISTINCT FROM 'volunteer' AND helper_reference IS NOT NULL
                AND helper_member IS NULL
            WHEN 'referred' THEN helper_kind IS NOT DISTINCT FROM 'partner' AND num_nulls(helper_reference, helper_member) = 0
            WHEN 'in-progress' THEN num_nulls(helper_kind, helper_reference, helper_member) = 0
            WHEN 'answered' THEN num_nulls(helper_kind, helper_reference, helper_member) = 0
            WHEN 'closed' THEN num_nonnulls(helper_kind, helper_reference, helper_member) = 0
            WHEN 'cancelled' THEN num_nonnulls(helper_kind, helper_reference, helper_member) = 0
            ELSE false
        END)
);
CREATE INDEX help_request_by_community ON help_request (community_id, request_id);
CREATE INDEX help_request_by_household ON help_request (household_id, request_id);
CREATE INDEX help_request_by_asker ON help_request (asked_by, request_id);
CREATE INDEX help_request_queue ON help_request (community_id, rank_at, request_id) WHERE state IN ('open', 'triaged');
CREATE INDEX help_request_escalating ON help_request (escalate_at) WHERE escalate_at IS NOT NULL;
CREATE INDEX help_request_asked ON help_request (community_id, asked_at);
CREATE UNIQUE INDEX help_request_helper ON help_request (helper_reference) WHERE helper_reference IS NOT NULL;
SELECT linli_tenant('help_request');

-- What was said, apart from what is listed: who may read it is decided for each look; forgotten like the medicine.
CREATE TABLE help_text (
    request_id   uuid PRIMARY KEY REFERENCES help_request,
    community_id uuid NOT NULL,
    text         text NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
    report       text CHECK (length(report) <= 2000)
);
SELECT linli_tenant('help_text');

-- Never in an event, a list, a log or a stored answer; forgotten when it is not needed any more.
CREATE TABLE help_medicine (
    request_id        uuid PRIMARY KEY REFERENCES help_request,
    community_id      uuid NOT NULL,
    what              text NOT NULL CHECK (length(what) BETWEEN 1 AND 300),
    fetch_at          text NOT NULL CHECK (length(fetch_at) BETWEEN 1 AND 300),
    prescription_note text CHECK (length(prescription_note) <= 300)
);
SELECT linli_tenant('help_medicine');

-- Which helper looked at the medicine; for the household to read.
CREATE TABLE help_look (
    look_id      uuid PRIMARY KEY,
    community_id uuid NOT NULL,
    request_id   uuid NOT NULL REFERENCES help_request,
    member_id    uuid NOT NULL,
    seen_at      timestamptz NOT NULL
);
CREATE INDEX help_look_of_request ON help_look (request_id, look_id);
SELECT linli_tenant('help_look');

CREATE TABLE help_rating (
    request_id   uuid NOT NULL REFERENCES help_request,
    round        int NOT NULL,
    community_id uuid NOT NULL,
    stars        int NOT NULL CHECK (stars BETWEEN 1 AND 5),
    comment      text CHECK (length(comment) <= 500),
    rated_by     uuid NOT NULL,
    rated_at     timestamptz NOT NULL,
    PRIMARY KEY (request_id, round)
);
SELECT linli_tenant('help_rating');

-- The whistle log: each level once in each round.
CREATE TABLE help_escalation (
    escalation_id uuid PRIMARY KEY,
    community_id  uuid NOT NULL,
    request_id    uuid NOT NULL REFERENCES help_request,
    round         int NOT NULL,
    level         text NOT NULL CHECK (level IN ('coordinator', 'street')),
    happened_at   timestamptz NOT NULL,
    UNIQUE (request_id, round, level)
);
CREATE INDEX help_escalation_by_community ON help_escalation (community_id, escalation_id);
SELECT linli_tenant('help_escalation');
