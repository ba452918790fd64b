-- name: put_contradiction
-- The same two notes are kept once.
INSERT INTO tongban_contradiction (peer, found_at, descriptor, first_note, second_note, path)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;

-- name: contradictions
-- All of a peer's, in the order of finding.
SELECT peer, found_at, descriptor, first_note, second_note, path FROM tongban_contradiction
WHERE peer = ?
ORDER BY position;

-- name: put_stray
-- The same note is kept once.
INSERT INTO tongban_stray (peer, note) VALUES (?, ?) ON CONFLICT DO NOTHING;

-- name: strays
-- All of a peer's.
SELECT note FROM tongban_stray WHERE peer = ? ORDER BY note;
