"""How a person of this node appears to the kernel and to partners."""

from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.entry import Actor, ActorKind


def actor_of(person: Person, role: Role) -> Actor:
    """Organisation, role and pseudonymous number; of an applicant only the number."""
    if role is Role.RESIDENT:
        return Actor(kind=ActorKind.APPLICANT, number=person.number)
    return Actor(
        kind=ActorKind.OFFICER,
        organisation=person.organisation_id,
        role=role.value,
        number=person.number,
    )
