-- In SQLite and in PostgreSQL alike. Times are milliseconds since 1970, UTC.

CREATE TABLE people (
    login_name TEXT NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL
);

CREATE TABLE app_passwords (
    id TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL REFERENCES people (login_name),
    name TEXT NOT NULL,
    tag BIGINT NOT NULL,
    hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT
);

-- A login finds at most one candidate by this; a revoked one keeps its row but not its place.
CREATE UNIQUE INDEX app_passwords_by_tag ON app_passwords (owner, tag) WHERE revoked_at IS NULL;

-- Of each key outside the store, by which a node that has another one notices.
CREATE TABLE key_marks (
    key_name TEXT NOT NULL PRIMARY KEY,
    mark TEXT NOT NULL
);

-- Written in the transaction of the change it tells of, so that none is told without having happened.
CREATE TABLE changes (
    sequence BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    app_password TEXT,
    written_at BIGINT NOT NULL
);

-- One row, locked from the drawing of a number to the commit: numbers become visible in their order, and none is missing.
CREATE TABLE last_change (
    sequence BIGINT NOT NULL
);

INSERT INTO last_change (sequence) VALUES (0);
