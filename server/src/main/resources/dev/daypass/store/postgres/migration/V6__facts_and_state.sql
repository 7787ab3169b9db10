-- The tables of the SQLite migrations 1 to 6, for PostgreSQL. Ids are compared by their bytes.

-- Facts: the ledger, the leaves of a tree (RFC 6962). Never updated, never deleted.
CREATE TABLE facts (
    seq BIGINT PRIMARY KEY,
    time_ms BIGINT NOT NULL,
    tenant TEXT NOT NULL,
    account TEXT COLLATE "C",
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    sealed BYTEA,
    leaf BYTEA NOT NULL
);
-- What happened to one account, for those who follow it: its calls are not among it.
CREATE INDEX facts_of_account ON facts (account, seq)
    WHERE type IN ('ApprovalAsked', 'AccountOpened', 'WideningAsked', 'WideningRefused', 'AccountWidened', 'AccountEnded');

-- Roots of full tiles: level 1 is over 256 facts, level 2 over 65,536. Never updated, never deleted.
CREATE TABLE tree (
    level BIGINT NOT NULL,
    number BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (level, number)
);

-- One row: how many facts there are, and the perfect subtrees that the next one is appended to. Who locks it appends.
CREATE TABLE sequencer (
    id BIGINT PRIMARY KEY,
    size BIGINT NOT NULL,
    frontier BYTEA NOT NULL
);

-- Keys of accounts, sealed by the master key; destroyed, what they sealed is unreadable for ever.
CREATE TABLE account_keys (
    account TEXT COLLATE "C" PRIMARY KEY,
    sealed BYTEA, -- NULL once it was destroyed
    owner BYTEA -- a tag of the user
);
CREATE INDEX account_keys_of_user ON account_keys (owner) WHERE owner IS NOT NULL;

-- Today's state, changed in the same transaction as the facts.
CREATE TABLE agents (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    ceiling TEXT,
    default_tasks TEXT NOT NULL,
    jwk TEXT,
    thumbprint TEXT,
    enrolment_hash BYTEA,
    enrolment_until_ms BIGINT,
    PRIMARY KEY (tenant, name)
);

CREATE TABLE services (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    upstream TEXT NOT NULL,
    catalog TEXT NOT NULL,
    credential_kind TEXT NOT NULL,
    credential BYTEA,
    accept_unbound BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, name)
);

CREATE TABLE rules (
    tenant TEXT PRIMARY KEY,
    text TEXT NOT NULL
);

CREATE TABLE accounts (
    id TEXT COLLATE "C" PRIMARY KEY,
    tenant TEXT NOT NULL,
    agent TEXT NOT NULL,
    state BIGINT NOT NULL,
    reason BIGINT,
    opened_ms BIGINT NOT NULL,
    deadline_ms BIGINT NOT NULL,
    ended_ms BIGINT,
    parent TEXT COLLATE "C",
    calls_max BIGINT,
    calls_used BIGINT NOT NULL DEFAULT 0,
    opening BIGINT -- the fact, while the account lives
) WITH (fillfactor = 70); -- an account changes a few times in its short life: in place
CREATE INDEX accounts_alive_by_deadline ON accounts (deadline_ms) WHERE state < 2;
CREATE INDEX accounts_by_parent ON accounts (parent) WHERE parent IS NOT NULL;

CREATE TABLE widenings (
    account TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL, -- from 1
    fact BIGINT NOT NULL, -- the newest about it
    waits BIGINT NOT NULL, -- 1 while a human has to decide
    PRIMARY KEY (account, number)
);
CREATE INDEX widenings_waiting ON widenings (account) WHERE waits = 1;

CREATE TABLE corrections (
    tenant TEXT NOT NULL,
    service TEXT NOT NULL,
    operation TEXT NOT NULL,
    traits TEXT NOT NULL, -- words, with a comma between them
    operator TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, service, operation)
);

CREATE TABLE tool_changes (
    tenant TEXT NOT NULL,
    service TEXT NOT NULL,
    tool TEXT NOT NULL,
    hash TEXT NOT NULL,
    definition TEXT,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, service, tool)
);

CREATE TABLE usage (
    tenant TEXT NOT NULL,
    agent TEXT NOT NULL,
    service TEXT NOT NULL,
    day BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    PRIMARY KEY (tenant, agent, service, day)
);
