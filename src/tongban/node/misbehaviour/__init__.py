"""A peer that contradicts itself: noticed, kept, shown to others (spec/misbehaviour.md)."""
