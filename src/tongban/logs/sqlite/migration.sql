-- name: has_tables
-- Whether the kernel ever wrote here.
SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'tongban_schema';

-- name: version
-- The version of the tables.
SELECT version FROM tongban_schema;

-- name: insert_version
-- The tables are of this version.
INSERT INTO tongban_schema (version) VALUES (?);

-- name: update_version
-- The tables are of a newer version now.
UPDATE tongban_schema SET version = ?;
