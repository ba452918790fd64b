-- name: leaf_hashes
-- The lowest stored level of the tree.
SELECT leaf_hash FROM tongban_entry
WHERE log = ? AND generation = ? AND leaf >= ? AND leaf < ?
ORDER BY leaf;

-- name: subtree_hashes
-- A higher stored level of the tree.
SELECT hash FROM tongban_subtree
WHERE log = ? AND generation = ? AND level = ? AND position >= ? AND position < ?
ORDER BY position;

-- name: leaves
-- Each leaf with the bytes that it is of.
SELECT leaf, leaf_hash, data FROM tongban_entry
WHERE log = ? AND generation = ? AND leaf >= ? AND leaf < ?
ORDER BY leaf;

-- name: end
-- What is stored of where a generation ends, the root that was stated about that, and where the
-- entries end.
SELECT
  size,
  compact_range,
  (
    SELECT coalesce(max(leaf) + 1, 0) FROM tongban_entry AS e
    WHERE e.log = one.log AND e.generation = one.generation
  ),
  (
    SELECT root FROM tongban_statement AS stated
    WHERE stated.log = one.log AND stated.generation = one.generation AND stated.size = one.size
  )
FROM tongban_generation AS one
WHERE log = ? AND generation = ?;

-- name: entry_bytes
-- What stands in the place of an entry, whether it is what was written or not.
SELECT data FROM tongban_entry WHERE log = ? AND generation = ? AND leaf = ?;

-- name: restore_leaf
-- The hash of the bytes that were written, or of those that were before they were erased.
UPDATE tongban_entry SET leaf_hash = ? WHERE log = ? AND generation = ? AND leaf = ?;

-- name: restore_subtree
-- The hash of what lies below it.
INSERT INTO tongban_subtree (log, generation, level, position, hash) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (log, generation, level, position) DO UPDATE SET hash = excluded.hash;

-- name: restore_end
-- Where the entries end, unless something was appended since that was seen.
UPDATE tongban_generation SET size = ?, compact_range = ?
WHERE log = ? AND generation = ? AND compact_range = ?
  AND ? = (
    SELECT coalesce(max(leaf) + 1, 0) FROM tongban_entry AS e WHERE e.log = ? AND e.generation = ?
  );

-- name: restore_statement
-- The root that the entries have.
UPDATE tongban_statement SET root = ? WHERE log = ? AND generation = ? AND size = ?;
