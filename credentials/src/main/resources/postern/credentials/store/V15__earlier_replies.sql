-- In SQLite and in PostgreSQL alike. Times are milliseconds since 1970, UTC.

-- What the admin API answered to requests that carry a key of the caller's own, so that one that is repeated does nothing twice.
-- There is no secret in it: one that was told is not told again.
CREATE TABLE earlier_replies (
    caller TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    request TEXT NOT NULL,
    status INTEGER, -- none as long as there is no answer
    location TEXT,
    body TEXT,
    secret TEXT, -- what the member was called that it was in, if there was one
    begun_at BIGINT NOT NULL,
    PRIMARY KEY (caller, key_hash)
);

CREATE INDEX earlier_replies_by_age ON earlier_replies (begun_at);
