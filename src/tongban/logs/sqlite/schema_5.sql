-- Kernel tables, version 5: what officers decided about this node's own items.

-- name: create_withdrawal
-- Items that take no new applications; digest: of the version that stood. number: of the officer,
-- "" for nobody in particular.
CREATE TABLE tongban_withdrawal (
  item TEXT PRIMARY KEY,
  digest TEXT NOT NULL,
  reason TEXT NOT NULL,
  from_day TEXT NOT NULL,
  number TEXT NOT NULL
) STRICT;

-- name: create_opening
-- Items that every partner is told of, whatever was agreed with it.
CREATE TABLE tongban_opening (
  item TEXT PRIMARY KEY
) STRICT;
