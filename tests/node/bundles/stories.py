"""Made-up cases as two nodes would have written them, and their bundles."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tongban.channels.descriptors import fingerprint
from tongban.core import canonical
from tongban.core.cases.events import (
    CaseAccepted,
    CaseDecided,
    CaseDispatched,
    CaseOpened,
    CaseTakenIn,
    Delivery,
    Intake,
    IntakeKind,
    Mode,
    PersonCheck,
    ResultDelivered,
    Verdict,
)
from tongban.core.entry import Basis, BasisKind, Subject, SubjectKind
from tongban.core.home.events import PeerPaired, PersonalDataRead
from tongban.evidence.keys import VerifierKey
from tongban.node.bundles.contents import Contents
from tongban.node.bundles.encode import encode_bundle
from tongban.node.bundles.entries import BundledEntry
from tongban.node.bundles.order import in_causal_order
from tongban.node.bundles.report import BundleReport
from tongban.node.bundles.trust import node_keys
from tongban.node.bundles.verify import verify_bundle

from .pair import MORNING, MadeUpNode, Pair

SONGJIANG = MadeUpNode(name="songjiang.example", number=1)
HEFEI = MadeUpNode(name="hefei.example", number=2)
STRANGER = MadeUpNode(name="nowhere.example", number=3)
CASE = Subject(kind=SubjectKind.CASE, id="G60-2026-000001")

ITEM = b'{"made_up":"an item"}'
PROCESS = b'{"made_up":"a process"}'
DOCUMENTS = {canonical.digest(data): data for data in (ITEM, PROCESS)}
OWN_RIGHT = Basis(kind=BasisKind.OWN_RIGHT)
TRUST: tuple[VerifierKey, ...] = tuple(
    key for node in (SONGJIANG, HEFEI) for key in node_keys(node.described)
)


def intake() -> Intake:
    return Intake(
        kind=IntakeKind.ONLINE,
        taken_in_at=MORNING,
        person_check=PersonCheck.ACCOUNT,
        materials=(),
        place="310117",
    )


def dispatched() -> CaseDispatched:
    return CaseDispatched(
        item="made-up-item",
        item_digest=canonical.digest(ITEM),
        process=canonical.digest(PROCESS),
        mode=Mode.ALL_ONLINE,
        delivery=Delivery.ONLINE,
        intake_party=SONGJIANG.name,
        competent=HEFEI.name,
        organisation="123401000000000000",
        intake=intake(),
    )


def taken_in() -> CaseTakenIn:
    return CaseTakenIn(
        item="made-up-item",
        item_digest=canonical.digest(ITEM),
        process=canonical.digest(PROCESS),
        mode=Mode.ALL_ONLINE,
        delivery=Delivery.ONLINE,
        competent=HEFEI.name,
        intake=intake(),
    )


APPLICATION = ("application", "application/json", b'{"name":"a made-up person"}')
SCAN = ("material:../../x", "application/pdf", b"%PDF made up")
DECISION = ("decision", "text/html", "准予".encode())


def whole_case() -> Pair:
    """J1: taken in, dispatched, opened, accepted, decided and delivered."""
    pair = Pair(SONGJIANG, HEFEI)
    node = Subject(kind=SubjectKind.NODE, id=HEFEI.name)
    pair.say(pair.home, PeerPaired(peer=HEFEI.name, fingerprint=fingerprint(HEFEI.described)), node)
    pair.say(pair.home, taken_in(), CASE)
    pair.say(pair.out, dispatched(), CASE, basis=OWN_RIGHT, bodies=[APPLICATION, SCAN])
    pair.say(pair.back, CaseOpened(), CASE)
    pair.say(pair.back, CaseAccepted(number="2026-1"), CASE)
    pair.say(pair.home, PersonalDataRead(body="application", purpose="intake"), CASE)
    pair.say(pair.back, CaseDecided(verdict=Verdict.GRANTED), CASE, bodies=[DECISION])
    event = ResultDelivered(method=Delivery.ONLINE, person_check=PersonCheck.ACCOUNT)
    pair.say(pair.out, event, CASE)
    return pair


def small_case() -> Pair:
    """Dispatched, and nothing more."""
    pair = Pair(SONGJIANG, HEFEI)
    pair.say(pair.out, dispatched(), CASE, basis=OWN_RIGHT, bodies=[APPLICATION])
    return pair


@dataclass(frozen=True, kw_only=True)
class Bundling:
    """What goes into a bundle; tests replace parts of it."""

    entries: Sequence[BundledEntry]
    documents: Mapping[str, bytes]
    nodes: tuple[MadeUpNode, ...] = (SONGJIANG, HEFEI)
    exporter: MadeUpNode = SONGJIANG
    signer: MadeUpNode = SONGJIANG
    case: str = CASE.id

    @property
    def contents(self) -> Contents:
        return Contents(
            entries=tuple(self.entries),
            documents=self.documents,
            descriptors={node.name: node.descriptor for node in self.nodes},
        )

    def encode(self) -> bytes:
        return encode_bundle(
            self.contents,
            case=self.case,
            exported_at=MORNING,
            exported_by=self.exporter.name,
            signer=self.signer.ring,
        )

    def verify(self, trust: Sequence[VerifierKey] | None = TRUST) -> BundleReport:
        return verify_bundle(self.encode(), trust)

    def with_entries(self, entries: Iterable[BundledEntry]) -> "Bundling":
        return replace(self, entries=in_causal_order(entries))

    def without(self, doomed: Callable[[BundledEntry], bool]) -> "Bundling":
        return self.with_entries(b for b in self.entries if not doomed(b))


def bundling(pair: Pair) -> Bundling:
    return Bundling(entries=in_causal_order(pair.all_entries()), documents=DOCUMENTS)


def codes(report: BundleReport) -> list[str]:
    return sorted({problem.code for problem in report.problems})
