-- name: add_intent
-- The last in the line of its peer.
INSERT INTO tongban_intent (id, peer, at, sealed) VALUES (?, ?, ?, ?);

-- name: intent
-- One intent, waiting or settled.
SELECT id, peer, at, sealed, ground, held_until FROM tongban_intent WHERE id = ?;

-- name: pending_intents
-- What waits for a peer, in the order in which people did it.
SELECT id, peer, at, sealed, ground, held_until FROM tongban_intent
WHERE peer = ? AND ground IS NULL
ORDER BY position;

-- name: change_intent
-- Something that it carried was erased.
UPDATE tongban_intent SET sealed = ? WHERE id = ? AND ground IS NULL;

-- name: due_intents
-- What waits for a peer and for no other day.
SELECT id, peer, at, sealed, ground, held_until FROM tongban_intent
WHERE peer = ? AND ground IS NULL AND held_until <= ?
ORDER BY position;

-- name: hold_intent
-- It waits for another day; its place in the line stays.
UPDATE tongban_intent SET held_until = ? WHERE id = ? AND ground IS NULL;

-- name: settle_intent
-- Appended, or come back with a ground; either way the payload is needed no more.
UPDATE tongban_intent SET ground = ?, sealed = NULL WHERE id = ? AND ground IS NULL;
