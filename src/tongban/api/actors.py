"""How a connected system appears to the kernel and to partners."""

from tongban.api.models import ConnectorToken
from tongban.core.cases.state import CaseState
from tongban.core.entry import Actor, ActorKind

CONNECTOR = "connector"


def connector_of(access: ConnectorToken, state: CaseState) -> Actor:
    """The system, acting for the authority that decides the case."""
    return Actor(
        kind=ActorKind.SYSTEM,
        organisation=state.organisation,
        role=CONNECTOR,
        number=access.number,
    )
