-- name: table
CREATE TABLE event (number INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;

-- name: insert
INSERT INTO event (number, data) VALUES (?, ?);
