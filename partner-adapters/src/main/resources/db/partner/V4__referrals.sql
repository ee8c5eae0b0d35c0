-- Help requests referred to a professional partner: no name, phone, room or household. The text is forgotten when the
-- partner has no more to do with it.
CREATE TABLE referral (
    id           uuid PRIMARY KEY,
    community_id uuid        NOT NULL,
    request_id   uuid        NOT NULL,
    partner_id   uuid        NOT NULL,
    kind         text        NOT NULL,
    urgency      text        NOT NULL,
    need         integer     NOT NULL,
    text         text,
    referred_at  timestamptz NOT NULL,
    answer_by    timestamptz NOT NULL,
    state        text        NOT NULL CHECK (state IN ('waiting', 'accepted', 'declined', 'reported', 'withdrawn')),
    CHECK ((text IS NOT NULL) = (state IN ('waiting', 'accepted')))
);

SELECT linli_tenant('referral');

CREATE INDEX referral_of_partner ON referral (community_id, partner_id, id DESC);
