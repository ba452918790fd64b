"""Facts that wait for the partner's line, and what became of them (spec/connector.md)."""

from typing import Protocol, cast

from tongban.api.models import RecordedFact
from tongban.node.ports import Connection
from tongban.pages.node_access import current_node


class NodeOfIntents(Protocol):
    """What the connector asks of the node besides what pages do."""

    def waits_as(self, connection: Connection, case: str) -> str:
        """The intent in which a case's newest act waits; "" where it was written at once."""
        ...

    def intent_ground(self, intent: str) -> str | None:
        """Why an intent came back; "" where it was appended, None while it waits."""
        ...


def waits_as(connection: Connection, case: str) -> str:
    """The intent that was just recorded for a case, if its newest act has to wait."""
    return _node().waits_as(connection, case)


def ground_of(row: RecordedFact) -> str | None:
    """Why a recorded fact came back; "" where it stands, None while it waits."""
    return _node().intent_ground(row.intent) if row.intent else ""


def _node() -> NodeOfIntents:
    return cast("NodeOfIntents", current_node())
