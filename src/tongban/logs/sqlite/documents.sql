-- name: document
-- A document by its digest.
SELECT data FROM tongban_document WHERE digest = ?;

-- name: put_document
-- A digest has one content, so the second time changes nothing.
INSERT INTO tongban_document (digest, kind, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING;

-- name: documents
-- All documents of one kind.
SELECT digest, kind, data FROM tongban_document WHERE kind = ? ORDER BY digest;
