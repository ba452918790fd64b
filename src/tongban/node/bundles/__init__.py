"""Evidence bundles: one file from which anybody can check a case offline (spec/bundles.md)."""
