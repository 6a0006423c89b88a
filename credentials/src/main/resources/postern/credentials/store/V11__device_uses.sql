-- In SQLite and in PostgreSQL alike. Times are milliseconds since 1970, UTC.

-- Which devices log in with an app password, if they say who they are: the latest few of each.
CREATE TABLE device_uses (
    app_password TEXT NOT NULL REFERENCES app_passwords (id),
    protocol TEXT NOT NULL,
    device TEXT NOT NULL, -- without its version
    shown TEXT NOT NULL, -- with it, as the device said it last
    speaks TEXT, -- the version of ActiveSync
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (app_password, protocol, device)
);

CREATE INDEX device_uses_by_time ON device_uses (last_at);
