-- What rots on the disk of a machine.

-- name: shared
-- Entries of all channels: log, generation, index, hash and bytes.
SELECT log, generation, leaf, peer, leaf_hash, data
FROM tongban_entry JOIN tongban_log USING (log)
WHERE kind <> 'home' AND data IS NOT NULL ORDER BY log, generation, leaf;

-- name: hashed
-- Entries of all logs that were not refused: log, generation, index, hash and bytes.
SELECT log, generation, leaf, leaf_hash, data
FROM tongban_entry WHERE ground = '' AND data IS NOT NULL ORDER BY log, generation, leaf;

-- name: entry
-- The bytes of one entry.
SELECT data FROM tongban_entry WHERE log = ? AND generation = ? AND leaf = ?;

-- name: flip_entry
-- Other bytes than were written.
UPDATE tongban_entry SET data = ? WHERE log = ? AND generation = ? AND leaf = ?;

-- name: bodies
-- Bodies of entries of all channels: log, generation, index, name, hash of the entry, what is stored.
SELECT log, generation, leaf, name, peer, leaf_hash, sealed
FROM tongban_body JOIN tongban_entry USING (log, generation, leaf) JOIN tongban_log USING (log)
WHERE kind <> 'home' AND sealed IS NOT NULL ORDER BY log, generation, leaf, name;

-- name: body
-- One body, as it is stored.
SELECT sealed FROM tongban_body WHERE log = ? AND generation = ? AND leaf = ? AND name = ?;

-- name: flip_body
-- Another body than was sealed.
UPDATE tongban_body SET sealed = ? WHERE log = ? AND generation = ? AND leaf = ? AND name = ?;

-- name: hash
-- The hash of one entry.
SELECT leaf_hash FROM tongban_entry WHERE log = ? AND generation = ? AND leaf = ?;

-- name: flip_hash
-- Another hash than was computed.
UPDATE tongban_entry SET leaf_hash = ? WHERE log = ? AND generation = ? AND leaf = ?;

-- name: end
-- Where a generation ends.
SELECT compact_range FROM tongban_generation WHERE log = ? AND generation = ?;

-- name: flip_end
-- Another end than was reached.
UPDATE tongban_generation SET compact_range = ? WHERE log = ? AND generation = ?;
