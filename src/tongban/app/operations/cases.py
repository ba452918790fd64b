"""Cases as an operator may see them: `tongban case list | show | erase`. No names, no contents."""

from collections.abc import Mapping
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OPERATOR, OperatorDesk
from tongban.app.operations.ground import check_ground
from tongban.channels.messages import Position
from tongban.core.cases.state import CaseState
from tongban.core.entry import Basis
from tongban.logs import wire
from tongban.logs.rows import JournalLine, LogKind
from tongban.node.bundles.report import Effect
from tongban.node.node import Node


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
    check_ground(arguments["ground"])
    erased = desk.node.erase_body(
        arguments["case"], arguments["body"], actor=OPERATOR, ground=arguments["ground"]
    )
    if not erased:
        raise OperationRefused(
            f"the case {arguments['case']} has no body {arguments['body']} here, or it was "
            "erased before; `tongban case show` lists what there is"
        )
    return {"case": arguments["case"], "body": arguments["body"], "erased": erased}


def _line(desk: OperatorDesk, state: CaseState) -> dict[str, Any]:
    item = desk.node.item_version(state.item_digest)
    return {
        "case": state.id,
        "item": item.name.zh if item else state.item,
        "stage": state.stage,
        "holder": state.holder,
        "in_transit_to": state.transit.receiver if state.transit else "",
        "ended": state.ended,
    }


def effect_of(line: JournalLine, decided: Mapping[str, Position]) -> Effect:
    """What became of an entry about a case, as bundles say it.

    decided: how far of this node's log each partner's outcomes reach, by its name.
    """
    if line.kind is LogKind.HOME:
        return Effect.NOT_DUE
    if line.ground:
        return Effect.REFUSED
    reach = decided[line.peer]
    if line.kind is LogKind.OWN and (line.generation, line.index) >= (reach.generation, reach.size):
        return Effect.UNSETTLED
    return Effect.TAKEN_EFFECT


def decided_by_partners(node: Node) -> dict[str, Position]:
    """How far of this node's log to each partner its outcomes reach."""
    return {
        row.peer: Position(generation=row.replicated_generation, size=row.replicated_size)
        for row in node.channels()
    }


def _entries(desk: OperatorDesk, case: str) -> list[dict[str, Any]]:
    found, decided = [], decided_by_partners(desk.node)
    for line in desk.node.history(case):
        entry = wire.decode(line.data) if line.data else None
        found.append(
            {
                "seq": line.seq,
                "writer": line.peer if line.kind is LogKind.MIRROR else desk.node.name,
                "type": wire.type_name(entry.event) if entry else "erased",
                "at": entry.at.isoformat(timespec="milliseconds") if entry else "",
                "effect": effect_of(line, decided),
                "refused": line.ground,
                "basis": _basis(entry.basis) if entry and entry.basis else {},
                "bodies": [commitment.name for commitment in entry.commitments] if entry else [],
            }
        )
    return found


def _basis(basis: Basis) -> dict[str, str]:
    return {
        "kind": basis.kind.value,
        "document": basis.document or "",
        "clause": basis.clause or "",
    }
