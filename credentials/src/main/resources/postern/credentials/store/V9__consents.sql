-- In SQLite and in PostgreSQL alike. Times are milliseconds since 1970, UTC.

-- Whom we have asked to let us into a mailbox, until they come back from the provider's page, or it is too late: one for each
-- mailbox and upstream. Of what goes with the browser there is a hash, and what stays here is worth nothing without it.
CREATE TABLE consents (
    owner TEXT NOT NULL,
    upstream TEXT NOT NULL,
    state_hash TEXT NOT NULL UNIQUE,
    kept TEXT NOT NULL,
    ends_at BIGINT NOT NULL,
    PRIMARY KEY (owner, upstream)
);

-- Which end of it has been told of, so that it is told once, whichever node sees it first.
ALTER TABLE grants ADD COLUMN told_of BIGINT;
