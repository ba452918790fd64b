"""Made-up cases as two nodes would have written them, and their bundles."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tongban.channels.descriptors import fingerprint
from tongban.core import canonical
from tongban.core.agreements.document import (
    Agreement,
    Clause,
    Instrument,
    InstrumentClause,
    Level,
    PartyLine,
    document_bytes,
)
from tongban.core.agreements.events import AgreementOffered, AgreementSigned
from tongban.core.agreements.signature import key_name, signing_text
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
from tongban.core.words import Words
from tongban.evidence.keys import VerifierKey
from tongban.evidence.notes import encode_note, sign_note
from tongban.node.bundles.archive import pack
from tongban.node.bundles.contents import Contents
from tongban.node.bundles.encode import encode_bundle
from tongban.node.bundles.entries import BundledEntry
from tongban.node.bundles.manifest import MANIFEST, Manifest, list_files, sign_manifest
from tongban.node.bundles.order import in_causal_order
from tongban.node.bundles.report import BundleReport
from tongban.node.bundles.trust import node_keys
from tongban.node.bundles.verify import verify_bundle

from .pair import MORNING, MadeUpNode, Pair

SONGJIANG = MadeUpNode(name="songjiang.example", number=1)
HEFEI = MadeUpNode(name="hefei.example", number=2)
STRANGER = MadeUpNode(name="nowhere.example", number=3)
HEFEI_LATER = MadeUpNode(name=HEFEI.name, number=4, earlier=(HEFEI.number,))
CASE = Subject(kind=SubjectKind.CASE, id="G60-2026-000001")

ITEM = b'{"made_up":"an item"}'
PROCESS = b'{"made_up":"a process"}'
OWN_RIGHT = Basis(kind=BasisKind.OWN_RIGHT)
TRUST: tuple[VerifierKey, ...] = tuple(
    key for node in (SONGJIANG, HEFEI) for key in node_keys(node.described)
)


def party(node: MadeUpNode) -> PartyLine:
    words = Words(zh="虚构", en="made up")
    return PartyLine(node=node.name, place="310117", name=words, level=Level.DISTRICT, office=words)


def agreement(*nodes: MadeUpNode) -> bytes:
    words = Words(zh="虚构", en="made up")
    return document_bytes(
        Agreement(
            number="MADE-UP-1",
            version=1,
            title=words,
            parties=tuple(map(party, nodes)),
            valid_from=date(2026, 1, 1),
            valid_until=date(2027, 1, 1),
            clauses=(Clause(number="2.1", title=words, text=words),),
            consents=(),
            illustrative=True,
        )
    )


def instrument() -> bytes:
    words = Words(zh="虚构", en="made up")
    clause = InstrumentClause(
        number="1", title=words, text=words, catalogue_codes=(), modes=(), powers=()
    )
    return document_bytes(
        Instrument(
            number="MADE-UP-2",
            title=words,
            issuer=words,
            published_on=date(2026, 1, 1),
            valid_from=date(2026, 1, 1),
            clauses=(clause,),
            illustrative=True,
        )
    )


def signature(
    document: bytes, node: MadeUpNode, signer: MadeUpNode | None = None, office: str = "虚构"
) -> AgreementSigned:
    digest = canonical.digest(document)
    text = signing_text(digest, node.name, office, MORNING)
    note = sign_note(text, name=key_name(node.name), signer=(signer or node).ring)
    return AgreementSigned(document=digest, party=node.name, note=encode_note(note).decode())


AGREEMENT = agreement(SONGJIANG, HEFEI)
INSTRUMENT = instrument()
CLAUSE = Basis(kind=BasisKind.CLAUSE, document=canonical.digest(AGREEMENT), clause="2.1")
OF_INSTRUMENT = Basis(kind=BasisKind.INSTRUMENT, document=canonical.digest(INSTRUMENT), clause="1")


def about(document: bytes) -> Subject:
    return Subject(kind=SubjectKind.AGREEMENT, id=canonical.digest(document))


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
        intake_party=SONGJIANG.name,
        competent=HEFEI.name,
        organisation="123401000000000000",
        intake=intake(),
    )


APPLICATION = ("application", "application/json", b'{"name":"a made-up person"}')
SCAN = ("material:../../x", "application/pdf", b"%PDF made up")
DECISION = ("decision", "text/html", "准予".encode())


def whole_case() -> Pair:
    """J1: agreed, taken in, dispatched, opened, accepted, decided and delivered."""
    pair = Pair(SONGJIANG, HEFEI)
    node = Subject(kind=SubjectKind.NODE, id=HEFEI.name)
    pair.say(pair.home, PeerPaired(peer=HEFEI.name, fingerprint=fingerprint(HEFEI.described)), node)
    offered = AgreementOffered(document=canonical.digest(AGREEMENT))
    pair.say(pair.out, offered, about(AGREEMENT))
    pair.say(pair.out, signature(AGREEMENT, SONGJIANG), about(AGREEMENT))
    pair.say(pair.back, signature(AGREEMENT, HEFEI), about(AGREEMENT))
    pair.say(pair.home, taken_in(), CASE)
    pair.say(pair.out, dispatched(), CASE, basis=CLAUSE, bodies=[APPLICATION, SCAN])
    pair.say(pair.back, CaseOpened(), CASE)
    pair.say(pair.back, CaseAccepted(number="2026-1"), CASE)
    pair.say(pair.home, PersonalDataRead(body="application", purpose="intake"), CASE)
    pair.say(pair.back, CaseDecided(verdict=Verdict.GRANTED), CASE, bodies=[DECISION])
    event = ResultDelivered(method=Delivery.ONLINE, person_check=PersonCheck.ACCOUNT)
    pair.say(pair.out, event, CASE, basis=CLAUSE)
    return pair


def small_case(basis: Basis = OWN_RIGHT) -> Pair:
    """Dispatched, and nothing more."""
    pair = Pair(SONGJIANG, HEFEI)
    pair.say(pair.out, dispatched(), CASE, basis=basis, bodies=[APPLICATION])
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


def bundling(pair: Pair, *more: bytes) -> Bundling:
    """Everything on the two channel logs and ours at home, with what it cites."""
    entries = in_causal_order(pair.all_entries())
    cited = {canonical.digest(data): data for data in (ITEM, PROCESS, *more)}
    return Bundling(entries=entries, documents=cited)


WHOLE = bundling(whole_case(), AGREEMENT)
SMALL = bundling(small_case())


def signed(files: Mapping[str, bytes], case: str = CASE.id, by: str = SONGJIANG.name) -> bytes:
    """Files as a dishonest exporter might sign them."""
    manifest = Manifest(case=case, exported_at=MORNING, exported_by=by, files=list_files(files))
    return pack({**files, MANIFEST: sign_manifest(manifest, SONGJIANG.ring)})


def codes(report: BundleReport) -> list[str]:
    return sorted({problem.code for problem in report.problems})
