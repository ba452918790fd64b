-- name: insert_statement
-- What will be signed; storing the same again changes nothing.
INSERT INTO tongban_statement (log, generation, size, kind, root, at, keys)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;

-- name: statement_root
-- The root that was stored for a size.
SELECT root FROM tongban_statement WHERE log = ? AND generation = ? AND size = ? AND kind = ?;

-- name: sign
-- The first signature stays; a second one over the same bytes says nothing new.
UPDATE tongban_statement SET signature = coalesce(signature, ?)
WHERE log = ? AND generation = ? AND size = ? AND kind = ? AND root = ?;

-- name: put_note
-- A later note of the same size carries the same text and more signatures.
INSERT INTO tongban_note (log, generation, size, note) VALUES (?, ?, ?, ?)
ON CONFLICT (log, generation, size) DO UPDATE SET note = excluded.note;

-- name: checkpoint
-- What was signed about exactly this size.
SELECT s.log, s.generation, g.origin, s.size, s.kind, s.root, s.at, s.keys, s.signature, n.note
FROM tongban_statement AS s
JOIN tongban_generation AS g ON g.log = s.log AND g.generation = s.generation
LEFT JOIN tongban_note AS n
  ON n.log = s.log AND n.generation = s.generation AND n.size = s.size
WHERE s.log = ? AND s.generation = ? AND s.size = ?;

-- name: statements
-- What was stated about sizes beyond one, in order.
SELECT s.log, s.generation, g.origin, s.size, s.kind, s.root, s.at, s.keys, s.signature, n.note
FROM tongban_statement AS s
JOIN tongban_generation AS g ON g.log = s.log AND g.generation = s.generation
LEFT JOIN tongban_note AS n
  ON n.log = s.log AND n.generation = s.generation AND n.size = s.size
WHERE s.log = ? AND s.generation = ? AND s.size > ?
ORDER BY s.size
LIMIT ?;

-- name: last_statement
-- What was stated about the greatest size up to one.
SELECT s.log, s.generation, g.origin, s.size, s.kind, s.root, s.at, s.keys, s.signature, n.note
FROM tongban_statement AS s
JOIN tongban_generation AS g ON g.log = s.log AND g.generation = s.generation
LEFT JOIN tongban_note AS n
  ON n.log = s.log AND n.generation = s.generation AND n.size = s.size
WHERE s.log = ? AND s.generation = ? AND s.size <= ?
ORDER BY s.size DESC
LIMIT 1;

-- name: earliest_checkpoint
-- The first one from a size on, signed by both sides where that is asked.
SELECT s.log, s.generation, g.origin, s.size, s.kind, s.root, s.at, s.keys, s.signature, n.note
FROM tongban_statement AS s
JOIN tongban_generation AS g ON g.log = s.log AND g.generation = s.generation
LEFT JOIN tongban_note AS n
  ON n.log = s.log AND n.generation = s.generation AND n.size = s.size
WHERE s.log = ? AND s.generation = ? AND s.size >= ?
  AND (? = 0 OR (s.signature IS NOT NULL AND n.note IS NOT NULL))
ORDER BY s.size
LIMIT 1;
