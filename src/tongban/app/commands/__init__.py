"""The commands of `tongban`, one file a noun."""
