"""What can go wrong with a bundle; each docstring says what the caller should do."""

from tongban.evidence.faults import Fault


class BundleUnreadable(Fault):
    """The bytes are no bundle in its one form; nothing is proven or disproven, ask for it again."""


class CaseUnknown(Fault):
    """This node has nothing on record about the case; check its number, or ask the other node."""


class BundleTooLarge(Fault):
    """The case has more entries than a bundle can number; prove them singly, by `check-proof`."""


class TrustUnreadable(Fault):
    """The text is no list of verifier keys; mend the line it names, or ask for the list again."""
