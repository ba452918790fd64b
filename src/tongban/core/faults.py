"""What can go wrong in pure code; each docstring says what the caller should do."""


class CoreFault(Exception):
    """A value that core was given cannot be used; nothing took effect."""


class NotCanonical(CoreFault):
    """These bytes are not the one form of their value; refuse the entry or document they carry."""


class NotEncodable(CoreFault):
    """This value has no canonical form (a float, a time without offset); mend the caller."""


class DocumentInvalid(CoreFault):
    """A document breaks its schema; show `field`, `reason` and `remedy` to whoever wrote it.

    field: path such as "materials[2].code", "" for the document itself. remedy: what to do, ""
    where the reason already says it.
    """

    def __init__(self, field: str, reason: str, remedy: str = "") -> None:
        super().__init__(f"{field or 'document'}: {reason}" + (f"; {remedy}" if remedy else ""))
        self.field = field
        self.reason = reason
        self.remedy = remedy


class BrokenInvariant(CoreFault):
    """Something that cannot be true was found to be true; stop this channel and alarm people."""
