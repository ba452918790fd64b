"""What operators may ask of a node from the command line; found through one table."""

from collections.abc import Callable, Mapping
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations import (
    agreements,
    cases,
    catalogues,
    connectors,
    demand,
    evidence,
    explaining,
    guests,
    items,
    keys,
    mandates,
    negotiations,
    peers,
    people,
    repair,
    sheets,
    signers,
    standard_versions,
    standards,
    upkeep,
)
from tongban.app.operations.desk import OperatorDesk
from tongban.node.storage import storage_faults

OPERATIONS: Mapping[str, Callable[[OperatorDesk, Arguments], Any]] = {
    "agreement.cite": agreements.cite_instrument,
    "agreement.document": agreements.agreement_document,
    "agreement.explain": explaining.explain,
    "agreement.import": agreements.import_agreement,
    "agreement.list": agreements.list_agreements,
    "agreement.show": agreements.show_agreement,
    "agreement.sign": agreements.sign_agreement,
    "agreement.suspend": agreements.suspend_agreement,
    "agreement.resume": agreements.resume_agreement,
    "agreement.terminate": agreements.terminate_agreement,
    "agreement.leave": agreements.leave_agreement,
    "agreement.authorise": signers.authorise,
    "agreement.authorisations": signers.list_authorisations,
    "agreement.confirm": signers.confirm,
    "agreement.revoke": signers.revoke,
    "case.erase": cases.erase,
    "case.list": cases.list_cases,
    "case.show": cases.show_case,
    "catalogue.changes": catalogues.changes,
    "catalogue.list": catalogues.list_catalogues,
    "catalogue.publish": catalogues.publish,
    "connector.issue": connectors.issue,
    "connector.list": connectors.list_connectors,
    "connector.revoke": connectors.revoke,
    "demand.read": demand.read,
    "evidence.export": evidence.export,
    "evidence.list_misbehaviour": evidence.list_misbehaviour,
    "evidence.misbehaviour": evidence.export_misbehaviour_file,
    "guest.packet": guests.packet,
    "guest.record": guests.record,
    "item.close": catalogues.close_items,
    "item.compare": standards.compare_item,
    "item.conformance": standards.conformance_list,
    "item.export": sheets.export,
    "item.import": sheets.import_items,
    "item.list": items.list_items,
    "item.obstacles": standards.obstacle_list,
    "item.open": catalogues.open_items,
    "item.publish": sheets.publish,
    "item.show": items.show_item,
    "item.withdraw": catalogues.withdraw_item,
    "mandate.list": mandates.list_mandates,
    "mandate.progress": mandates.progress,
    "key.list": keys.list_keys,
    "key.rotate": keys.rotate,
    "negotiation.accept": negotiations.accept,
    "negotiation.comment": negotiations.comment,
    "negotiation.counter": negotiations.counter,
    "negotiation.list": negotiations.list_negotiations,
    "negotiation.propose": negotiations.propose,
    "negotiation.reject": negotiations.reject,
    "negotiation.show": negotiations.show_negotiation,
    "negotiation.withdraw": negotiations.withdraw,
    "peer.add": peers.add,
    "peer.close": peers.close,
    "peer.erase": peers.erase_refused,
    "peer.keys": peers.keys,
    "peer.list": peers.list_peers,
    "peer.show": peers.show,
    "person.add": people.add,
    "person.link": people.link,
    "repair.ask": repair.ask,
    "repair.look": repair.look,
    "repair.show": repair.show,
    "standard.draft": standard_versions.draft,
    "standard.list": standard_versions.list_standards,
    "standard.publish": standard_versions.publish,
    "standard.show": standard_versions.show,
    "status": upkeep.status,
}


def operate(desk: OperatorDesk, name: str, arguments: Arguments) -> Any:
    """Do one operation; the answer is JSON-able.

    Raises OperationRefused, or DiskFull and StorageFailed, whichever table could not be written.
    """
    operation = OPERATIONS.get(name)
    if operation is None:
        raise OperationRefused(f"this version knows no operation {name}; update both sides")
    with storage_faults():
        return operation(desk, arguments)
