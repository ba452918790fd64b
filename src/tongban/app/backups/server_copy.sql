-- A node's tables on a server, copied into the same tables of a file.

-- name: tables
-- The tables that the steps of this version made in the file.
SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'tongban%' ORDER BY name;

-- name: columns
-- A table's columns in the file; the server has the same.
SELECT name FROM pragma_table_info(?) ORDER BY cid;

-- name: empty
-- What a step wrote into a table itself comes from the server.
DELETE FROM {table};

-- name: rows
-- Everything in a table of the server.
SELECT {columns} FROM {table};

-- name: insert
-- A row of the server into the file.
INSERT INTO {table} ({columns}) VALUES ({values});
