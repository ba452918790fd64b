"""Pages for residents and enterprises; they work without JavaScript."""
