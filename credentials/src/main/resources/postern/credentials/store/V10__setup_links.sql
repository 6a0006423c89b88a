-- In SQLite and in PostgreSQL alike. Times are milliseconds since 1970, UTC.

-- Links that somebody sets a phone up by: each leads, once, to an app password that is sealed here. Of the link itself there is
-- a hash, so that whoever reads this table has no link; and a key from outside the store opens what is sealed.
CREATE TABLE setup_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    app_password TEXT NOT NULL REFERENCES app_passwords (id),
    address TEXT NOT NULL, -- as whom the phone logs in
    kind TEXT NOT NULL,
    key_id TEXT NOT NULL,
    wrapped_key TEXT NOT NULL,
    sealed_secret TEXT NOT NULL,
    ends_at BIGINT NOT NULL
);

CREATE INDEX setup_links_by_owner ON setup_links (owner);
