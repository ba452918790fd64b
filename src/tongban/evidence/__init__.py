"""Merkle trees, notes, cosignatures, proofs, sealing and signature suites: pure, bytes only."""
