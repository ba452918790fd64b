-- How a node works with its schema of a PostgreSQL database, whatever tables lie there.

-- name: promises
-- What the server promises, and where this connection has come.
SELECT
  current_setting('fsync'),
  current_setting('synchronous_commit'),
  current_setting('server_encoding'),
  current_schema();

-- name: wait_a_while
-- How long another process may write before somebody who waits for it is told, as on SQLite.
SET lock_timeout = '10s';

-- name: create_commit
-- The last transaction of each process that ran lately; tells whether one whose end nobody heard was done.
CREATE TABLE IF NOT EXISTS tongban_commit (
  process TEXT PRIMARY KEY,
  number BIGINT NOT NULL,
  at TIMESTAMPTZ NOT NULL
);

-- name: forget_commits
-- Of processes that ended long ago.
DELETE FROM tongban_commit WHERE at < now() - interval '1 day';

-- name: begin_write
-- What is committed while the lock is waited for is seen once it is there.
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;

-- name: take_turn
-- The lock goes with the transaction; 1953459815 is "tong" in ASCII, so as not to meet others' locks.
SELECT pg_advisory_xact_lock(1953459815, quote_ident(current_schema())::regnamespace::oid::integer);

-- name: begin_read
-- One state for as long as it is held; writers wait for nobody who reads.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;

-- name: mark
-- What wrote nothing leaves no mark.
INSERT INTO tongban_commit (process, number, at)
SELECT {process}, {number}, now() WHERE pg_current_xact_id_if_assigned() IS NOT NULL
ON CONFLICT (process) DO UPDATE SET number = excluded.number, at = excluded.at;

-- name: commit
-- The end of the transaction and of its lock.
COMMIT;

-- name: last_commit
-- Which of a process's transactions was done last.
SELECT number FROM tongban_commit WHERE process = %s;
