-- Each try to widen an account; what was asked, and what became of it, is in the fact.
CREATE TABLE widenings (
    account TEXT NOT NULL,
    number INTEGER NOT NULL, -- from 1
    fact INTEGER NOT NULL, -- the newest about it
    waits INTEGER NOT NULL, -- 1 while a human has to decide
    PRIMARY KEY (account, number)
) WITHOUT ROWID;
CREATE INDEX widenings_waiting ON widenings (account) WHERE waits = 1;

-- What operators said that operations do to the world: apart from the catalogs, which a new import replaces.
CREATE TABLE corrections (
    tenant TEXT NOT NULL,
    service TEXT NOT NULL,
    operation TEXT NOT NULL,
    traits TEXT NOT NULL, -- words, with a comma between them
    operator TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant, service, operation)
) WITHOUT ROWID;
