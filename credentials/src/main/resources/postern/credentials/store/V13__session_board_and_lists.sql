-- In SQLite and in PostgreSQL alike. Times are milliseconds since 1970, UTC.

-- Which nodes are there, one row for each run of one: who has not told for a while has broken down, and its sessions do not count.
CREATE TABLE session_nodes (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    beat_at BIGINT NOT NULL
);

-- Who is on the line, on all nodes. Each writes its own about once a second, and nothing is decided by it.
CREATE TABLE live_sessions (
    id TEXT NOT NULL PRIMARY KEY,
    node TEXT NOT NULL,
    owner TEXT NOT NULL,
    app_password TEXT NOT NULL,
    protocol TEXT NOT NULL,
    client TEXT NOT NULL,
    client_place TEXT NOT NULL, -- the address as 32 hexadecimal digits, so that a network is all between two of them
    device TEXT,
    tls TEXT,
    since BIGINT NOT NULL
);

CREATE INDEX live_sessions_by_owner ON live_sessions (owner, id);
CREATE INDEX live_sessions_by_app_password ON live_sessions (app_password, owner, id);
CREATE INDEX live_sessions_by_node ON live_sessions (node);

-- For lists of everybody's, page by page.
CREATE INDEX accounts_by_group ON accounts ((coalesce(owner_group, person_group)), login_name);
CREATE INDEX accounts_by_role ON accounts (role, login_name) WHERE role IS NOT NULL;
CREATE INDEX device_uses_by_version ON device_uses (speaks, app_password, device) WHERE speaks IS NOT NULL;

-- Copies out of the chained text, to search by and to count; without times, the event was written before there were any.
ALTER TABLE audit_events ADD COLUMN app_password TEXT;
ALTER TABLE audit_events ADD COLUMN token TEXT;
ALTER TABLE audit_events ADD COLUMN reason TEXT;
ALTER TABLE audit_events ADD COLUMN times BIGINT;

CREATE INDEX audit_events_by_app_password ON audit_events (app_password, sequence) WHERE app_password IS NOT NULL;
CREATE INDEX audit_events_by_token ON audit_events (token, sequence) WHERE token IS NOT NULL;
CREATE INDEX audit_events_with_reason ON audit_events (kind, happened_at) WHERE reason IS NOT NULL;
