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
