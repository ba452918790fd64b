"""Files too large for one body: what lists their pieces, and who has them (spec/blobs.md)."""
