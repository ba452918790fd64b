"""Text that no spreadsheet takes for a formula, and back.

A cell that begins with one of these signs is computed when somebody opens the file, and so are
rows of CSV; an apostrophe before it says that it is text. Texts that begin with apostrophes and
such a sign get one more, so that reading gives back what was written.
"""

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")


def protect(text: str) -> str:
    """The text as it is written into a cell."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unprotect(text: str) -> str:
    """What stood before `protect`; what nobody protected stays as it is."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text
