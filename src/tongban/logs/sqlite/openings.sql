-- name: put_withdrawal
-- The item takes no new applications.
INSERT INTO tongban_withdrawal (item, digest, reason, from_day, number) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (item) DO UPDATE SET
  digest = excluded.digest,
  reason = excluded.reason,
  from_day = excluded.from_day,
  number = excluded.number;

-- name: forget_withdrawal
-- Another version of the item was published.
DELETE FROM tongban_withdrawal WHERE item = ?;

-- name: withdrawals
-- Everything that is withdrawn.
SELECT item, digest, reason, from_day, number FROM tongban_withdrawal ORDER BY item;

-- name: put_opening
-- One partner is told of the item, or all are; who said so first stays.
INSERT INTO tongban_opening (item, peer, number, given_at) VALUES (?, ?, ?, ?)
ON CONFLICT (item, peer) DO UPDATE SET given_at = excluded.given_at;

-- name: forget_opening
-- An officer took the item back from this partner.
DELETE FROM tongban_opening WHERE item = ? AND peer = ?;

-- name: openings
-- Everything that officers opened.
SELECT item, peer, number, given_at FROM tongban_opening ORDER BY item, peer;

-- name: put_closure
-- One partner is to have the item no more.
INSERT INTO tongban_closure (item, peer, reason, from_day, number) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (item, peer) DO UPDATE SET
  reason = excluded.reason,
  from_day = excluded.from_day,
  number = excluded.number;

-- name: forget_closure
-- The partner was given the item again.
DELETE FROM tongban_closure WHERE item = ? AND peer = ?;

-- name: closures
-- Everything that officers took back from one partner.
SELECT item, peer, reason, from_day, number FROM tongban_closure ORDER BY item, peer;
