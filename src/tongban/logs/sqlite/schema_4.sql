-- Kernel tables, version 4: which version of an item stood in the catalogue on which days.

-- name: create_publication
-- first_day, last_day: in China; last_day is empty while the version stands.
CREATE TABLE tongban_publication (
  position INTEGER PRIMARY KEY,
  item TEXT NOT NULL,
  version INTEGER NOT NULL,
  competent TEXT NOT NULL,
  digest TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT
) STRICT;

-- name: create_publication_item
-- All versions of one item.
CREATE INDEX tongban_publication_item ON tongban_publication (item, position);

-- name: create_publication_last_day
-- What stands, and what ended on or after a day, among everything that ever stood.
CREATE INDEX tongban_publication_last_day ON tongban_publication (last_day, position);
