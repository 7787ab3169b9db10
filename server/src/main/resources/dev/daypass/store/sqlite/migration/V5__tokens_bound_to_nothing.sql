-- 1 where a service takes access tokens that are bound to no key.
ALTER TABLE services ADD COLUMN accept_unbound INTEGER NOT NULL DEFAULT 0;
