-- In SQLite and in PostgreSQL alike. Times are milliseconds since 1970, UTC.

-- Long work that an administrator has started.
CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    actor_strength TEXT,
    request TEXT,
    begun_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    total INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    place BIGINT NOT NULL DEFAULT 0, -- of the last of its items that was tried
    -- Which node does it now, and until when others wait for it to show that it lives.
    leased_by TEXT,
    leased_until BIGINT
);

CREATE INDEX jobs_by_time ON jobs (begun_at, id);

-- By what its items were chosen.
CREATE TABLE job_criteria (
    job TEXT NOT NULL REFERENCES jobs (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (job, kind, value)
);

-- What it is about, and what came of each. The app password may be gone already.
CREATE TABLE job_items (
    job TEXT NOT NULL REFERENCES jobs (id),
    place BIGINT NOT NULL,
    owner TEXT NOT NULL,
    app_password TEXT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (job, place)
);

CREATE INDEX job_items_by_owner ON job_items (owner);

-- So that many are read page by page, in the order of their owners.
CREATE INDEX app_passwords_by_owner ON app_passwords (owner, id);
