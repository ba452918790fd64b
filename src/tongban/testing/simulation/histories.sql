-- name: leaves
-- What stands in the two logs of each channel, in order.
SELECT kind, peer, origin, leaf_hash
FROM tongban_entry JOIN tongban_log USING (log) JOIN tongban_generation USING (log, generation)
WHERE kind <> 'home' ORDER BY log, generation, leaf;
