-- 1 where a service verifies access tokens itself.
ALTER TABLE services ADD COLUMN verifies_tokens INTEGER NOT NULL DEFAULT 0;

-- Where in a status list the tokens of an account are looked up; only of accounts that need it.
CREATE TABLE status_entries (
    account TEXT PRIMARY KEY,
    list TEXT NOT NULL,
    number INTEGER NOT NULL
) WITHOUT ROWID;

CREATE UNIQUE INDEX status_entries_of_list ON status_entries (list, number);

-- Receivers of events.
CREATE TABLE event_streams (
    id TEXT PRIMARY KEY,
    endpoint TEXT NOT NULL,
    audience TEXT NOT NULL,
    credential BLOB -- sealed; what the authorization field says
);

-- Events on their way; a row is gone once its receiver has taken it.
CREATE TABLE event_deliveries (
    stream TEXT NOT NULL,
    fact INTEGER NOT NULL, -- that says what happened
    tries INTEGER NOT NULL DEFAULT 0,
    due_ms INTEGER, -- NULL where nobody tries any more
    problem TEXT,
    PRIMARY KEY (stream, fact)
) WITHOUT ROWID;

CREATE INDEX event_deliveries_due ON event_deliveries (due_ms) WHERE due_ms IS NOT NULL;

-- Events that came in, so that none counts twice.
CREATE TABLE events_received (
    issuer TEXT NOT NULL,
    jti TEXT NOT NULL,
    hash BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (issuer, jti)
) WITHOUT ROWID;
