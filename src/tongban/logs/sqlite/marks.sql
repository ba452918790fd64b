-- name: mark
-- A value of the node as a whole.
SELECT value FROM tongban_mark WHERE key = ?;

-- name: put_mark
-- A new value.
INSERT INTO tongban_mark (key, value) VALUES (?, ?)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;
