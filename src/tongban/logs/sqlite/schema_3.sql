-- Kernel tables, version 3: keys may change. Before, every node had one key set, number 1.

-- name: add_generation_keys
-- Number of the writer's key set under which checkpoints of the generation are signed.
ALTER TABLE tongban_generation ADD COLUMN keys INTEGER NOT NULL DEFAULT 1;

-- name: add_generation_next_keys
-- The same until the generation ends with a rotation; then the set of the generation after it.
ALTER TABLE tongban_generation ADD COLUMN next_keys INTEGER NOT NULL DEFAULT 1;

-- name: add_statement_keys
-- Number of this node's key set that signs the statement, whenever it is signed.
ALTER TABLE tongban_statement ADD COLUMN keys INTEGER NOT NULL DEFAULT 1;

-- name: add_peer_compared_keys
-- Number of the peer's key set whose fingerprint people compared; older ones speak no more.
ALTER TABLE tongban_peer ADD COLUMN compared_keys INTEGER NOT NULL DEFAULT 1;
