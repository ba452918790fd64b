"""What one government lets another do: documents, signatures, grants, bases."""
