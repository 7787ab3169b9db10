-- Facts: the ledger. Never updated, never deleted.
CREATE TABLE facts (
    seq INTEGER PRIMARY KEY,
    time_ms INTEGER NOT NULL,
    tenant TEXT NOT NULL,
    account TEXT,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    link BLOB NOT NULL
);

-- Today's state, changed in the same transaction as the facts.
CREATE TABLE agents (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    ceiling TEXT,
    default_tasks TEXT NOT NULL,
    jwk TEXT,
    thumbprint TEXT,
    enrolment_hash BLOB,
    enrolment_until_ms INTEGER,
    PRIMARY KEY (tenant, name)
) WITHOUT ROWID;

CREATE TABLE services (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    upstream TEXT NOT NULL,
    catalog TEXT NOT NULL,
    credential_kind TEXT NOT NULL,
    credential BLOB,
    PRIMARY KEY (tenant, name)
);

CREATE TABLE rules (
    tenant TEXT PRIMARY KEY,
    text TEXT NOT NULL
) WITHOUT ROWID;

-- One small row an account. What only a living account needs, its grant and its task, is read from the fact that
-- opened it.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    agent TEXT NOT NULL,
    state INTEGER NOT NULL,
    reason INTEGER,
    opened_ms INTEGER NOT NULL,
    deadline_ms INTEGER NOT NULL,
    ended_ms INTEGER,
    parent TEXT,
    calls_max INTEGER,
    calls_used INTEGER NOT NULL DEFAULT 0,
    opening INTEGER -- the fact, while the account lives
) WITHOUT ROWID;
CREATE INDEX accounts_alive_by_deadline ON accounts (deadline_ms) WHERE state < 2;
CREATE INDEX accounts_by_parent ON accounts (parent) WHERE parent IS NOT NULL;

CREATE TABLE usage (
    tenant TEXT NOT NULL,
    agent TEXT NOT NULL,
    service TEXT NOT NULL,
    day INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    PRIMARY KEY (tenant, agent, service, day)
) WITHOUT ROWID;
