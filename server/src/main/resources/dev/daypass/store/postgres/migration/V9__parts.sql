-- Accounts in parts by the time that their id begins with, facts in parts by their number. What is there stays where it is and becomes
-- the first part; servers make the others ahead of time. What fits in none goes to the last table of each.
ALTER TABLE accounts RENAME TO accounts_first;
ALTER INDEX accounts_pkey RENAME TO accounts_first_pkey;
ALTER INDEX accounts_alive_by_deadline RENAME TO accounts_first_alive_by_deadline;
ALTER INDEX accounts_by_parent RENAME TO accounts_first_by_parent;

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
) PARTITION BY RANGE (id);
CREATE INDEX accounts_alive_by_deadline ON accounts (deadline_ms) WHERE state < 2;
CREATE INDEX accounts_by_parent ON accounts (parent) WHERE parent IS NOT NULL;
CREATE TABLE accounts_other PARTITION OF accounts DEFAULT WITH (fillfactor = 70);

ALTER TABLE facts RENAME TO facts_first;
ALTER INDEX facts_pkey RENAME TO facts_first_pkey;
ALTER INDEX facts_of_account RENAME TO facts_first_of_account;

-- The ledger. Never updated, never deleted.
CREATE TABLE facts (
    seq BIGINT PRIMARY KEY,
    time_ms BIGINT NOT NULL,
    tenant TEXT NOT NULL,
    account TEXT COLLATE "C",
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    sealed BYTEA,
    leaf BYTEA NOT NULL
) PARTITION BY RANGE (seq);
CREATE INDEX facts_of_account ON facts (account, seq)
    WHERE type IN ('ApprovalAsked', 'AccountOpened', 'WideningAsked', 'WideningRefused', 'AccountWidened', 'AccountEnded');
CREATE TABLE facts_other PARTITION OF facts DEFAULT;

-- The first part of accounts ends above the newest id, whatever clock it was made by; that of facts at a full number of tiles.
DO $$
DECLARE
    newest TEXT := (SELECT max(id) FROM accounts_first);
    last BIGINT := (SELECT max(seq) FROM facts_first);
BEGIN
    IF newest IS NULL THEN
        DROP TABLE accounts_first;
    ELSE
        EXECUTE format('ALTER TABLE accounts ATTACH PARTITION accounts_first FOR VALUES FROM (MINVALUE) TO (%L)', newest || '_');
    END IF;
    IF last IS NULL THEN
        DROP TABLE facts_first;
    ELSE
        EXECUTE format('ALTER TABLE facts ATTACH PARTITION facts_first FOR VALUES FROM (MINVALUE) TO (%L)', (last / 65536 + 1) * 65536 + 1);
    END IF;
END
$$;
