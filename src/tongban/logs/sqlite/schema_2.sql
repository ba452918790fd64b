-- Kernel tables, version 2: what shows that a peer misbehaved, and which bytes may go.

-- name: create_contradiction
-- Two notes that no honest node signs both, with the hashes that tie their trees.
CREATE TABLE tongban_contradiction (
  position INTEGER PRIMARY KEY,
  peer TEXT NOT NULL,
  found_at TEXT NOT NULL,
  descriptor BLOB NOT NULL,
  first_note BLOB NOT NULL,
  second_note BLOB NOT NULL,
  path BLOB NOT NULL,
  UNIQUE (first_note, second_note)
) STRICT;

-- name: create_contradiction_peer
-- All of one peer.
CREATE INDEX tongban_contradiction_peer ON tongban_contradiction (peer, position);

-- name: create_stray
-- A peer's checkpoint that its own entries did not lead to; kept until something explains it.
CREATE TABLE tongban_stray (
  peer TEXT NOT NULL,
  note BLOB NOT NULL,
  PRIMARY KEY (peer, note)
) STRICT, WITHOUT ROWID;

-- name: create_entry_refused
-- The few entries that were refused and still have their bytes, among millions.
CREATE INDEX tongban_entry_refused
  ON tongban_entry (log, generation, leaf) WHERE ground <> '' AND data IS NOT NULL;
