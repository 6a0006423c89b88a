-- In SQLite and in PostgreSQL alike. Times are milliseconds since 1970, UTC.

-- What a person administers here; nobody below them acts on them.
ALTER TABLE accounts ADD COLUMN role TEXT;
