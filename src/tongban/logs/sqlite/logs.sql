-- name: find_log
-- The number of a log.
SELECT log FROM tongban_log WHERE kind = ? AND peer = ?;

-- name: insert_log
-- A log of which nothing is known yet.
INSERT INTO tongban_log (kind, peer) VALUES (?, ?) RETURNING log;

-- name: insert_generation
-- An empty generation; ids go on rising along the whole log.
INSERT INTO tongban_generation (
  log, generation, start, origin, suite, size, compact_range, keys, next_keys, last_entry_id
)
VALUES (
  ?, ?, ?, ?, ?, 0, ?, ?, ?,
  coalesce(
    (SELECT last_entry_id FROM tongban_generation WHERE log = ? ORDER BY generation DESC LIMIT 1),
    ''
  )
)
ON CONFLICT DO NOTHING;

-- name: latest_head
-- The generation that was opened last, and the root that was stated about its end.
SELECT
  log, generation, start, origin, suite, size, compact_range, last_entry_id, keys, next_keys,
  (SELECT count(*) FROM tongban_generation AS every WHERE every.log = latest.log),
  (
    SELECT root FROM tongban_statement AS stated
    WHERE stated.log = latest.log AND stated.generation = latest.generation AND stated.size = latest.size
  )
FROM tongban_generation AS latest
WHERE log = ?
ORDER BY generation DESC
LIMIT 1;

-- name: head_of_generation
-- Any one generation, and the root that was stated about its end.
SELECT
  log, generation, start, origin, suite, size, compact_range, last_entry_id, keys, next_keys,
  (SELECT count(*) FROM tongban_generation AS every WHERE every.log = one.log),
  (
    SELECT root FROM tongban_statement AS stated
    WHERE stated.log = one.log AND stated.generation = one.generation AND stated.size = one.size
  )
FROM tongban_generation AS one
WHERE log = ? AND generation = ?;

-- name: generations
-- All generations of a log, oldest first.
SELECT generation, start, origin, suite, size, compact_range, keys FROM tongban_generation
WHERE log = ?
ORDER BY generation;

-- name: suite_of
-- Whose hash made the tree of a generation.
SELECT suite FROM tongban_generation WHERE log = ? AND generation = ?;

-- name: announce_keys
-- The generation ended with a rotation: the one after it is under these keys.
UPDATE tongban_generation SET next_keys = ? WHERE log = ? AND generation = ?;

-- name: newest_keys
-- The newest key set that logs of a kind were written under, or announced.
SELECT coalesce(max(next_keys), 0) FROM tongban_generation JOIN tongban_log USING (log)
WHERE kind = ?;

-- name: advance_generation
-- Compare and set: moves nothing when somebody else appended meanwhile.
UPDATE tongban_generation SET size = ?, compact_range = ?, last_entry_id = ?
WHERE log = ? AND generation = ? AND size = ?;

-- name: insert_entry
-- An entry in its place.
INSERT INTO tongban_entry (
  log, generation, leaf, leaf_hash, length, entry_id, type, subject_kind, subject_id, data
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: insert_subtree
-- The hash of a tile that an append completed.
INSERT INTO tongban_subtree (log, generation, level, position, hash) VALUES (?, ?, ?, ?, ?);

-- name: entries
-- Consecutive entries of a generation.
SELECT
  log, generation, leaf, data, leaf_hash, length, ground, entry_id, type, subject_kind, subject_id
FROM tongban_entry
WHERE log = ? AND generation = ? AND leaf >= ? AND leaf < ?
ORDER BY leaf;

-- name: entries_of_type
-- What of one kind was ever written.
SELECT
  log, generation, leaf, data, leaf_hash, length, ground, entry_id, type, subject_kind, subject_id
FROM tongban_entry
WHERE log = ? AND type = ?
ORDER BY generation, leaf;

-- name: weight
-- Bytes of consecutive entries, of their sealed bodies, and about as many as the documents of a
-- catalogue's version have (node/catalogue_versions.py). A text on a table counts as a fourth of what
-- it may have at most, so that even eight megabytes of nothing else are half of a message; other
-- documents are few.
SELECT
  (SELECT coalesce(sum(length + CASE
     WHEN type = 'catalogue.published' THEN 250000
     WHEN type IN ('negotiation.proposed', 'negotiation.countered') THEN 1000000
     ELSE 0
   END), 0) FROM tongban_entry
   WHERE log = ? AND generation = ? AND leaf >= ? AND leaf < ?)
  + (SELECT coalesce(sum(length(sealed)), 0) FROM tongban_body
     WHERE log = ? AND generation = ? AND leaf >= ? AND leaf < ?);

-- name: refuse_entry
-- The entry stays in the log and takes no effect.
UPDATE tongban_entry SET ground = ? WHERE log = ? AND generation = ? AND leaf = ?;

-- name: erase_entry
-- Only what was refused may lose its bytes; hash and length stay, so every proof still verifies.
UPDATE tongban_entry
SET data = NULL, entry_id = '', type = '', subject_kind = '', subject_id = ''
WHERE log = ? AND generation = ? AND leaf = ? AND ground <> '';

-- name: refused_entries
-- What was refused and still has its bytes, and whether it still has bodies.
SELECT
  generation,
  leaf,
  ground,
  EXISTS (
    SELECT 1 FROM tongban_body AS body
    WHERE body.log = entry.log AND body.generation = entry.generation AND body.leaf = entry.leaf
      AND body.sealed IS NOT NULL
  )
FROM tongban_entry AS entry INDEXED BY tongban_entry_refused
WHERE log = ? AND ground <> '' AND data IS NOT NULL
ORDER BY generation, leaf;

-- name: restore_entry
-- The bytes that were hashed, in their old place; nothing else of the row changes, and what was
-- erased stays erased.
UPDATE tongban_entry SET data = ?
WHERE log = ? AND generation = ? AND leaf = ? AND leaf_hash = ? AND data IS NOT NULL;
