"""What can go wrong while a text is laid out; each docstring says what the caller should do."""


class TextFault(Exception):
    """A text cannot be laid out here; nothing was written. Show it to whoever asked."""


class FontMissing(TextFault):
    """No font with Chinese characters is installed; install one, or choose another format."""
