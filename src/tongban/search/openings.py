"""Which counters may take in what for whom, by the agreements and instruments that are shipped.

The answer is `find_basis`, as in a node; only signatures and publications are taken for granted,
because nobody signs for a catalogue.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from tongban.core.agreements.authorise import Delegation, find_basis
from tongban.core.agreements.document import Agreement, Document, Instrument, document_digest
from tongban.core.agreements.state import (
    AgreementState,
    PairAgreements,
    Publication,
    Signature,
    pair_agreements,
)
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.china_time import china_day
from tongban.core.entry import Basis
from tongban.core.items.item import Item
from tongban.core.items.place import Place
from tongban.core.words import Words
from tongban.search.entry import Opening
from tongban.search.sentences import clause


class Openings:
    """The shipped agreements and instruments on one day."""

    def __init__(
        self,
        agreements: Iterable[Agreement],
        instruments: Iterable[Instrument],
        places: Sequence[Place],
        now: datetime,
    ) -> None:
        documents: list[Document] = [*agreements, *instruments]
        self._documents = {document_digest(document): document for document in documents}
        self._places = places
        self._now = now
        self._pairs: dict[frozenset[str], PairAgreements] = {}

    def of(self, item: Item) -> tuple[Opening, ...]:
        """Where else people can hand this item in."""
        if item.process_for(Mode.DELEGATED_INTAKE) is None:
            return ()
        return tuple(self._doors(item))

    def _doors(self, item: Item) -> Iterator[Opening]:
        for place in self._places:
            if place.node == item.competent:
                continue
            found = find_basis(self._pair(item.competent, place.node), self._wanted(item, place))
            if isinstance(found, Basis):
                basis = self._words(found)
                yield Opening(place=place.code, mode=Mode.DELEGATED_INTAKE, basis=basis)

    def _wanted(self, item: Item, place: Place) -> Delegation:
        checked = any(material.original_check for material in item.materials)
        return Delegation(
            powers=(Power.RECEIVE, *((Power.CHECK_ORIGINALS,) if checked else ())),
            item=item.code,
            mode=Mode.DELEGATED_INTAKE,
            grantee=place.node,
            granter=item.competent,
            at=self._now,
            listed_as=item.basic_code,
        )

    def _pair(self, one: str, other: str) -> PairAgreements:
        key = frozenset((one, other))
        if key not in self._pairs:
            between = {
                digest: document
                for digest, document in self._documents.items()
                if isinstance(document, Instrument) or key <= document.nodes
            }
            states = [self._state(digest, document) for digest, document in between.items()]
            self._pairs[key] = pair_agreements(states, between)
        return self._pairs[key]

    def _state(self, digest: str, document: Document) -> AgreementState:
        signers = sorted(document.nodes) if isinstance(document, Agreement) else ()
        return AgreementState(
            document=digest,
            offered_by="",
            offered_at=self._now,
            entry="",
            cited=isinstance(document, Instrument),
            signatures=tuple(
                Signature(party=node, note="", at=self._now, entry="") for node in signers
            ),
            publications=tuple(
                Publication(party=node, day=china_day(self._now), at=self._now, entry="")
                for node in signers
            ),
        )

    def _words(self, basis: Basis) -> Words:
        return clause(self._documents[basis.document or ""].title, basis.clause or "")
