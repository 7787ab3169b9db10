-- The facts are the leaves of a tree (RFC 6962). What is personal in them is sealed under a key of their account.
ALTER TABLE facts RENAME COLUMN link TO leaf;
ALTER TABLE facts ADD COLUMN sealed BLOB;

-- Roots of full tiles: level 1 is over 256 facts, level 2 over 65,536. Never updated, never deleted.
CREATE TABLE tree (
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, number)
) WITHOUT ROWID;

-- One row: how many facts there are, and the perfect subtrees that the next one is appended to.
CREATE TABLE sequencer (
    id INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL
);

-- Keys of accounts, sealed by the master key; destroyed, what they sealed is unreadable for ever.
CREATE TABLE account_keys (
    account TEXT PRIMARY KEY, -- or the first that could have opened on a day, for facts of no account
    sealed BLOB, -- NULL once it was destroyed
    owner BLOB -- a tag of the user
) WITHOUT ROWID;
CREATE INDEX account_keys_of_user ON account_keys (owner) WHERE owner IS NOT NULL;
CREATE INDEX account_keys_destroyed ON account_keys (account) WHERE sealed IS NULL;
