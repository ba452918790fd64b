"""What one node lets another know of the items that it decides: versions of a list, in order."""
