"""What can be wrong with bytes that claim to be evidence."""


class Fault(Exception):
    """Something outside the law's yes and no went wrong; each subclass says what to do about it."""


class UnreadableKey(Fault):
    """The text or bytes are no key we can use; ask the key's owner for the key again."""


class UnreadableNote(Fault):
    """The bytes are no signed note; treat them as not received, and ask the sender again."""


class UnreadableCheckpoint(Fault):
    """The note's text is no checkpoint; treat the note as not received, and ask again."""


class UnreadableProof(Fault):
    """The bytes are no proof file; nothing is proven or disproven, so ask for the file again."""


class UnreadableRange(Fault):
    """The bytes are no compact range; rebuild the tree from its leaf hashes."""


class SealBroken(Fault):
    """The sealed bytes were changed, or sealed for another key or purpose; refuse them whole."""


class KeyMissing(Fault):
    """A key set is asked for that the signer does not hold; put the newest key file in place."""


class KeyMisuse(Fault):
    """A key was asked for an act that is not its purpose; the calling code is wrong, mend it."""
