-- In SQLite and in PostgreSQL alike.

-- Who gives tokens for it, and which mail server sees them: what was given for one is shown to no other. It is sealed with
-- the secret, so a row without it opens nothing; there is none yet.
ALTER TABLE grants ADD COLUMN given_for TEXT NOT NULL DEFAULT 'unknown';
