"""`tongban evidence export | misbehaviour`: files that anybody can verify offline."""

from base64 import b64encode
from typing import Any

from tongban.app.composition import descriptor_of
from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.cases import unknown_case
from tongban.app.operations.desk import OPERATOR, OperatorDesk
from tongban.evidence.checkpoints import parse_checkpoint
from tongban.evidence.notes import parse_note
from tongban.logs.rows import ContradictionRow
from tongban.node.bundles.export import export_bundle
from tongban.node.bundles.faults import BundleTooLarge
from tongban.node.misbehaviour.export import NothingNoticed, export_misbehaviour


def export(desk: OperatorDesk, arguments: Arguments) -> Any:
    """The bundle, in base64; personal bodies only where that is asked for, and then recorded."""
    case = arguments["case"]
    if desk.node.case_state(case) is None:
        raise unknown_case(case)
    descriptor = descriptor_of(desk.settings, desk.folder, desk.secrets.signer)
    try:
        data = export_bundle(
            desk.node.kernel,
            case,
            descriptor=descriptor,
            bodies_for=OPERATOR if arguments["bodies"] else None,
        )
    except BundleTooLarge as fault:
        raise OperationRefused(f"{fault}. Nothing was written.") from fault
    state = desk.node.case_state(case)
    partner = state.partner(desk.node.name) if state else ""
    return {
        "case": case,
        "bundle": b64encode(data).decode(),
        "more_to_come": partner in desk.node.partly_back(),
    }


def list_misbehaviour(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Every contradiction of a partner that was noticed, oldest first."""
    peer = arguments["peer"]
    desk.node.kernel.peers.require(peer)
    return [
        {"number": number, **_contradiction(row)}
        for number, row in enumerate(desk.node.contradictions(peer), 1)
    ]


def export_misbehaviour_file(desk: OperatorDesk, arguments: Arguments) -> Any:
    """The proof of one of them, in base64."""
    peer = arguments["peer"]
    desk.node.kernel.peers.require(peer)
    descriptor = descriptor_of(desk.settings, desk.folder, desk.secrets.signer)
    try:
        data = export_misbehaviour(
            desk.node.kernel, peer, arguments["number"], descriptor=descriptor
        )
    except NothingNoticed as fault:
        raise OperationRefused(f"{fault}. Nothing was written.") from fault
    return {"peer": peer, "proof": b64encode(data).decode()}


def _contradiction(row: ContradictionRow) -> dict[str, Any]:
    first, second = (parse_checkpoint(parse_note(note).text) for note in (row.first, row.second))
    return {
        "found_at": row.found_at.isoformat(timespec="seconds"),
        "origin": first.origin,
        "first_size": first.size,
        "second_size": second.size,
    }
