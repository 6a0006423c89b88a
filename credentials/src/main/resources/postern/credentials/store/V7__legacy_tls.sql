-- Who still needs a version of TLS that is to be switched off: the last such login by each app password. Times are milliseconds
-- since 1970, UTC.
CREATE TABLE legacy_tls_uses (
    app_password TEXT NOT NULL PRIMARY KEY REFERENCES app_passwords (id),
    used_at BIGINT NOT NULL,
    listener TEXT NOT NULL,
    protocol TEXT NOT NULL,
    version TEXT NOT NULL,
    device TEXT,
    times BIGINT NOT NULL -- one a minute at most
);
