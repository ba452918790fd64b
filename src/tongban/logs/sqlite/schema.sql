-- Kernel tables, version 1. The node's transaction is the only writer. Types are declared in
-- plain INTEGER, TEXT and BLOB, because Django's connections convert columns of other names.

-- name: create_schema
-- Which version of these tables the database holds; one row.
CREATE TABLE tongban_schema (
  version INTEGER NOT NULL
) STRICT;

-- name: create_log
-- A log by who writes it; the number stands for it everywhere else and never leaves the node.
CREATE TABLE tongban_log (
  log INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  peer TEXT NOT NULL,
  UNIQUE (kind, peer)
) STRICT;

-- name: create_generation
-- A generation of a log and its end: compact_range is all that appending and the root need.
CREATE TABLE tongban_generation (
  log INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  start TEXT NOT NULL,
  origin TEXT NOT NULL,
  size INTEGER NOT NULL,
  compact_range BLOB NOT NULL,
  last_entry_id TEXT NOT NULL,
  PRIMARY KEY (log, generation)
) STRICT, WITHOUT ROWID;

-- name: create_entry
-- Entries in log order. The hash comes before the bytes so that proofs need no overflow pages.
-- Entry ids are not unique here: a peer's repeated id is stored, and refused by its ground.
CREATE TABLE tongban_entry (
  log INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  leaf INTEGER NOT NULL,
  leaf_hash BLOB NOT NULL,
  length INTEGER NOT NULL,
  ground TEXT NOT NULL DEFAULT '',
  entry_id TEXT NOT NULL,
  type TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  data BLOB,
  PRIMARY KEY (log, generation, leaf)
) STRICT, WITHOUT ROWID;

-- name: create_subtree
-- Hashes over every complete 2^8, 2^16, … leaves; bounds what a proof reads.
CREATE TABLE tongban_subtree (
  log INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  level INTEGER NOT NULL,
  position INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (log, generation, level, position)
) STRICT, WITHOUT ROWID;

-- name: create_body
-- Salt and content, encrypted together; after erasure the row stays as a mark.
CREATE TABLE tongban_body (
  log INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  leaf INTEGER NOT NULL,
  name TEXT NOT NULL,
  erased_at TEXT,
  sealed BLOB,
  PRIMARY KEY (log, generation, leaf, name),
  CHECK ((sealed IS NULL) = (erased_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- name: create_statement
-- What this node signs, stored before it is signed; never two roots for one size.
CREATE TABLE tongban_statement (
  log INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  size INTEGER NOT NULL,
  kind TEXT NOT NULL,
  root BLOB NOT NULL,
  at INTEGER NOT NULL,
  signature BLOB,
  PRIMARY KEY (log, generation, size, kind)
) STRICT, WITHOUT ROWID;

-- name: create_note
-- The other side's signed note about a size: its checkpoint, or our checkpoint cosigned by it.
CREATE TABLE tongban_note (
  log INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  size INTEGER NOT NULL,
  note BLOB NOT NULL,
  PRIMARY KEY (log, generation, size)
) STRICT, WITHOUT ROWID;

-- name: create_journal
-- The order in which entries of all logs took effect here, or were refused.
CREATE TABLE tongban_journal (
  seq INTEGER PRIMARY KEY,
  log INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  leaf INTEGER NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  ground TEXT NOT NULL
) STRICT;

-- name: create_journal_subject
-- The story of one case or agreement.
CREATE INDEX tongban_journal_subject ON tongban_journal (subject_kind, subject_id);

-- name: create_journal_entry
-- From an entry to its place in the order, asked when its outcome comes.
CREATE INDEX tongban_journal_entry ON tongban_journal (log, generation, leaf);

-- name: create_state
-- Folded states: droppable, folded again from the journal.
CREATE TABLE tongban_state (
  view TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (view, kind, id)
) STRICT, WITHOUT ROWID;

-- name: create_document
-- Agreements, instruments, items, processes: permanent, by digest, never personal.
CREATE TABLE tongban_document (
  digest TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  data BLOB NOT NULL
) STRICT;

-- name: create_document_kind
-- All documents of one kind.
CREATE INDEX tongban_document_kind ON tongban_document (kind);

-- name: create_peer
-- Paired nodes.
CREATE TABLE tongban_peer (
  name TEXT NOT NULL PRIMARY KEY,
  descriptor BLOB NOT NULL,
  fingerprint TEXT NOT NULL,
  paired_at TEXT NOT NULL
) STRICT;

-- name: create_channel
-- Where each channel stands.
CREATE TABLE tongban_channel (
  peer TEXT NOT NULL PRIMARY KEY,
  status TEXT NOT NULL,
  own_start TEXT NOT NULL,
  peer_start TEXT NOT NULL,
  cosigned_generation INTEGER NOT NULL,
  cosigned_size INTEGER NOT NULL,
  replicated_generation INTEGER NOT NULL,
  replicated_size INTEGER NOT NULL,
  last_contact_at TEXT,
  waiting_since TEXT
) STRICT;

-- name: create_honoured
-- Starts of peers that were answered once, and never again (spec/channels.md, "Starts").
CREATE TABLE tongban_honoured (
  peer TEXT NOT NULL,
  start TEXT NOT NULL,
  PRIMARY KEY (peer, start)
) STRICT, WITHOUT ROWID;

-- name: create_intent
-- What waits for a line, in order; the payload goes once it is settled.
CREATE TABLE tongban_intent (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  peer TEXT NOT NULL,
  at TEXT NOT NULL,
  ground TEXT,
  sealed BLOB,
  CHECK ((sealed IS NULL) = (ground IS NOT NULL))
) STRICT;

-- name: create_intent_pending
-- The intents of one peer that still wait.
CREATE INDEX tongban_intent_pending ON tongban_intent (peer, position) WHERE ground IS NULL;

-- name: create_mark
-- Values of the node as a whole.
CREATE TABLE tongban_mark (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
