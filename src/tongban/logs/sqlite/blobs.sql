-- name: put_blob
-- A file that is offered or kept; its size never changes, since its root stands for it.
INSERT INTO tongban_blob (root, peer, size, stored, touched_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (root, peer) DO UPDATE SET stored = excluded.stored, touched_at = excluded.touched_at;

-- name: put_piece
-- The name of one of its pieces.
INSERT INTO tongban_piece (root, number, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING;

-- name: blob
-- One file as it is kept, or offered by a peer.
SELECT root, peer, size, stored, touched_at FROM tongban_blob WHERE root = ? AND peer = ?;

-- name: offers
-- What a peer offers and has not all sent, oldest first.
SELECT root, peer, size, stored, touched_at FROM tongban_blob
WHERE peer = ? AND stored = 0 ORDER BY touched_at, root;

-- name: kept_blobs
-- Files that are kept, after one of them.
SELECT root, peer, size, stored, touched_at FROM tongban_blob
WHERE peer = '' AND root > ? ORDER BY root LIMIT ?;

-- name: forget_blob
-- It is offered or kept no more.
DELETE FROM tongban_blob WHERE root = ? AND peer = ?;

-- name: pieces
-- Names of a file's pieces in order.
SELECT name FROM tongban_piece WHERE root = ? ORDER BY number;

-- name: is_listed
-- Whether any file here has this piece.
SELECT 1 FROM tongban_piece WHERE name = ? LIMIT 1;

-- name: has_rows
-- Whether a file is offered or kept.
SELECT 1 FROM tongban_blob WHERE root = ? LIMIT 1;

-- name: forget_pieces
-- Nobody lists them as pieces of this file any more.
DELETE FROM tongban_piece WHERE root = ?;

-- name: place_blob
-- A body that is a manifest of the file.
INSERT INTO tongban_blob_place (log, generation, leaf, name, root) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;

-- name: placed_root
-- The file whose manifest a body is.
SELECT root FROM tongban_blob_place WHERE log = ? AND generation = ? AND leaf = ? AND name = ?;

-- name: unplace_blob
-- The manifest was erased.
DELETE FROM tongban_blob_place WHERE log = ? AND generation = ? AND leaf = ? AND name = ?;

-- name: is_placed
-- Whether a manifest of the file is left.
SELECT 1 FROM tongban_blob_place WHERE root = ? LIMIT 1;

-- name: release_blob
-- Nothing needs it any more.
UPDATE tongban_blob SET touched_at = '' WHERE root = ? AND peer = '';

-- name: lacking_blobs
-- Files that are not whole here, of which a manifest stands on a log with a peer.
SELECT DISTINCT b.root FROM tongban_blob AS b
JOIN tongban_blob_place AS p ON p.root = b.root
JOIN tongban_log AS l ON l.log = p.log
WHERE b.peer = '' AND b.stored = 0 AND l.peer = ?
ORDER BY b.root;

-- name: idle_blobs
-- Files of which no manifest is left, that no intent waits for, and of which nothing came for long.
SELECT root, peer, size, stored, touched_at FROM tongban_blob AS b
WHERE touched_at < ?
AND NOT EXISTS (SELECT 1 FROM tongban_blob_place AS p WHERE p.root = b.root AND b.peer = '')
AND NOT EXISTS (SELECT 1 FROM tongban_blob_wait AS w WHERE w.root = b.root AND b.peer = '')
ORDER BY touched_at, root, peer;

-- name: await_blob
-- An intent waits until its peer has stored a file.
INSERT INTO tongban_blob_wait (intent, peer, root) VALUES (?, ?, ?) ON CONFLICT DO NOTHING;

-- name: stop_awaiting
-- It waits for no file any more.
DELETE FROM tongban_blob_wait WHERE intent = ?;

-- name: awaited_blobs
-- Files that intents wait for a peer to store.
SELECT DISTINCT root FROM tongban_blob_wait WHERE peer = ? ORDER BY root;

-- name: blobs_of_intent
-- Files that one intent waits for.
SELECT root FROM tongban_blob_wait WHERE intent = ? ORDER BY root;
