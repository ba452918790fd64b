"""Read models for lists, pages and statistics: safe to drop and rebuild from the logs."""
