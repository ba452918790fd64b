"""Pages for counter clerks and case officers: dense, keys first, and they work without scripts."""
