"""Access of connected systems: `tongban connector issue | list | revoke`."""

import re
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OPERATOR, OperatorDesk

_SYSTEM = re.compile(r"[\w.\-（）() ]{1,60}")


def issue(desk: OperatorDesk, arguments: Arguments) -> Any:
    """A token for a system; it is shown this once.

    system: its name, which partners see with every fact. organisation: 统一社会信用代码 of the
    authority for which it decides, or a list of them.
    """
    from tongban.api.actors import CONNECTOR  # noqa: PLC0415 - Django is set up
    from tongban.api.tokens import fresh_token  # noqa: PLC0415

    system, given = arguments["system"], arguments["organisation"]
    organisations = [given] if isinstance(given, str) else list(given)
    if not _SYSTEM.fullmatch(system):
        raise OperationRefused(
            "the name of a system has 1 to 60 letters, digits, spaces, brackets, dots, hyphens "
            "and underlines"
        )
    _check_organisations(desk, organisations)
    token, now = fresh_token(), desk.node.kernel.clock.now()
    desk.node.record_access(
        token.number,
        CONNECTOR,
        actor=OPERATOR,
        beside=lambda _: token.keep(system, organisations, now),
    )
    given = {"system": system, "organisations": organisations}
    return given | {"number": token.number, "token": token.text}


def list_connectors(_desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every access that was given, and whether it is still good; never the tokens."""
    from tongban.api.instants import text_of  # noqa: PLC0415 - Django is set up
    from tongban.api.models import ConnectorToken  # noqa: PLC0415

    return [
        {
            "system": access.system,
            "number": access.number,
            "organisations": access.organisations,
            "issued_at": text_of(access.issued_at),
            "revoked": access.revoked_at is not None,
        }
        for access in ConnectorToken.objects.order_by("issued_at")
    ]


def revoke(desk: OperatorDesk, arguments: Arguments) -> Any:
    """End every access of a system at once."""
    from tongban.api.tokens import revoke_tokens  # noqa: PLC0415 - Django is set up

    system = arguments["system"]
    revoked = revoke_tokens(system, desk.node.kernel.clock.now())
    if not revoked:
        raise OperationRefused(
            f"no system {system} has access here; `tongban connector list` shows which have"
        )
    return {"system": system, "revoked": revoked}


def _check_organisations(desk: OperatorDesk, organisations: list[str]) -> None:
    """A system may decide only for authorities whose items this node decides."""
    here = {
        item.organisation.code for item in desk.node.items() if item.competent == desk.node.name
    }
    if not organisations:
        raise OperationRefused("name the organisation for which the system decides")
    for code in organisations:
        if code not in here:
            raise OperationRefused(
                f"{desk.node.name} decides no items for the organisation {code}; it does for "
                f"{', '.join(sorted(here)) or 'none'}"
            )
