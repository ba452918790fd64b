"""What `decide` answers when it does not refuse: events for the node to append, in order."""

from dataclasses import dataclass

from tongban.core.entry import Basis, Event


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """One event to append in the transaction of its command.

    home: it goes to the home log, not to the channel. bodies: names of the bodies that this
    entry commits to; for a dispatch they are those of the take-in.
    """

    event: Event
    basis: Basis | None = None
    home: bool = False
    bodies: tuple[str, ...] = ()
