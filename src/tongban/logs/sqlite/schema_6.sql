-- Kernel tables, version 6: to whom an officer opened an item, and which officer.

-- name: rename_opening
-- What was opened to all stands here until it is copied.
ALTER TABLE tongban_opening RENAME TO tongban_opening_to_all;

-- name: create_opening
-- peer: the partner that is told of the item, "" where every partner is. number: of the officer,
-- "" for nobody in particular.
CREATE TABLE tongban_opening (
  item TEXT NOT NULL,
  peer TEXT NOT NULL,
  number TEXT NOT NULL,
  PRIMARY KEY (item, peer)
) STRICT;

-- name: copy_openings
-- Nobody wrote down which officer it was.
INSERT INTO tongban_opening (item, peer, number) SELECT item, '', '' FROM tongban_opening_to_all;

-- name: drop_opening_to_all
-- Everything in it was copied.
DROP TABLE tongban_opening_to_all;
