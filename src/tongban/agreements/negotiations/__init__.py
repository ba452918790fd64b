"""Pages on which two or more places come to a text: inbox, comparison, editor, acts."""
