"""What a guest does about agreements is recorded with the paper on which it rests."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tongban.catalogue import load_agreements
from tongban.channels.keepers import Keeper
from tongban.core.agreements.document import document_digest
from tongban.core.body import Body
from tongban.core.channel.refusals import ChannelGround
from tongban.core.entry import Actor, ActorKind, Subject, SubjectKind
from tongban.core.negotiations.state import NegotiationState
from tongban.core.one_sided import PAPER
from tongban.core.records.state import Backing
from tongban.core.refusal import Refusal
from tongban.core.words import Words
from tongban.node import agreement_acts, negotiation_acts
from tongban.node.agreement_acts import Answers
from tongban.node.negotiation_acts import Negotiator
from tongban.testing.applications import HANGZHOU, LEGAL_REPRESENTATIVE, SONGJIANG, SUZHOU
from tongban.testing.memory_nodes import MemoryFederation

SCAN = Body(name=PAPER, media="application/pdf", content=b"%PDF made up")
CLERK = Actor(kind=ActorKind.OFFICER, role="agreement_officer", number="A1")
TEXT = replace(
    next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU}),
    title=Words(zh="草案", en="Draft"),
)
DIGEST = document_digest(TEXT)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[MemoryFederation]:
    """Songjiang's people keep a node for Hangzhou; Suzhou has laid a text before it."""
    federation = MemoryFederation(
        tmp_path, (SUZHOU, HANGZHOU), keepers={HANGZHOU: Keeper(node=SONGJIANG)}
    )
    who = Negotiator(actor=CLERK, negotiation="20261123-0123456789ABCDEF", version=0)
    federation.settle()
    answers = negotiation_acts.propose(federation[SUZHOU], who, TEXT, answer_by="2026-11-27")
    assert not ground(answers)
    federation.settle()
    yield federation
    federation.stop()


def ground(answers: Answers) -> str:
    (answer,) = answers.values()
    return answer.ground if isinstance(answer, Refusal) else ""


def talk(two: MemoryFederation, name: str = HANGZHOU) -> NegotiationState:
    (state,) = two[name].negotiations.with_partner(SUZHOU if name == HANGZHOU else HANGZHOU)
    return state


def guest_says(two: MemoryFederation, act: str, *papers: Body) -> str:
    state = talk(two)
    who = Negotiator(actor=CLERK, negotiation=state.id, version=1, papers=papers)
    node = two[HANGZHOU]
    told = {
        "accept": lambda: negotiation_acts.accept(node, who, state),
        "reject": lambda: negotiation_acts.reject(node, who, state, ground="policy"),
        "withdraw": lambda: negotiation_acts.withdraw(node, who, state),
        "comment": lambda: negotiation_acts.comment(
            node, who, state, clause=TEXT.clauses[0].number, words="二条不清楚"
        ),
    }
    return ground(told[act]())


ACTS = ("accept", "reject", "withdraw", "comment")


@pytest.mark.parametrize("act", ACTS)
def test_a_guests_step_in_a_negotiation_without_its_paper_is_refused(
    two: MemoryFederation, act: str
) -> None:
    assert guest_says(two, act) == ChannelGround.PAPER_MISSING


@pytest.mark.parametrize("act", ACTS)
def test_with_its_paper_it_takes_effect_and_the_partner_has_the_paper(
    two: MemoryFederation, act: str
) -> None:
    assert not guest_says(two, act, SCAN)
    two.settle()
    state = talk(two, SUZHOU)
    line = two[SUZHOU].negotiations.history(HANGZHOU, state.id)[-1]
    paper = two[SUZHOU].records.paper(line.entry.subject, line.entry.id)
    assert paper is not None
    assert (paper.media, paper.content) == (SCAN.media, SCAN.content)


def test_a_guest_signs_with_its_paper_and_its_signature_is_one_sided(
    two: MemoryFederation,
) -> None:
    guest_says(two, "accept", SCAN)
    two.settle()
    who = Negotiator(actor=CLERK, negotiation=talk(two).id, version=1, papers=(SCAN,))
    assert not ground(negotiation_acts.offer_accepted(two[HANGZHOU], who, talk(two)))
    two.settle()
    bare = agreement_acts.sign(two[HANGZHOU], TEXT, LEGAL_REPRESENTATIVE)
    assert ground(bare) == ChannelGround.PAPER_MISSING
    signed = agreement_acts.sign(two[HANGZHOU], TEXT, LEGAL_REPRESENTATIVE, papers=(SCAN,))
    assert not ground(signed)
    two.settle()
    found = [each for each in two[SUZHOU].records.kept_by_partners() if each.entry.commitments]
    assert {each.side.backing for each in found} == {Backing.ONE_SIDED}
    assert Subject(kind=SubjectKind.AGREEMENT, id=DIGEST) in {each.entry.subject for each in found}


def test_a_paper_waits_with_its_act_while_the_line_is_closed(two: MemoryFederation) -> None:
    two.nodes[HANGZHOU].stop()
    two.nodes[HANGZHOU].start()
    assert not guest_says(two, "accept", SCAN)
    two.settle()
    assert talk(two, SUZHOU).accepted == DIGEST


def test_a_case_keeps_its_papers_to_who_puts_the_read_on_record(two: MemoryFederation) -> None:
    subject = Subject(kind=SubjectKind.CASE, id="made-up")
    assert two[SUZHOU].records.paper(subject, "made-up") is None
    nowhere = Subject(kind=SubjectKind.AGREEMENT, id=document_digest(TEXT))
    assert two[SUZHOU].records.paper(nowhere, "made-up") is None


def test_a_city_of_its_own_needs_no_paper(two: MemoryFederation) -> None:
    suspended = agreement_acts.suspend(two[SUZHOU], TEXT, CLERK, ground="audit", items=())
    assert ground(suspended) != ChannelGround.PAPER_MISSING
