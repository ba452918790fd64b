-- Up to a hundred faults of the file, or one line that says ok.
PRAGMA integrity_check
