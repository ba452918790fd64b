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

-- name: open_to_all
-- Every partner is told of the item.
INSERT INTO tongban_opening (item) VALUES (?) ON CONFLICT DO NOTHING;

-- name: opened_to_all
-- Items that every partner is told of.
SELECT item FROM tongban_opening ORDER BY item;
