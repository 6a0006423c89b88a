-- In SQLite and in PostgreSQL alike. Times are milliseconds since 1970, UTC.

-- What we log in with upstream: one for each mailbox and upstream. A row of its own beside people and their app passwords,
-- which come and go without it; an owner may also be a domain, and is then no person.
CREATE TABLE grants (
    owner TEXT NOT NULL,
    upstream TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Counts the secrets of this grant: who writes what came of an older one writes nothing.
    version BIGINT NOT NULL,
    -- All three, or none in a revoked one: the key outside the store, the row's own key under that, the secret under this.
    key_id TEXT,
    wrapped_key TEXT,
    sealed_secret TEXT,
    created_at BIGINT NOT NULL,
    refreshed_at BIGINT,
    expires_at BIGINT,
    failed_at BIGINT,
    failure_code TEXT,
    failure_words TEXT,
    -- Who refreshes it now, and until when he may keep others waiting.
    leased_by TEXT,
    leased_until BIGINT,
    PRIMARY KEY (owner, upstream)
);

CREATE INDEX grants_by_key ON grants (key_id);
