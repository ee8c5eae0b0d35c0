CREATE TABLE note (
    id           uuid PRIMARY KEY,
    community_id uuid        NOT NULL,
    text         text        NOT NULL,
    written_at   timestamptz NOT NULL
);
SELECT linli_tenant('note');

CREATE TABLE heard (
    event_id     uuid NOT NULL,
    community_id uuid NOT NULL,
    text         text NOT NULL
);
SELECT linli_tenant('heard');

CREATE TABLE known (
    community_id uuid NOT NULL,
    text         text NOT NULL
);
SELECT linli_tenant('known');
