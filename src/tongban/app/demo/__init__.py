"""The demonstration: nine cities of the G60 corridor as nine node processes on one machine."""
