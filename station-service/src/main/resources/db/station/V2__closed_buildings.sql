-- Which buildings are closed, as community-service told; the applied version never goes back.
CREATE TABLE building (
    community_id uuid    NOT NULL,
    building_id  uuid    NOT NULL,
    version      bigint  NOT NULL,
    closed       boolean NOT NULL,
    PRIMARY KEY (community_id, building_id)
);
SELECT linli_tenant('building');
CREATE INDEX household_building ON household (community_id, building_id);

-- Carried to the door for no other reason than that the building is closed.
ALTER TABLE parcel
    ADD COLUMN by_closure boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT parcel_by_closure CHECK (doorstep OR NOT by_closure);
