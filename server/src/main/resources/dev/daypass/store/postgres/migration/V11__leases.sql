-- How long an account lives unless it is renewed, beside the account: a server that starts need not read what each was opened with.
-- NULL for never, -1 where it was opened before this, or by a server of before.
ALTER TABLE accounts ADD COLUMN lease_seconds SMALLINT DEFAULT -1;
