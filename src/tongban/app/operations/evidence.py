"""`tongban evidence export`: one case as a bundle that anybody can verify offline."""

from base64 import b64encode
from typing import Any

from tongban.app.composition import descriptor_of
from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.cases import unknown_case
from tongban.app.operations.desk import OperatorDesk
from tongban.core.entry import Actor, ActorKind
from tongban.node.bundles.export import export_bundle
from tongban.node.bundles.faults import BundleTooLarge

_OPERATOR = Actor(kind=ActorKind.OFFICER, role="operator")


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
            bodies_for=_OPERATOR if arguments["bodies"] else None,
        )
    except BundleTooLarge as fault:
        raise OperationRefused(f"{fault}. Nothing was written.") from fault
    return {"case": case, "bundle": b64encode(data).decode()}
