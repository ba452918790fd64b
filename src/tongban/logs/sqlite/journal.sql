-- name: record_applied
-- The next place in this node's order of effects.
INSERT INTO tongban_journal (log, generation, leaf, subject_kind, subject_id, ground)
VALUES (?, ?, ?, ?, ?, ?)
RETURNING seq;

-- name: seq_of
-- Where an entry stands in the order.
SELECT seq FROM tongban_journal WHERE log = ? AND generation = ? AND leaf = ?;

-- name: journal_size
-- How many effects and refusals there were.
SELECT count(*) FROM tongban_journal;

-- name: journal
-- The order of effects from a place on.
SELECT
  j.seq, j.log, l.kind, l.peer, j.generation, j.leaf, e.data, e.leaf_hash,
  j.subject_kind, j.subject_id, j.ground
FROM tongban_journal AS j
JOIN tongban_log AS l USING (log)
JOIN tongban_entry AS e USING (log, generation, leaf)
WHERE j.seq > ?
ORDER BY j.seq
LIMIT ?;

-- name: journal_of
-- The story of one subject.
SELECT
  j.seq, j.log, l.kind, l.peer, j.generation, j.leaf, e.data, e.leaf_hash,
  j.subject_kind, j.subject_id, j.ground
FROM tongban_journal AS j
JOIN tongban_log AS l USING (log)
JOIN tongban_entry AS e USING (log, generation, leaf)
WHERE j.subject_kind = ? AND j.subject_id = ?
ORDER BY j.seq;
