"""What a node records for itself alone: intents, reads of personal data, checkpoints."""
