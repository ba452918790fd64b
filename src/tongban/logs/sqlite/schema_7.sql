-- Kernel tables, version 7: what officers took back from one partner, and gave to it again.

-- name: add_given_at
-- When the partner was last given the item, in UTC; "" where nobody wrote it down.
ALTER TABLE tongban_opening ADD COLUMN given_at TEXT NOT NULL DEFAULT '';

-- name: create_closure
-- Items of which one partner takes nothing in any more, whatever opens them. number: of the officer,
-- "" for nobody in particular.
CREATE TABLE tongban_closure (
  item TEXT NOT NULL,
  peer TEXT NOT NULL,
  reason TEXT NOT NULL,
  from_day TEXT NOT NULL,
  number TEXT NOT NULL,
  PRIMARY KEY (item, peer)
) STRICT;
