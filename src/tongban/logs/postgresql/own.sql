-- Statements that PostgreSQL is asked quite otherwise than SQLite.

-- name: has_tables
-- Whether the kernel ever wrote in this schema.
SELECT 1 FROM pg_catalog.pg_tables
WHERE schemaname = current_schema() AND tablename = 'tongban_schema';

-- name: overwrite_deleted
-- Nothing can be overwritten at once: old versions of rows go when VACUUM has passed, and the tables
-- that something is erased from are made so that it passes soon (dialect.py).
SELECT 1;
