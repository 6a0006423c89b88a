-- What was decided and changed, each line bound to the one before it. In SQLite and in PostgreSQL alike.

-- The chained text and its digest never change. What is personal stands beside it, each with the salt of the commitment
-- that is in the chained text: both are nulled when they may no longer be kept.
CREATE TABLE audit_events (
    sequence BIGINT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    happened_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT,
    actor TEXT,
    chained TEXT NOT NULL,
    digest TEXT NOT NULL,
    personal TEXT,
    personal_salt TEXT,
    actor_name TEXT,
    actor_salt TEXT,
    address TEXT,
    address_salt TEXT
);

CREATE INDEX audit_events_by_subject ON audit_events (subject, sequence);
CREATE INDEX audit_events_by_actor ON audit_events (actor, sequence);
CREATE INDEX audit_events_by_kind ON audit_events (kind, sequence);
CREATE INDEX audit_events_with_address ON audit_events (happened_at) WHERE address IS NOT NULL;

-- The only place where a name and its pseudonym meet.
CREATE TABLE audit_subjects (
    login_name TEXT NOT NULL PRIMARY KEY,
    pseudonym TEXT NOT NULL UNIQUE
);

-- One row, locked from the drawing of a sequence to the commit, as last_change is and for its reasons. It knows both ends:
-- the last entry, and the last of those that are no longer kept.
CREATE TABLE audit_chain (
    pruned_sequence BIGINT NOT NULL,
    pruned_digest TEXT NOT NULL,
    last_sequence BIGINT NOT NULL,
    last_digest TEXT NOT NULL
);

INSERT INTO audit_chain (pruned_sequence, pruned_digest, last_sequence, last_digest)
VALUES (
    0, '0000000000000000000000000000000000000000000000000000000000000000',
    0, '0000000000000000000000000000000000000000000000000000000000000000'
);
