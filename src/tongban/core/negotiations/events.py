"""What happened in a negotiation between two nodes (spec/negotiations.md).

Versions are numbered from 1 in the order in which they were laid on the table; each act but the
first names the version that it is about, so that what crossed another act is recognised.
"""

from dataclasses import dataclass

from tongban.core.entry import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class NegotiationProposed(Event):
    """A party laid a first version on the table and asks for an answer.

    document: digest; the document travels beside the entry, and names what it would replace.
    answer_by: last day for an answer, in China time (YYYY-MM-DD).
    """

    document: str
    answer_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NegotiationCountered(Event):
    """The holder laid another document on the table in answer to a version."""

    version: int
    document: str
    answer_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NegotiationCommented(Event):
    """A party said something on a clause of a version; the words are the body `comment`."""

    version: int
    clause: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NegotiationAccepted(Event):
    """The holder agrees to a version, by its document's digest; both may sign it."""

    version: int
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NegotiationRejected(Event):
    """The holder wants no agreement on this; ground: a code."""

    version: int
    ground: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NegotiationWithdrawn(Event):
    """A party goes no further with a version: whoever laid it on the table, or the holder."""

    version: int
