"""Pages for counter clerks and case officers."""
