"""Accounts of this node: `tongban person add | link`."""

import re
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OPERATOR, OperatorDesk

_USERNAME = re.compile(r"[\w.-]{1,64}")


def add(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Enter a person with roles; a one-time log-in link takes the place of a first password."""
    from tongban.accounts.models import Organisation, Person  # noqa: PLC0415 - Django is set up
    from tongban.accounts.people import NewPerson, register  # noqa: PLC0415
    from tongban.accounts.roles import Role  # noqa: PLC0415

    if not _USERNAME.fullmatch(arguments["username"]):
        raise OperationRefused(
            "a name to log in with has 1 to 64 letters, digits, dots, hyphens and underlines; "
            "choose such a name"
        )
    unknown = sorted(set(arguments["roles"]) - set(Role.values))
    if unknown:
        raise OperationRefused(
            f"there is no role {unknown[0]}; the roles are {', '.join(Role.values)}"
        )
    organisation = None
    if arguments.get("organisation"):
        organisation, _ = Organisation.objects.update_or_create(
            code=arguments["organisation"]["code"],
            defaults={
                "name_zh": arguments["organisation"]["name_zh"],
                "name_en": arguments["organisation"]["name_en"],
            },
        )
    person: Person = register(
        NewPerson(
            username=arguments["username"],
            display_name=arguments["display_name"],
            roles=frozenset(Role(role) for role in arguments["roles"]),
            organisation=organisation,
            name=arguments.get("name", ""),
            identity_number=arguments.get("identity_number", ""),
            phone=arguments.get("phone", ""),
            address=arguments.get("address", ""),
        )
    )
    for role in arguments["roles"]:
        desk.node.record_access(person.number, role, actor=OPERATOR)
    return link(desk, arguments)


def link(desk: OperatorDesk, arguments: Arguments) -> Any:
    """A one-time log-in link, good for a day."""
    from tongban.accounts.links import issue_link  # noqa: PLC0415
    from tongban.accounts.models import Person  # noqa: PLC0415

    person = Person.objects.filter(username=arguments["username"]).first()
    if person is None:
        raise OperationRefused(
            f"nobody here is called {arguments['username']}; `tongban person add` enters people"
        )
    path = issue_link(person, desk.node.kernel.clock.now(), desk.node.kernel.randomness.draw)
    pages = desk.settings.pages
    return {"username": person.username, "link": f"http://{pages.host}:{pages.port}{path}"}
