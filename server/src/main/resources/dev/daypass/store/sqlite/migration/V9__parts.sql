-- The parts that PostgreSQL keeps accounts and facts in are of no use in one file.
SELECT 1;
