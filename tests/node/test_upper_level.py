"""An upper-level node can never act inside another: all it tries is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.node.liar import Liar
from tests.node.looking import grounds, submit

from tongban.catalogue import load_agreements
from tongban.catalogue.regulation import load_mandates
from tongban.core.agreements.document import document_bytes, document_digest
from tongban.core.agreements.events import (
    AgreementOffered,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
)
from tongban.core.agreements.state import PairAgreements
from tongban.core.canonical import digest
from tongban.core.cases.events import CaseAccepted, CaseDecided, CaseWithdrawn, Verdict
from tongban.core.catalogues.events import (
    AdvicePublished,
    CataloguePublished,
    MandatePublished,
    PublishedLine,
    StandardPublished,
)
from tongban.core.catalogues.rule_forms import MANDATE, rule_document
from tongban.core.entry import Actor, ActorKind, Event, Subject, SubjectKind
from tongban.core.negotiations.events import NegotiationAccepted
from tongban.node.pair_evidence import pair_evidence
from tongban.testing.applications import HEFEI, SONGJIANG, publish
from tongban.testing.memory_nodes import MemoryFederation

UPPER = "jiaxing.g60.demo"
LIST = load_mandates()[-1]
AGREEMENT = next(each for each in load_agreements() if each.nodes == {SONGJIANG, HEFEI})
DOCUMENT = document_digest(AGREEMENT)
OFFICER = Actor(kind=ActorKind.OFFICER, role="joint_officer", number="J1")


@pytest.fixture
def three(tmp_path: Path) -> Iterator[MemoryFederation]:
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI, UPPER))
    publish(federation)
    federation.settle()
    yield federation
    federation.stop()


def refused(federation: MemoryFederation, event: Event, subject: Subject) -> dict[str, str]:
    """Grounds of what the upper level writes; the documents that it names travel beside it."""
    kernel, liar = federation[UPPER].kernel, Liar(federation[UPPER], HEFEI)
    with kernel.database.write() as connection:
        for document in (document_bytes(AGREEMENT), rule_document(LIST)):
            kernel.library.put(connection, document)
    liar.write(liar.draft(event, subject, actor=OFFICER))
    federation.settle()
    return grounds(federation[HEFEI], UPPER)


@pytest.mark.parametrize(
    "event",
    [
        CaseAccepted(number="1"),
        CaseDecided(verdict=Verdict.GRANTED, result_number="1"),
        CaseWithdrawn(),
    ],
    ids=lambda event: type(event).__name__,
)
def test_it_moves_no_case_of_others(three: MemoryFederation, event: Event) -> None:
    case = submit(three)
    three.settle()
    before = three[HEFEI].case_state(case)
    found = refused(three, event, Subject(kind=SubjectKind.CASE, id=case))
    assert list(found.values()) == ["not_the_competent_party"]
    assert three[HEFEI].case_state(case) == before


@pytest.mark.parametrize(
    ("event", "ground"),
    [
        (AgreementOffered(document=DOCUMENT), "not_a_party"),
        (AgreementSigned(document=DOCUMENT, party=HEFEI, note=""), "not_offered"),
        (AgreementSuspended(document=DOCUMENT, ground="x"), "not_offered"),
        (
            AgreementTerminated(document=DOCUMENT, ground="x", last_day="2027-01-01"),
            "not_offered",
        ),
    ],
)
def test_it_signs_and_ends_no_agreement_of_others(
    three: MemoryFederation, event: Event, ground: str
) -> None:
    found = refused(three, event, Subject(kind=SubjectKind.AGREEMENT, id=DOCUMENT))
    assert list(found.values()) == [ground]
    assert pair_evidence(three[HEFEI].kernel, UPPER)[0].pair.states == {}


def test_it_answers_no_negotiation_of_others(three: MemoryFederation) -> None:
    talk = Subject(kind=SubjectKind.NEGOTIATION, id="01JPB1VN9R0000000000000004")
    assert len(refused(three, NegotiationAccepted(version=1, document=DOCUMENT), talk)) == 1


@pytest.mark.parametrize("publisher", [HEFEI, SONGJIANG])
@pytest.mark.parametrize("kind", [StandardPublished, MandatePublished, AdvicePublished])
def test_it_publishes_no_rule_in_anothers_name(
    three: MemoryFederation, publisher: str, kind: type[StandardPublished]
) -> None:
    event = kind(number=LIST.number, version=1, document=digest(rule_document(LIST)))
    found = refused(three, event, Subject(kind=SubjectKind.CATALOGUE, id=publisher))
    assert list(found.values()) == ["not_the_publisher"]


def test_it_publishes_no_items_in_anothers_name(three: MemoryFederation) -> None:
    line = PublishedLine(item="x", document=DOCUMENT, processes=())
    event = CataloguePublished(version=1, list_digest="", published=(line,))
    found = refused(three, event, Subject(kind=SubjectKind.CATALOGUE, id=HEFEI))
    assert list(found.values()) == ["not_the_publisher"]


def test_its_list_grants_nobody_anything(three: MemoryFederation) -> None:
    def bases() -> list[PairAgreements]:
        both = pair_evidence(three[HEFEI].kernel, SONGJIANG)
        return [each.pair for each in both]

    before = bases()
    three[UPPER].rules.issue(MANDATE, LIST, after=0, actor=OFFICER)
    three[UPPER].openings.tell_all()
    three.settle()
    assert [each.rule.publisher for each in three[HEFEI].rules.known(MANDATE)] == [UPPER]
    assert [each.grants for each in bases()] == [each.grants for each in before]
