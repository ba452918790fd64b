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

-- name: create_publication_standing
-- What stands today, among everything that ever stood.
CREATE INDEX tongban_publication_standing
  ON tongban_publication (competent) WHERE last_day IS NULL;
