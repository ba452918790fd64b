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
INSERT INTO tongban_opening (item, peer, number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING;

-- name: openings
-- Everything that officers opened.
SELECT item, peer, number FROM tongban_opening ORDER BY item, peer;
