"""The part of the store's contract about what waits for a line."""

from datetime import datetime
from typing import Any, Protocol

from tongban.logs.rows import StoredIntent


class IntentStore(Protocol):
    """What people did for a peer whose line was not open (spec/channels.md)."""

    def add_intent(
        self,
        connection: Any,
        *,
        id: str,  # noqa: A002  the row's own name for it
        peer: str,
        at: datetime,
        payload: bytes,
    ) -> None:
        """The last in its peer's line; payload: what the node needs to act on it later."""
        ...

    def intent(self, connection: Any, intent_id: str) -> StoredIntent | None:
        """One intent, waiting or settled."""
        ...

    def pending_intents(self, connection: Any, peer: str) -> list[StoredIntent]:
        """What waits for a peer, in the order of adding."""
        ...

    def change_intent(self, connection: Any, intent_id: str, payload: bytes) -> None:
        """Put another payload in the place of a waiting intent's; its place in the line stays.

        Raises BrokenInvariant when it does not wait.
        """
        ...

    def due_intents(self, connection: Any, peer: str, at: datetime) -> list[StoredIntent]:
        """Those of `pending_intents` that are not held beyond this instant."""
        ...

    def hold_intent(self, connection: Any, intent_id: str, until: datetime) -> None:
        """It may go from then on; its place in the line stays.

        Raises BrokenInvariant when it does not wait.
        """
        ...

    def settle_intent(self, connection: Any, intent_id: str, ground: str) -> None:
        """Appended (""), or come back with a ground; the payload is removed.

        Raises BrokenInvariant when it does not wait.
        """
        ...
