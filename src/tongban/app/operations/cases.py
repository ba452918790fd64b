"""Cases as an operator may see them: `tongban case list | show | erase`. No names, no contents."""

from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OperatorDesk
from tongban.core.cases.state import CaseState
from tongban.core.entry import Actor, ActorKind
from tongban.logs import wire
from tongban.logs.rows import LogKind

_OPERATOR = Actor(kind=ActorKind.OFFICER, role="operator")


def list_cases(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every case of this node with its stage and holder."""
    return [_line(desk, state) for state in desk.node.cases()]


def show_case(desk: OperatorDesk, arguments: Arguments) -> Any:
    """One case and every entry about it, in the order in which this node came to them."""
    state = desk.node.case_state(arguments["case"])
    if state is None:
        raise unknown_case(arguments["case"])
    return _line(desk, state) | {"entries": _entries(desk, arguments["case"])}


def unknown_case(case: str) -> OperationRefused:
    """What is said of a number that no case here has."""
    return OperationRefused(
        f"no case {case} is known here; look at the number again, or at those that "
        "`tongban case list` shows"
    )


def erase(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Erase a body of a case where the law says so; the log stays verifiable."""
    erased = desk.node.erase_body(
        arguments["case"], arguments["body"], actor=_OPERATOR, ground=arguments["ground"]
    )
    if not erased:
        raise OperationRefused(
            f"the case {arguments['case']} has no body {arguments['body']} here, or it was "
            "erased before; `tongban case show` lists what there is"
        )
    return {"case": arguments["case"], "body": arguments["body"], "erased": erased}


def _line(desk: OperatorDesk, state: CaseState) -> dict[str, Any]:
    item = desk.node.published.find(state.item)
    return {
        "case": state.id,
        "item": item.name.zh if item else state.item,
        "stage": state.stage,
        "holder": state.holder,
        "in_transit_to": state.transit.receiver if state.transit else "",
        "ended": state.ended,
    }


def _entries(desk: OperatorDesk, case: str) -> list[dict[str, Any]]:
    found = []
    for line in desk.node.history(case):
        entry = wire.decode(line.data) if line.data else None
        found.append(
            {
                "seq": line.seq,
                "writer": line.peer if line.kind is LogKind.MIRROR else desk.node.name,
                "type": wire.type_name(entry.event) if entry else "erased",
                "at": entry.at.isoformat(timespec="milliseconds") if entry else "",
                "refused": line.ground,
                "bodies": [commitment.name for commitment in entry.commitments] if entry else [],
            }
        )
    return found
