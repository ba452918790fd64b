-- What rots on the disk of a machine.

-- name: shared
-- Entries of all channels: log, generation, index, hash and bytes.
SELECT log, generation, leaf, peer, leaf_hash, data
FROM tongban_entry JOIN tongban_log USING (log)
WHERE kind <> 'home' AND data IS NOT NULL ORDER BY log, generation, leaf;

-- name: data
-- The bytes of one entry.
SELECT data FROM tongban_entry WHERE log = ? AND generation = ? AND leaf = ?;

-- name: flip
-- Other bytes than were written.
UPDATE tongban_entry SET data = ? WHERE log = ? AND generation = ? AND leaf = ?;
