-- What the lockout knows beyond one node and one start. Written behind the login, never for each one.

CREATE TABLE familiar_sources (
    account TEXT NOT NULL REFERENCES accounts (login_name),
    network TEXT NOT NULL, -- in CIDR notation
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (account, network)
);

CREATE INDEX familiar_sources_by_time ON familiar_sources (seen_at);

-- One row for each hold, whatever the number of guesses that led to it.
CREATE TABLE holds (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL, -- a login name, of an account or not; or a network in CIDR notation
    times INTEGER NOT NULL,
    held_until BIGINT NOT NULL,
    PRIMARY KEY (kind, subject)
);
