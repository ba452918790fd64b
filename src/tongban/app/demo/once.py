"""Three journeys through the public interfaces only, each with its evidence verified offline."""

import time
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tongban.app.demo import counter, officer, resident
from tongban.app.demo.faults import DemonstrationStopped
from tongban.app.demo.federation import Federation
from tongban.app.demo.people import credit_code, organisations_of, resident_number
from tongban.app.demo.visitor import Visitor
from tongban.app.demo.workplace import LOGS, make_private
from tongban.app.private_files import write_private
from tongban.catalogue import load_opened_items
from tongban.core.items.item import Item
from tongban.node.bundles.report import BundleReport, Effect
from tongban.node.bundles.trust import read_trust
from tongban.node.bundles.verify import verify_bundle

_PATIENCE_SECONDS = 60.0
_ENDED = "delivered"


@dataclass(frozen=True, kw_only=True, slots=True)
class Journey:
    """What to play: its name and cities, and the steps that lead to a case's number."""

    name: str
    intake: str
    competent: str
    play: Callable[["Stage"], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """A journey's cities, with people who log in when they are needed."""

    federation: Federation
    intake: str
    competent: str

    def visitor(self, node: str, username: str) -> Visitor:
        """Somebody's browser, logged in by a one-time link."""
        visitor = Visitor(self.federation.cities[node].address)
        visitor.log_in(self.federation.ask(node, "person.link", username=username)["link"])
        return visitor

    def item(self, words: str) -> Item:
        """An item of the competent city by a part of its Chinese name."""
        key = self.federation.cities[self.competent].key
        return next(item for item in load_opened_items(key) if words in item.name.zh)

    def officer_for(self, item: Item) -> Visitor:
        """The officer of the authority that decides the item."""
        key = self.federation.cities[self.competent].key
        codes = [organisation.code for organisation in organisations_of(key)]
        number = codes.index(item.organisation.code) + 1
        return self.visitor(self.competent, f"officer{number}")

    def await_stage(self, node: str, case: str, *stages: str) -> None:
        """Wait until a node sees the case in one of the stages, settled."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            for line in self.federation.ask(node, "case.list"):
                settled = line["stage"] in stages and not line["in_transit_to"]
                if line["case"] == case and settled:
                    return
            if time.monotonic() > deadline:
                raise DemonstrationStopped(
                    f"{node} waited in vain for {case} to be {' or '.join(stages)}; see what the "
                    f"logs in {self.federation.root / LOGS} say"
                )
            time.sleep(0.05)


def play(federation: Federation, folder: Path) -> dict[str, Any]:
    """Play every journey; the summary that `tongban demo --once --json` prints."""
    make_private(folder)
    journeys = [_play(federation, folder, journey) for journey in JOURNEYS]
    return {
        "nodes": len(federation.cities),
        "journeys": journeys,
        "ok": all(line["verified"] and line["state"] == _ENDED for line in journeys),
    }


def _play(federation: Federation, folder: Path, journey: Journey) -> dict[str, Any]:
    stage = Stage(federation=federation, intake=journey.intake, competent=journey.competent)
    case = journey.play(stage)
    for node in (journey.intake, journey.competent):
        stage.await_stage(node, case, _ENDED)
    shown = federation.ask(journey.intake, "case.show", case=case)
    path = folder / f"{journey.name}.bundle"
    verified = _verified(federation, journey, case, path)
    return {
        "name": journey.name,
        "case": case,
        "state": shown["stage"],
        "entries": len(shown["entries"]),
        "evidence": str(path),
        "verified": verified,
    }


def _verified(federation: Federation, journey: Journey, case: str, path: Path) -> bool:
    """Export once both sides have countersigned everything and know what became of it.

    Verified with the keys that the taking-in city knows. Only the last export has the papers in
    it, because each one that has them puts a reading of them on record.
    """
    trust = read_trust(federation.ask(journey.intake, "peer.keys")["trust"])
    export = partial(_exported, federation, journey.intake, case)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not is_settled(verify_bundle(export(bodies=False), trust)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    write_private(path, export(bodies=True))
    report = verify_bundle(path.read_bytes(), trust)
    return report.verified and is_settled(report)


def _exported(federation: Federation, node: str, case: str, *, bodies: bool) -> bytes:
    answer = federation.ask(node, "evidence.export", case=case, bodies=bodies)
    return b64decode(answer["bundle"])


def is_settled(report: BundleReport) -> bool:
    """Whether both sides stand behind every entry, and no outcome is awaited any more."""
    return all(
        entry.outcome is not Effect.UNSETTLED and (entry.proven or not entry.reader)
        for entry in report.entries
    )


def _all_online(stage: Stage) -> str:
    """J1 全程网办: a resident of Songjiang applies in Hefei without leaving home."""
    item = stage.item("食品经营许可")
    person, decider = stage.visitor(stage.intake, "resident"), stage.officer_for(item)
    answers = {
        "shop_name": "小满面馆（演示）",
        "shop_address": "合肥市蜀山区演示路8号",
        "business_kind": "restaurant",
        "area_square_metres": "60",
        "online_sales": "no",
    }
    case = resident.apply_online(person, item, "开饭店", answers)
    stage.await_stage(stage.competent, case, "dispatched")
    officer.accept(decider, case)
    officer.grant(decider, case)
    stage.await_stage(stage.intake, case, _ENDED)
    resident.rate(person, case, "very_satisfied", "不用跑合肥，很方便。")
    return case


def _at_the_counter(stage: Stage) -> str:
    """J2 异地代收代办: taken in at Suzhou, corrected once, decided in Hangzhou, handed over."""
    item = stage.item("出具贷款职工住房公积金")
    clerk, decider = stage.visitor(stage.intake, "clerk"), stage.officer_for(item)
    case = counter.take_in(clerk, item, FUND_ANSWERS)
    stage.await_stage(stage.competent, case, "dispatched")
    officer.ask_for_correction(decider, case, "purchase_contract")
    stage.await_stage(stage.intake, case, "correcting")
    counter.bring_correction(clerk, case, item, ["purchase_contract"])
    stage.await_stage(stage.competent, case, "corrected")
    officer.accept(decider, case)
    officer.grant(decider, case)
    stage.await_stage(stage.intake, case, "decided")
    counter.hand_over_result(clerk, case)
    return case


def _through_the_gateway(stage: Stage) -> str:
    """J15: taken in at Jiaxing; Wuhu is polled, and decides in an approval system of its own."""
    item = stage.item("船舶营业运输证")
    clerk = stage.visitor(stage.intake, "clerk")
    case = counter.take_in(clerk, item, SHIP_ANSWERS)
    stage.await_stage(stage.intake, case, "decided")
    counter.hand_over_result(clerk, case)
    return case


#: What made-up applicants write into the forms.
FUND_ANSWERS: Mapping[str, str] = {
    "applicant_name": "沈一诺",
    "resident_number": resident_number("320500", "19950315", "002"),
    "phone": "13800000002",
    "fund_account": "330100000001",
    "loan_city": "苏州",
    "home_address": "苏州市姑苏区演示路12号",
}
SHIP_ANSWERS: Mapping[str, str] = {
    "operator_name": "嘉兴演示航运有限公司",
    "credit_code": credit_code("91330400MA0DEMA00"),
    "contact_name": "陆安行",
    "phone": "13800000003",
    "ship_name": "演示货001",
    "ship_number": "CN20261122001",
    "reason": "expiry",
}

JOURNEYS = (
    Journey(name="J1", intake="songjiang.g60.demo", competent="hefei.g60.demo", play=_all_online),
    Journey(
        name="J2", intake="suzhou.g60.demo", competent="hangzhou.g60.demo", play=_at_the_counter
    ),
    Journey(
        name="J15",
        intake="jiaxing.g60.demo",
        competent="wuhu.g60.demo",
        play=_through_the_gateway,
    ),
)
