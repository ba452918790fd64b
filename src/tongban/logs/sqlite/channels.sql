-- name: peer
-- A paired node.
SELECT name, descriptor, fingerprint, paired_at, compared_keys FROM tongban_peer WHERE name = ?;

-- name: peers
-- All paired nodes.
SELECT name, descriptor, fingerprint, paired_at, compared_keys FROM tongban_peer ORDER BY name;

-- name: put_peer
-- A new pairing, or a new descriptor of a paired node.
INSERT INTO tongban_peer (name, descriptor, fingerprint, paired_at, compared_keys)
VALUES (?, ?, ?, ?, ?)
ON CONFLICT (name) DO UPDATE SET
  descriptor = excluded.descriptor,
  fingerprint = excluded.fingerprint,
  paired_at = excluded.paired_at,
  compared_keys = excluded.compared_keys;

-- name: channel
-- Where a channel stands.
SELECT
  peer, status, own_start, peer_start, cosigned_generation, cosigned_size,
  replicated_generation, replicated_size, last_contact_at, waiting_since
FROM tongban_channel WHERE peer = ?;

-- name: channels
-- Where all channels stand.
SELECT
  peer, status, own_start, peer_start, cosigned_generation, cosigned_size,
  replicated_generation, replicated_size, last_contact_at, waiting_since
FROM tongban_channel ORDER BY peer;

-- name: put_channel
-- Where a channel stands from now on.
INSERT INTO tongban_channel (
  peer, status, own_start, peer_start, cosigned_generation, cosigned_size,
  replicated_generation, replicated_size, last_contact_at, waiting_since
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (peer) DO UPDATE SET
  status = excluded.status,
  own_start = excluded.own_start,
  peer_start = excluded.peer_start,
  cosigned_generation = excluded.cosigned_generation,
  cosigned_size = excluded.cosigned_size,
  replicated_generation = excluded.replicated_generation,
  replicated_size = excluded.replicated_size,
  last_contact_at = excluded.last_contact_at,
  waiting_since = excluded.waiting_since;

-- name: honour
-- A start is answered once.
INSERT INTO tongban_honoured (peer, start) VALUES (?, ?) ON CONFLICT DO NOTHING;

-- name: is_honoured
-- Whether a start was answered.
SELECT 1 FROM tongban_honoured WHERE peer = ? AND start = ?;
