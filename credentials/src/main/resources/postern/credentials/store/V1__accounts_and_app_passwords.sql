-- In SQLite and in PostgreSQL alike. Times are milliseconds since 1970, UTC; yes is 1, no is 0; lists have spaces between.

CREATE TABLE accounts (
    login_name TEXT NOT NULL PRIMARY KEY,
    owner_group TEXT, -- of a device; a person has none
    second_step INTEGER NOT NULL,
    enabled INTEGER NOT NULL,
    mailbox TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Every name that leads to an account, its own among them: so no name leads to two.
CREATE TABLE login_names (
    name TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (login_name)
);

CREATE INDEX login_names_by_account ON login_names (account);

CREATE TABLE app_passwords (
    id TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL REFERENCES accounts (login_name),
    name TEXT NOT NULL,
    lookup_key TEXT,
    tag BIGINT,
    external_id TEXT, -- of one that was imported: what it was called where it came from
    hash TEXT NOT NULL, -- empty when it is revoked
    pepper TEXT, -- none in a hash that was imported
    protocols TEXT NOT NULL,
    networks TEXT NOT NULL,
    not_before BIGINT,
    expires_at BIGINT,
    messages_per_day INTEGER,
    recipients_per_day INTEGER,
    senders TEXT NOT NULL,
    pin TEXT NOT NULL,
    pinned_device TEXT,
    suspended INTEGER NOT NULL,
    misses INTEGER NOT NULL DEFAULT 0, -- of one that was imported: in a row
    created_at BIGINT NOT NULL,
    resumed_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- A login finds at most one by this, a living one or one that is remembered.
CREATE UNIQUE INDEX app_passwords_by_tag ON app_passwords (owner, lookup_key, tag);

-- Whoever imports the same file twice has it once.
CREATE UNIQUE INDEX app_passwords_by_external_id ON app_passwords (external_id);

CREATE TABLE last_uses (
    app_password TEXT NOT NULL PRIMARY KEY REFERENCES app_passwords (id),
    used_at BIGINT NOT NULL,
    protocol TEXT NOT NULL,
    client TEXT NOT NULL,
    device TEXT
);

-- What is not said here is said by the layer below.
CREATE TABLE policies (
    subject TEXT NOT NULL PRIMARY KEY,
    app_passwords TEXT,
    second_step_required INTEGER,
    most_per_account INTEGER,
    secret_length INTEGER,
    protocols TEXT,
    longest_life BIGINT,
    unused_after BIGINT,
    issuers TEXT
);

-- Keys are kept outside; these are those that something here was made under.
CREATE TABLE key_marks (
    ring TEXT NOT NULL,
    key_id TEXT NOT NULL,
    PRIMARY KEY (ring, key_id)
);

-- Written in the transaction of the change it tells of, so that none is told without having happened.
CREATE TABLE changes (
    sequence BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    app_password TEXT,
    written_at BIGINT NOT NULL
);

-- One row, locked from the drawing of a number to the commit: numbers become visible in their order, and none is missing.
CREATE TABLE last_change (
    sequence BIGINT NOT NULL
);

INSERT INTO last_change (sequence) VALUES (0);
