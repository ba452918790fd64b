-- Kernel tables, version 9: a log's hash belongs to its generation.

-- name: add_suite
-- Whose hash made the tree; it never changes in one generation.
ALTER TABLE tongban_generation ADD COLUMN suite TEXT NOT NULL DEFAULT 'ed25519-sha256';
