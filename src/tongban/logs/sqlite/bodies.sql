-- name: insert_body
-- A body that is there already, or was erased, is left as it is: nothing comes back by repetition.
INSERT INTO tongban_body (log, generation, leaf, name, sealed) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;

-- name: bodies
-- Bodies of consecutive entries that are not erased.
SELECT log, generation, leaf, name, sealed FROM tongban_body
WHERE log = ? AND generation = ? AND leaf >= ? AND leaf < ? AND sealed IS NOT NULL
ORDER BY leaf, name;

-- name: body_names
-- Which bodies of consecutive entries are not erased, whether they open or not.
SELECT leaf, name FROM tongban_body
WHERE log = ? AND generation = ? AND leaf >= ? AND leaf < ? AND sealed IS NOT NULL
ORDER BY leaf, name;

-- name: restore_body
-- Puts a body in the place of what rotted; one that was erased stays erased.
UPDATE tongban_body SET sealed = ?
WHERE log = ? AND generation = ? AND leaf = ? AND name = ? AND sealed IS NOT NULL;

-- name: body
-- One body by its name.
SELECT log, generation, leaf, name, sealed FROM tongban_body
WHERE log = ? AND generation = ? AND leaf = ? AND name = ? AND sealed IS NOT NULL;

-- name: erased_bodies
-- The marks that erased bodies of an entry left.
SELECT name, erased_at FROM tongban_body
WHERE log = ? AND generation = ? AND leaf = ? AND erased_at IS NOT NULL
ORDER BY name;

-- name: erase_body
-- Leaves a mark, also for a body that never came; the first erasure's instant stays.
INSERT INTO tongban_body (log, generation, leaf, name, erased_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (log, generation, leaf, name) DO UPDATE SET sealed = NULL, erased_at = excluded.erased_at
WHERE tongban_body.sealed IS NOT NULL;

-- name: overwrite_deleted
-- What is erased is overwritten with zeros in the file, not only unlinked.
PRAGMA secure_delete = ON;
