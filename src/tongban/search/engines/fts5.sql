-- Search in SQLite: one row for each entry, its tokens beside it in an index of whole tokens.

-- name: make
-- The place and the basic item are columns of their own, because they are looked up exactly. Tokens
-- are cut before they come here; the tokenizer only separates them at spaces.
CREATE TABLE entry (
  number INTEGER PRIMARY KEY,
  place TEXT NOT NULL,
  basic TEXT NOT NULL,
  flags TEXT NOT NULL,
  entry BLOB NOT NULL
);
CREATE INDEX entry_by_basic ON entry (basic, place);
CREATE VIRTUAL TABLE token USING fts5 (
  named, said, place, flags, content = '', tokenize = "unicode61 remove_diacritics 0"
);
CREATE TABLE vocabulary (words BLOB NOT NULL);

-- name: add_entry
-- One entry; its number joins it to its tokens.
INSERT INTO entry (number, place, basic, flags, entry) VALUES (?, ?, ?, ?, ?);

-- name: add_tokens
-- The tokens of one entry.
INSERT INTO token (rowid, named, said, place, flags) VALUES (?, ?, ?, ?, ?);

-- name: add_vocabulary
-- The words of all entries, as the code encodes them.
INSERT INTO vocabulary (words) VALUES (?);

-- name: vocabulary
-- The words of all entries.
SELECT words FROM vocabulary;

-- name: candidates
-- Best first. The names weigh three times as much as the description, filters nothing.
SELECT entry.entry FROM token JOIN entry ON entry.number = token.rowid
WHERE token MATCH ? ORDER BY bm25(token, 3.0, 1.0, 0.0, 0.0), token.rowid LIMIT ?;

-- name: any
-- For a question without a word: the first entries there are.
SELECT entry FROM entry ORDER BY number LIMIT ?;

-- name: of_basic
-- One basic item in whichever of these places; the codes come as a JSON array, empty for all.
SELECT entry FROM entry
WHERE basic = ?1 AND (?2 = '[]' OR place IN (SELECT value FROM json_each(?2)))
ORDER BY number LIMIT ?3;
