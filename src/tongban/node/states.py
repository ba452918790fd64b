"""What stands between two nodes, of every noun, as one of the two knows it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from tongban.channels.messages import Position
from tongban.core.agreements.admit import admit as admit_agreement
from tongban.core.agreements.evolve import count_intake, settle_intake
from tongban.core.agreements.evolve import evolve as evolve_agreement
from tongban.core.agreements.evolve import settle as settle_agreement
from tongban.core.agreements.intakes import limited_document
from tongban.core.agreements.state import AgreementState, PairAgreements, pair_agreements
from tongban.core.blobs.admit import admit_receipt
from tongban.core.canonical import decode
from tongban.core.cases.acts import is_case_event
from tongban.core.cases.admit import admit as admit_case
from tongban.core.cases.commands import TakeIn
from tongban.core.cases.events import CaseDispatched, HandoverRecalled
from tongban.core.cases.evolve import evolve as evolve_case
from tongban.core.cases.settle import settle as settle_case
from tongban.core.cases.state import CaseState, Received
from tongban.core.catalogues.state import CatalogueState, Withdrawal
from tongban.core.channel.refusals import ChannelGround
from tongban.core.entry import Entry, SubjectKind
from tongban.core.inquiries.state import InquiryState
from tongban.core.negotiations.admit import admit as admit_negotiation
from tongban.core.negotiations.permit import Table
from tongban.core.negotiations.state import NegotiationState, accepted_by, documents_of
from tongban.core.records.state import RecordState
from tongban.core.refusal import Refusal
from tongban.logs.rows import View
from tongban.node.catalogue_changes import mark_catalogue_change
from tongban.node.catalogue_states import CatalogueStates
from tongban.node.faults import BrokenInvariant
from tongban.node.inquiry_states import InquiryStates
from tongban.node.listed_items import on_list, told_basic_code
from tongban.node.negotiation_states import NegotiationStates
from tongban.node.notaries import agreement_verifier
from tongban.node.pinned import pinned_documents, pinned_process
from tongban.node.record_states import RecordStates, hands_of
from tongban.node.work import Work

T = TypeVar("T")

#: What stands between two nodes, of whichever noun.
State = CaseState | AgreementState | CatalogueState | NegotiationState | InquiryState | RecordState

_Room = CatalogueStates | NegotiationStates | InquiryStates | RecordStates


class States:
    """States in one view, loaded when first needed and saved once; inside one transaction.

    viewer: the node whose knowledge this is. peer: the other node of the channel.
    """

    def __init__(self, work: Work, *, view: View, viewer: str, peer: str) -> None:
        self._work = work
        self._view = view
        self._viewer = viewer
        self._peer = peer
        self._cases: dict[str, CaseState | None] = {}
        self._agreements: dict[str, AgreementState] | None = None
        self._catalogues = CatalogueStates(work, self._loader("catalogue"), viewer=viewer)
        self._negotiations = NegotiationStates(self._load_negotiations, viewer=viewer, peer=peer)
        self._inquiries = InquiryStates(self._loader("inquiry"), viewer=viewer, peer=peer)
        self._records = RecordStates(self._loader("record"), viewer=viewer)
        self._rooms: Mapping[SubjectKind, _Room] = {
            SubjectKind.CATALOGUE: self._catalogues,
            SubjectKind.NEGOTIATION: self._negotiations,
            SubjectKind.INQUIRY: self._inquiries,
            SubjectKind.RECORD: self._records,
        }
        self._changed: set[tuple[str, str]] = set()
        self._pair: PairAgreements | None = None

    def case(self, case: str) -> CaseState | None:
        """The case as the viewer knows it, or None."""
        if case not in self._cases:
            data = self._load("case", self._key("case", case))
            self._cases[case] = decode(data, CaseState) if data else None
        return self._cases[case]

    def catalogue(self, publisher: str) -> CatalogueState | None:
        """What one of the two nodes published to the other, or None."""
        return self._catalogues.find(publisher)

    def withdrawal(self, publisher: str, item: str) -> Withdrawal | None:
        """What a node of the two has told the other of an item's withdrawal."""
        return self._catalogues.withdrawal(publisher, item)

    def listed_as(self, about: object) -> str:
        """The 基本编码 of a case's item as its authority told of it; "" where no list asks."""
        if not isinstance(about, CaseState | CaseDispatched | TakeIn) or not self.pair().has_lists:
            return ""
        return told_basic_code(self._work, self.catalogue(about.competent), about.item)

    def negotiations(self) -> Mapping[str, NegotiationState]:
        """Every negotiation between the two nodes, as the viewer knows them, by name."""
        return self._negotiations.known

    def inquiry(self, name: str) -> InquiryState | None:
        """The inquiry as the viewer knows it, or None."""
        return self._inquiries.find(name)

    def inquiries(self) -> Mapping[str, InquiryState]:
        """Every inquiry between the two nodes that is stored, by name."""
        return self._all_of("inquiry", InquiryState)

    def record(self, guest: str) -> RecordState | None:
        """What one of the two nodes said of what its keeper signed towards the other, or None."""
        return self._records.find(guest)

    def pair(self) -> PairAgreements:
        """Agreements and instruments between the two nodes, as the viewer knows them."""
        if self._pair is None:
            known = self._all_agreements()
            documents = pinned_documents(self._work, known)
            indexed = self._work.kernel.library.grants
            self._pair = pair_agreements(known.values(), documents, indexed)
        return self._pair

    def judge(
        self,
        entry: Entry,
        *,
        writer: str,
        receiver: str,
        generation: int,
        at: datetime,
        recalled: frozenset[str] = frozenset(),
    ) -> str:
        """Why the receiver must refuse the entry at this instant, or "" where it takes effect."""
        refusal: Refusal | None
        match entry.subject.kind:
            case SubjectKind.CASE:
                refusal = self._admit_case(entry, writer, receiver, at, recalled)
            case SubjectKind.AGREEMENT:
                refusal = self._admit_agreement(entry, writer, receiver, at)
            case SubjectKind.CATALOGUE:
                refusal = self._catalogues.judge(entry, writer=writer)
            case SubjectKind.NEGOTIATION:
                refusal = self._admit_negotiation(entry, writer, receiver, at)
            case SubjectKind.INQUIRY:
                refusal = self._inquiries.judge(entry, writer=writer, receiver=receiver)
            case SubjectKind.RECORD:
                hands = hands_of(self._work, writer, self._peer_name, generation)
                refusal = self._records.judge(entry, writer=writer, hands=hands)
            case SubjectKind.BLOB:
                refusal = admit_receipt(entry)
            case _:
                return ChannelGround.WRONG_SUBJECT.value
        return refusal.ground if refusal else ""

    def fold(self, entry: Entry, *, writer: str, received: Received | None) -> object | None:
        """Apply an entry; returns the noun's state after it, None where there is none."""
        match entry.subject.kind:
            case SubjectKind.CASE if is_case_event(entry.event):
                return self._fold_case(entry, writer, received)
            case SubjectKind.AGREEMENT:
                return self._fold_agreement(entry, writer)
            case kind if kind in self._rooms:
                self._changed.add((kind.value, entry.subject.id))
                return self._rooms[kind].fold(entry, writer=writer)
            case _:
                return None

    def settle(self, entry: Entry, ground: str, received: Received) -> object | None:
        """The writer learns what became of its entry."""
        match entry.subject.kind:
            case SubjectKind.CASE:
                return self._settle_case(entry, ground, received)
            case SubjectKind.AGREEMENT:
                return self._settle_agreement(entry, ground)
            case kind if kind in self._rooms:
                self._changed.add((kind.value, entry.subject.id))
                return self._rooms[kind].settle(entry, ground)
            case _:
                return None

    @property
    def settled_until(self) -> Position:
        """How far of the viewer's entries the outcomes that it applied reach."""
        text = self._work.kernel.store.mark(self._work.connection, self._settled_key) or "0/0"
        generation, size = text.split("/")
        return Position(generation=int(generation), size=int(size))

    @settled_until.setter
    def settled_until(self, until: Position) -> None:
        text = f"{until.generation}/{until.size}"
        self._work.kernel.store.put_mark(self._work.connection, self._settled_key, text)

    def refresh(self) -> None:
        """Forget what was loaded; what changed must have been saved."""
        self._cases.clear()
        self._catalogues.known.clear()
        self._negotiations.forget()
        self._inquiries.known.clear()
        self._records.known.clear()

    def save(self) -> None:
        """Write the states that changed; one that is no more leaves no bytes."""
        for kind, id_ in sorted(self._changed):
            state = self._known(kind).get(id_)
            key, data = self._key(kind, id_), self._work.form(id_, state)
            self._work.kernel.store.put_state(self._work.connection, self._view, kind, key, data)
            if kind == "catalogue" and self._view is View.OWN:
                mark_catalogue_change(self._work.kernel, self._work.connection)
        self._changed.clear()

    def _known(self, kind: str) -> Mapping[str, object]:
        if kind == "agreement":
            return self._all_agreements()
        if kind in self._rooms:
            return self._rooms[SubjectKind(kind)].known
        return self._cases

    @property
    def _peer_name(self) -> str:
        me = self._work.kernel.identity.name
        return self._peer if self._viewer == me else self._viewer

    @property
    def _settled_key(self) -> str:
        return f"settled/{self._view.value}/{self._peer_name}"

    def _key(self, kind: str, id_: str) -> str:
        """Only a case in our own view stands apart from who speaks of it.

        A partner may write about the case of two others; it is refused, and must not reach what we
        believe that the other one believes.
        """
        ours = kind == "case" and self._view is View.OWN
        return id_ if ours else f"{self._peer_name}/{id_}"

    def _load(self, kind: str, key: str) -> bytes | None:
        return self._work.kernel.store.state(self._work.connection, self._view, kind, key)

    def _load_negotiations(self) -> dict[str, NegotiationState]:
        return self._all_of("negotiation", NegotiationState)

    def _loader(self, kind: str) -> Callable[[str], bytes | None]:
        return lambda name: self._load(kind, self._key(kind, name))

    def _all_agreements(self) -> dict[str, AgreementState]:
        if self._agreements is None:
            self._agreements = self._all_of("agreement", AgreementState)
        return self._agreements

    def _all_of(self, kind: str, type_: type[T]) -> dict[str, T]:
        prefix = f"{self._peer_name}/"
        rows = self._work.kernel.store.states(self._work.connection, self._view, kind)
        found = [row for row in rows if row.id.startswith(prefix) and row.data]
        return {row.id.removeprefix(prefix): decode(row.data, type_) for row in found}

    def folded(self, state: State | None, entry: Entry, *, writer: str) -> State | None:
        """The state after an entry that is not written yet; nothing is kept."""
        if entry.subject.kind is SubjectKind.CATALOGUE:
            listed = state if isinstance(state, CatalogueState) else None
            return self._catalogues.folded(listed, entry, writer=writer)
        if entry.subject.kind is SubjectKind.AGREEMENT:
            known = state if isinstance(state, AgreementState) else None
            return self._evolved_agreement(known, entry, writer)
        if entry.subject.kind is SubjectKind.NEGOTIATION:
            begun = state if isinstance(state, NegotiationState) else None
            return self._negotiations.folded(begun, entry, writer=writer)
        if entry.subject.kind is SubjectKind.INQUIRY:
            asked = state if isinstance(state, InquiryState) else None
            return self._inquiries.folded(asked, entry, writer=writer)
        if entry.subject.kind is SubjectKind.RECORD:
            spoken = state if isinstance(state, RecordState) else None
            return self._records.folded(spoken, entry, writer=writer)
        return self._evolved(state if isinstance(state, CaseState) else None, entry, writer, None)

    def _fold_case(self, entry: Entry, writer: str, received: Received | None) -> CaseState | None:
        state = self.case(entry.subject.id)
        if state is None and isinstance(entry.event, HandoverRecalled):
            # The hand-over came back before the case was ever here.
            return None
        if limited := self._limited(entry):
            at = received.received_at if received else None
            self._keep_intakes(count_intake(limited, entry, at))
        return self._keep_case(self._evolved(state, entry, writer, received))

    def _settle_case(self, entry: Entry, ground: str, received: Received) -> CaseState | None:
        state = self.case(entry.subject.id)
        if state is None:
            return None
        if limited := self._limited(entry):
            at, refused = received.received_at, bool(ground)
            self._keep_intakes(settle_intake(limited, entry, at, refused=refused))
        return self._keep_case(settle_case(state, entry.id, ground, received=received))

    def _limited(self, entry: Entry) -> AgreementState | None:
        """The agreement whose daily limit counts this entry, where one does."""
        digest = limited_document(entry, self.pair().documents)
        return self._all_agreements().get(digest) if digest else None

    def _keep_intakes(self, state: AgreementState) -> None:
        self._all_agreements()[state.document] = state
        self._changed.add(("agreement", state.document))
        self._pair = self.pair().with_intakes(state)

    def _evolved(
        self, state: CaseState | None, entry: Entry, writer: str, received: Received | None
    ) -> CaseState:
        process = pinned_process(self._work, state, entry)
        if process is None:
            raise BrokenInvariant(f"entry {entry.id} took effect under an unknown process")
        return evolve_case(
            state, entry, writer=writer, viewer=self._viewer, process=process, received=received
        )

    def _keep_case(self, state: CaseState) -> CaseState:
        self._cases[state.id] = state
        self._changed.add(("case", state.id))
        return state

    def _admit_case(
        self, entry: Entry, writer: str, receiver: str, at: datetime, recalled: frozenset[str]
    ) -> Refusal | None:
        state = self.case(entry.subject.id)
        return admit_case(
            state,
            entry,
            writer=writer,
            receiver=receiver,
            process=pinned_process(self._work, state, entry),
            pair=self.pair(),
            at=at,
            recalled=recalled,
            withdrawal=self._withdrawal_of(entry, receiver),
            listed_as=self.listed_as(state or entry.event) if on_list(entry) else "",
        )

    def _admit_agreement(
        self, entry: Entry, writer: str, receiver: str, at: datetime
    ) -> Refusal | None:
        digest = entry.subject.id
        return admit_agreement(
            self._all_agreements().get(digest),
            entry,
            writer=writer,
            receiver=receiver,
            documents=pinned_documents(self._work, [digest]),
            verify=agreement_verifier(self._work),
            at=at,
            accepted_by=accepted_by(self._negotiations.known.values(), digest),
        )

    def _fold_agreement(self, entry: Entry, writer: str) -> AgreementState:
        known = self._all_agreements()
        state = self._evolved_agreement(known.get(entry.subject.id), entry, writer)
        known[entry.subject.id] = state
        self._changed.add(("agreement", entry.subject.id))
        self._pair = None
        return state

    def _settle_agreement(self, entry: Entry, ground: str) -> AgreementState | None:
        known = self._all_agreements()
        state = known.get(entry.subject.id)
        settled = settle_agreement(state, entry.id, refused=ground) if state else None
        if settled is None:
            known.pop(entry.subject.id, None)
        else:
            known[entry.subject.id] = settled
        self._changed.add(("agreement", entry.subject.id))
        self._pair = None
        return settled

    def _withdrawal_of(self, entry: Entry, receiver: str) -> Withdrawal | None:
        """Only what begins a case asks whether its item is still to be had."""
        event = entry.event
        return self.withdrawal(receiver, event.item) if isinstance(event, CaseDispatched) else None

    def _admit_negotiation(
        self, entry: Entry, writer: str, receiver: str, at: datetime
    ) -> Refusal | None:
        state = self._negotiations.known.get(entry.subject.id)
        table = Table(
            writer=writer,
            reader=receiver,
            at=at,
            documents=pinned_documents(self._work, documents_of(state, entry.event)),
            offered=frozenset(self._all_agreements()),
            bodies=frozenset(line.name for line in entry.commitments),
        )
        return admit_negotiation(state, entry, table)

    def _evolved_agreement(
        self, state: AgreementState | None, entry: Entry, writer: str
    ) -> AgreementState:
        reader = self._peer if writer == self._viewer else self._viewer
        return evolve_agreement(state, entry, writer=writer, reader=reader)
