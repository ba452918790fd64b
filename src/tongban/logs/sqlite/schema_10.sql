-- Kernel tables, version 10: large files, whose pieces lie beside the database.

-- name: create_blob
-- A file whose pieces are listed here: offered by a peer, or "" once it is kept. touched_at: when
-- something last came of it, in UTC; "" where nothing needs it any more.
CREATE TABLE tongban_blob (
  root TEXT NOT NULL,
  peer TEXT NOT NULL,
  size INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  touched_at TEXT NOT NULL,
  PRIMARY KEY (root, peer)
) STRICT;

-- name: create_blob_by_peer
-- Offers of a peer, and what is kept but not whole.
CREATE INDEX tongban_blob_by_peer ON tongban_blob (peer, stored);

-- name: create_blob_by_instant
-- What nothing came of for long.
CREATE INDEX tongban_blob_by_instant ON tongban_blob (touched_at);

-- name: create_piece
-- Names of a file's pieces in order.
CREATE TABLE tongban_piece (
  root TEXT NOT NULL,
  number INTEGER NOT NULL,
  name BLOB NOT NULL,
  PRIMARY KEY (root, number)
) STRICT;

-- name: create_piece_by_name
-- Who lists a piece.
CREATE INDEX tongban_piece_by_name ON tongban_piece (name);

-- name: create_blob_place
-- Bodies that are the manifest of a file and not erased.
CREATE TABLE tongban_blob_place (
  log INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  leaf INTEGER NOT NULL,
  name TEXT NOT NULL,
  root TEXT NOT NULL,
  PRIMARY KEY (log, generation, leaf, name)
) STRICT;

-- name: create_blob_place_by_root
-- Whether any manifest of a file is left.
CREATE INDEX tongban_blob_place_by_root ON tongban_blob_place (root);

-- name: create_blob_wait
-- Intents that wait until a peer has stored a file.
CREATE TABLE tongban_blob_wait (
  intent TEXT NOT NULL,
  peer TEXT NOT NULL,
  root TEXT NOT NULL,
  PRIMARY KEY (intent, root)
) STRICT;

-- name: create_blob_wait_by_peer
-- What waits for a peer.
CREATE INDEX tongban_blob_wait_by_peer ON tongban_blob_wait (peer, root);

-- name: create_blob_wait_by_root
-- Whether anything waits for a file.
CREATE INDEX tongban_blob_wait_by_root ON tongban_blob_wait (root);
