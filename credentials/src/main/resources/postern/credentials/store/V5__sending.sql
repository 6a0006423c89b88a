-- How much was sent with an app password that may send so much a day; by all nodes together, kept for a week. A day is
-- counted from 1970-01-01, UTC. Its app password may be gone already.
CREATE TABLE sent (
    app_password TEXT NOT NULL,
    day BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    recipients BIGINT NOT NULL,
    PRIMARY KEY (app_password, day)
);

CREATE INDEX sent_by_day ON sent (day);
