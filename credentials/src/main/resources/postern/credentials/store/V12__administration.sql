-- In SQLite and in PostgreSQL alike. Times are milliseconds since 1970, UTC.

-- What a person administers here; nobody below them acts on them.
ALTER TABLE accounts ADD COLUMN role TEXT;

-- Tokens of the admin API. Of each there is a hash, and 178 drawn bits stand behind it: whoever reads this table has no token.
CREATE TABLE api_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    scopes TEXT, -- null: all that the role may
    networks TEXT NOT NULL, -- empty: from anywhere
    created_at BIGINT NOT NULL,
    creator_kind TEXT,
    creator TEXT, -- null: they were erased
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    used_from TEXT,
    revoked_at BIGINT,
    rotated_to TEXT
);
