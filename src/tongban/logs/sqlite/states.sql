-- name: state
-- One subject's state in one view.
SELECT data FROM tongban_state WHERE view = ? AND kind = ? AND id = ?;

-- name: put_state
-- The state after an effect.
INSERT INTO tongban_state (view, kind, id, data) VALUES (?, ?, ?, ?)
ON CONFLICT (view, kind, id) DO UPDATE SET data = excluded.data;

-- name: states
-- All states of one kind in one view.
SELECT id, data FROM tongban_state WHERE view = ? AND kind = ? ORDER BY id;

-- name: forget_states
-- Before a rebuild.
DELETE FROM tongban_state;
