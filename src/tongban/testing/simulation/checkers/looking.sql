-- What checkers ask of a database, in words of their own.

-- name: entries
-- Every stored entry in log order, of one kind of log and about one peer if they are not ''.
SELECT kind, peer, origin, entry.generation, leaf, leaf_hash, ground, type, subject_id, data
FROM tongban_entry AS entry JOIN tongban_generation USING (log, generation)
JOIN tongban_log USING (log)
WHERE (:kind = '' OR kind = :kind) AND (:peer = '' OR peer = :peer)
ORDER BY log, entry.generation, leaf;

-- name: cosigned
-- How far this node cosigned each log that it mirrors.
SELECT peer, origin, max(statement.size)
FROM tongban_statement AS statement JOIN tongban_generation USING (log, generation)
JOIN tongban_log USING (log)
WHERE signature IS NOT NULL AND statement.kind = 'cosignature' GROUP BY peer, origin;

-- name: leaves
-- Every leaf of every channel log.
SELECT kind, peer, origin, leaf, leaf_hash
FROM tongban_entry JOIN tongban_generation USING (log, generation) JOIN tongban_log USING (log)
WHERE kind <> 'home';

-- name: bodies
-- Where applications of a case stand, and whether they are there.
SELECT origin, leaf, sealed IS NOT NULL
FROM tongban_body JOIN tongban_generation USING (log, generation)
JOIN tongban_entry USING (log, generation, leaf)
WHERE subject_id = ? AND name = 'application';

-- name: stated
-- Every root of one kind that was stated.
SELECT peer, origin, statement.size, root
FROM tongban_statement AS statement JOIN tongban_generation USING (log, generation)
JOIN tongban_log USING (log)
WHERE statement.kind = ?;

-- name: log_ends
-- Where every generation of every log ends.
SELECT kind, peer, origin, compact_range
FROM tongban_generation JOIN tongban_log USING (log) ORDER BY log, generation;

-- name: roots
-- Every root that was stated, of any log.
SELECT log.kind, peer, origin, statement.size, root
FROM tongban_statement AS statement JOIN tongban_generation USING (log, generation)
JOIN tongban_log AS log USING (log) ORDER BY log, statement.generation, statement.size;

-- name: journal
-- The order in which entries were applied.
SELECT log, generation, leaf FROM tongban_journal ORDER BY seq;

-- name: states
-- All states of one view.
SELECT kind, id, data FROM tongban_state WHERE view = ?;

-- name: cases
-- Every case as this node sees it.
SELECT id, data FROM tongban_state WHERE view = 'own' AND kind = 'case' AND data IS NOT NULL;

-- name: ends
-- Where own logs end, and how far their readers are known to store them.
SELECT channel.peer, max(generation) || '/' || size, cosigned_generation || '/' || cosigned_size
FROM tongban_channel AS channel JOIN tongban_log AS log USING (peer)
JOIN tongban_generation USING (log)
WHERE kind = 'own' GROUP BY channel.peer;

-- name: states_all
-- What a rebuild must give again.
SELECT * FROM tongban_state ORDER BY view, kind, id;

-- name: generations
-- What a rebuild must give again.
SELECT * FROM tongban_generation ORDER BY log, generation;

-- name: channels
-- What a rebuild must give again.
SELECT * FROM tongban_channel ORDER BY peer;

-- name: entries_all
-- What a rebuild must give again.
SELECT * FROM tongban_entry ORDER BY log, generation, leaf;

-- name: journal_all
-- What a rebuild must give again.
SELECT * FROM tongban_journal ORDER BY seq;

-- name: intents
-- What a rebuild must give again.
SELECT * FROM tongban_intent ORDER BY position;

-- name: bodies_all
-- What a rebuild must give again.
SELECT * FROM tongban_body ORDER BY log, generation, leaf, name;

-- name: hashes
-- Everything that stands in any log.
SELECT leaf_hash FROM tongban_entry ORDER BY log, generation, leaf;

-- name: contradictions
-- How many contradictions of a peer are kept.
SELECT count(*) FROM tongban_contradiction WHERE peer = ?;

-- name: signed
-- Everything that was signed about any log, by either side.
SELECT log.kind, peer, origin, signature, note
FROM tongban_statement AS statement JOIN tongban_generation USING (log, generation)
JOIN tongban_log AS log USING (log) LEFT JOIN tongban_note USING (log, generation, size);

-- name: kept_bodies
-- Every body of every log, and whether it is there or was erased.
SELECT kind, peer, origin, leaf, name, sealed IS NOT NULL
FROM tongban_body JOIN tongban_generation USING (log, generation) JOIN tongban_log USING (log);

-- name: home
-- The newest generation of the home log.
SELECT origin FROM tongban_generation JOIN tongban_log USING (log)
WHERE kind = 'home' ORDER BY generation DESC LIMIT 1;

-- name: frozen
-- Frozen lines, and how many entries stand in both their logs.
SELECT peer, (
  SELECT coalesce(sum(size), 0) FROM tongban_generation JOIN tongban_log AS log USING (log)
  WHERE log.peer = channel.peer AND kind <> 'home'
)
FROM tongban_channel AS channel WHERE status = 'frozen';

-- name: accused
-- Of whom contradictions are kept.
SELECT DISTINCT peer FROM tongban_contradiction;

-- name: erased_bytes
-- Entries of partners whose bytes were erased.
SELECT peer, generation, leaf
FROM tongban_entry JOIN tongban_log USING (log) WHERE kind = 'mirror' AND data IS NULL;

-- name: in_order
-- Every entry that took its place in this node's order of effects, in that order.
SELECT kind, peer, origin, entry.generation, leaf, leaf_hash, entry.ground, type,
  entry.subject_id, data
FROM tongban_journal AS journal JOIN tongban_entry AS entry USING (log, generation, leaf)
JOIN tongban_generation USING (log, generation) JOIN tongban_log USING (log)
WHERE data IS NOT NULL ORDER BY seq;

-- name: waiting
-- What waits for a peer though it was due by an instant.
SELECT id, at, held_until FROM tongban_intent
WHERE peer = ? AND ground IS NULL AND held_until <= ?;
