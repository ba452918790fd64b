-- Kernel tables, version 8: what waits for another day.

-- name: add_held_until
-- From when on it may go, in UTC; "" where only the line keeps it.
ALTER TABLE tongban_intent ADD COLUMN held_until TEXT NOT NULL DEFAULT '';
