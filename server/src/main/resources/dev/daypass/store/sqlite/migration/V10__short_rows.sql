-- Rows of facts in fewer bytes: ids of accounts as their 128 bits, types as numbers, bodies packed from now on. What the tree commits
-- to is the same. What is copied leaves nothing behind: a key that is destroyed later is nowhere.
PRAGMA secure_delete = ON;

-- The 128 bits of each id: 26 digits of 5 bits (Crockford's), of which the first two bits are 0.
CREATE TABLE ids (text TEXT PRIMARY KEY, bits BLOB) WITHOUT ROWID;
INSERT INTO ids (text) SELECT account FROM account_keys UNION SELECT account FROM facts WHERE account IS NOT NULL;
UPDATE ids SET bits = unhex(printf('%016X%016X',
    ((((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 5, 1)) - 1) << 60)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 6, 1)) - 1) << 55)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 7, 1)) - 1) << 50)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 8, 1)) - 1) << 45)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 9, 1)) - 1) << 40)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 10, 1)) - 1) << 35)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 11, 1)) - 1) << 30)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 12, 1)) - 1) << 25)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 13, 1)) - 1) << 20)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 14, 1)) - 1) << 15)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 15, 1)) - 1) << 10)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 16, 1)) - 1) << 5)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 17, 1)) - 1) << 0)) << 1)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 18, 1)) - 1) >> 4),
    (((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 18, 1)) - 1) & 15) << 60)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 19, 1)) - 1) << 55)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 20, 1)) - 1) << 50)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 21, 1)) - 1) << 45)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 22, 1)) - 1) << 40)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 23, 1)) - 1) << 35)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 24, 1)) - 1) << 30)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 25, 1)) - 1) << 25)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 26, 1)) - 1) << 20)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 27, 1)) - 1) << 15)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 28, 1)) - 1) << 10)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 29, 1)) - 1) << 5)
        | ((instr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(text, 30, 1)) - 1) << 0)));

CREATE TABLE facts_packed (
    seq INTEGER PRIMARY KEY,
    time_ms INTEGER NOT NULL,
    tenant TEXT, -- NULL for the default one
    account BLOB,
    type INTEGER NOT NULL,
    body BLOB NOT NULL, -- packed; text where it was written before
    sealed BLOB,
    leaf BLOB NOT NULL
);
INSERT INTO facts_packed (seq, time_ms, tenant, account, type, body, sealed, leaf)
SELECT seq, time_ms, nullif(tenant, 'default'), (SELECT bits FROM ids WHERE text = account), CASE type
        WHEN 'AgentAdded' THEN 1 WHEN 'AgentEnrolled' THEN 2 WHEN 'AgentRemoved' THEN 3 WHEN 'ServiceAdded' THEN 4
        WHEN 'ServiceRemoved' THEN 5 WHEN 'CredentialRenewed' THEN 6 WHEN 'RulesChanged' THEN 7 WHEN 'OpenRefused' THEN 8
        WHEN 'ApprovalAsked' THEN 9 WHEN 'AccountOpened' THEN 10 WHEN 'AccountWidened' THEN 11 WHEN 'WideningAsked' THEN 12
        WHEN 'WideningRefused' THEN 13 WHEN 'TraitsCorrected' THEN 14 WHEN 'EdgeChanged' THEN 15 WHEN 'TokenRenewed' THEN 16
        WHEN 'AccountEnded' THEN 17 WHEN 'CallsReserved' THEN 18 WHEN 'CallMade' THEN 19 WHEN 'CallRefused' THEN 20
        WHEN 'Shredded' THEN 21 WHEN 'ToolChanged' THEN 22 WHEN 'ToolAccepted' THEN 23 WHEN 'StreamChanged' THEN 24
        WHEN 'EdgesKnew' THEN 25 WHEN 'EventAccepted' THEN 26
    END,
    CAST(body AS BLOB), sealed, leaf
FROM facts ORDER BY seq;
DROP TABLE facts;
ALTER TABLE facts_packed RENAME TO facts;
-- What happened to one account, for those who follow it: its calls are not among it.
CREATE INDEX facts_of_account ON facts (account, seq) WHERE type IN (9, 10, 12, 13, 11, 17);

CREATE TABLE keys_packed (
    account BLOB PRIMARY KEY, -- or the first that could have opened on a day, for facts of no account
    sealed BLOB, -- NULL once it was destroyed
    owner BLOB -- a tag of the user
) WITHOUT ROWID;
INSERT INTO keys_packed (account, sealed, owner)
SELECT (SELECT bits FROM ids WHERE text = account), sealed, owner FROM account_keys ORDER BY 1;
DROP TABLE account_keys;
ALTER TABLE keys_packed RENAME TO account_keys;
CREATE INDEX account_keys_of_user ON account_keys (owner) WHERE owner IS NOT NULL;
CREATE INDEX account_keys_destroyed ON account_keys (account) WHERE sealed IS NULL;
DROP TABLE ids;
