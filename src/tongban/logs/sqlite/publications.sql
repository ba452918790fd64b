-- name: add_publication
-- A version stands from this day on.
INSERT INTO tongban_publication (item, version, competent, digest, first_day)
VALUES (?, ?, ?, ?, ?);

-- name: end_publication
-- This is the last day of a version.
UPDATE tongban_publication SET last_day = ? WHERE item = ? AND digest = ? AND last_day IS NULL;

-- name: standing_publications
-- What stands, whoever decides it.
SELECT item, version, competent, digest, first_day, last_day FROM tongban_publication
WHERE last_day IS NULL
ORDER BY position;

-- name: ended_publications
-- What ended on a day or later.
SELECT item, version, competent, digest, first_day, last_day FROM tongban_publication
WHERE last_day >= ?
ORDER BY last_day, position;

-- name: publications_of
-- Every version of one item, oldest first.
SELECT item, version, competent, digest, first_day, last_day FROM tongban_publication
WHERE item = ?
ORDER BY position;
