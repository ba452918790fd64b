"""A node that another one keeps for a government without a node (spec/descriptors.md)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.node.looking import submit
from tests.node.test_starts import restart

from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.channels.keepers import Keeper
from tongban.core.body import Body
from tongban.core.channel.refusals import ChannelGround
from tongban.core.entry import Actor, ActorKind
from tongban.core.inquiries.commands import AnswerQuestion, AskQuestion, WithdrawAnswer
from tongban.core.one_sided import PAPER
from tongban.core.refusal import Refusal
from tongban.core.words import Language
from tongban.node.bundles.export import export_bundle
from tongban.node.bundles.narrative import describe
from tongban.node.bundles.report import BundleReport
from tongban.node.bundles.verify import verify_bundle
from tongban.node.faults import OtherKeys
from tongban.testing.applications import HEFEI, SONGJIANG, SUZHOU, accept, grant, publish
from tongban.testing.memory_nodes import MemoryFederation

SCAN = Body(name=PAPER, media="application/pdf", content=b"%PDF made up")
OPERATOR = Actor(kind=ActorKind.OFFICER, role="operator")


@pytest.fixture
def guest(tmp_path: Path) -> Iterator[MemoryFederation]:
    """Hefei has no node of its own here: Suzhou's people keep one for it."""
    federation = MemoryFederation(
        tmp_path, (SONGJIANG, HEFEI), keepers={HEFEI: Keeper(node=SUZHOU)}
    )
    publish(federation)
    federation.settle()
    yield federation
    federation.stop()


def accepted_by_post(guest: MemoryFederation) -> str:
    case = submit(guest)
    guest.settle()
    done = guest[HEFEI].execute(replace(accept(case), bodies=(SCAN,)))
    assert not isinstance(done, Refusal), done
    guest.settle()
    return case


def bundle_of(guest: MemoryFederation, case: str) -> BundleReport:
    exporter = guest.nodes[SONGJIANG]
    data = export_bundle(
        exporter.node.kernel, case, descriptor=exporter.descriptor, bodies_for=None
    )
    return verify_bundle(data)


def handed_over(guest: MemoryFederation) -> None:
    """The guest's own people go on under keys that its keeper never had."""
    guest.nodes[HEFEI].keeper = Keeper(node=SUZHOU, key_sets=1)
    restart(guest, HEFEI)
    guest.nodes[HEFEI].rotate()
    guest.settle()


def test_an_act_of_a_guest_without_its_paper_is_refused(guest: MemoryFederation) -> None:
    case = submit(guest)
    guest.settle()
    done = guest[HEFEI].execute(accept(case))
    assert isinstance(done, Refusal)
    assert (done.ground, done.detail) == (ChannelGround.PAPER_MISSING, "Accept")


def test_a_paper_that_nobody_can_open_is_none(guest: MemoryFederation) -> None:
    case = submit(guest)
    guest.settle()
    program = replace(SCAN, media="application/x-msdownload")
    done = guest[HEFEI].execute(replace(accept(case), bodies=(program,)))
    assert isinstance(done, Refusal)


def test_an_act_with_its_paper_takes_effect_and_the_partner_has_the_paper(
    guest: MemoryFederation,
) -> None:
    case = accepted_by_post(guest)
    state = guest[SONGJIANG].case_state(case)
    assert state is not None
    assert state.accepted_at is not None
    read = guest[SONGJIANG].read_body(case, PAPER, reader=OPERATOR, purpose="made up")
    assert read == SCAN.content


def test_a_node_of_its_own_needs_no_paper(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    assert not isinstance(pair[HEFEI].execute(accept(case)), Refusal)


def test_the_partner_knows_who_keeps_the_guest(guest: MemoryFederation) -> None:
    kernel = guest[SONGJIANG].kernel
    assert kernel.keeper_of(HEFEI) == SUZHOU
    assert [kernel.keeper_of(name) for name in (SONGJIANG, "stranger.gov")] == ["", ""]
    assert "单方记录" in kernel.peers.title(HEFEI).zh


def test_evidence_says_who_signed_for_the_guest(guest: MemoryFederation) -> None:
    report = bundle_of(guest, accepted_by_post(guest))
    signed = {entry.type: entry.signed_for_by for entry in report.entries}
    assert (signed["case.accepted"], signed["case.dispatched"]) == (SUZHOU, "")
    page = describe(report, Language.ENGLISH)
    assert f"signed by the keeper {SUZHOU} for {HEFEI}, not by {HEFEI} itself" in page
    assert f"one-sided record, kept by {SUZHOU}" in page
    assert "countersigned by the keeper" in page


def test_an_act_that_was_recorded_without_a_paper_is_shown_so(guest: MemoryFederation) -> None:
    case = submit(guest)
    guest.settle()
    # Software of the keeper's own that demands no paper.
    object.__setattr__(guest[HEFEI].kernel.identity, "keeper", None)
    assert not isinstance(guest[HEFEI].execute(accept(case)), Refusal)
    guest.settle()
    assert "without the paper" in describe(bundle_of(guest, case), Language.ENGLISH)


def test_after_the_hand_over_only_what_came_before_is_one_sided(guest: MemoryFederation) -> None:
    case = accepted_by_post(guest)
    handed_over(guest)
    assert not isinstance(guest[HEFEI].execute(grant(case)), Refusal)
    guest.settle()
    assert guest[SONGJIANG].kernel.keeper_of(HEFEI) == ""
    report = bundle_of(guest, case)
    signed = {entry.type: entry.signed_for_by for entry in report.entries}
    assert report.verified
    assert (signed["case.accepted"], signed["case.decided"]) == (SUZHOU, "")


def test_keys_that_a_keeper_held_cannot_be_said_to_be_the_guests_own(
    guest: MemoryFederation,
) -> None:
    guest.nodes[HEFEI].keeper = None
    washed = guest.nodes[HEFEI].descriptor_under(guest[HEFEI].kernel.identity.signer, serial=9)
    with pytest.raises(OtherKeys):
        guest[SONGJIANG].pair(washed, compared=fingerprint(read_descriptor(washed)))


def test_a_guest_that_lost_its_disk_gets_its_record_back(guest: MemoryFederation) -> None:
    case = accepted_by_post(guest)
    handed_over(guest)
    guest.nodes[HEFEI].lose_disk()
    guest.introduce()
    guest.settle()
    assert guest[HEFEI].case_state(case) is not None


def question_to(guest: MemoryFederation) -> str:
    """Songjiang asks the guest about a case of its own."""
    case = submit(guest)
    guest.settle()
    state = guest[SONGJIANG].case_state(case)
    assert state is not None
    name = guest[SONGJIANG].inquiries.fresh_name()
    words = Body(name="question", media="text/plain", content="可以吗？".encode())
    command = AskQuestion(inquiry=name, actor=OPERATOR, bodies=(words,), item=state.item, case=case)
    assert not isinstance(guest[SONGJIANG].execute(command, partner=HEFEI), Refusal)
    guest.settle()
    return name


def test_an_answer_of_a_guest_rests_on_its_paper(guest: MemoryFederation) -> None:
    name, words = question_to(guest), Body(name="answer", media="text/plain", content=b"Yes.")
    said = AnswerQuestion(inquiry=name, actor=OPERATOR, bodies=(words,), from_day="2026-11-02")
    refused = guest[HEFEI].execute(said, partner=SONGJIANG)
    assert isinstance(refused, Refusal)
    assert refused.ground == ChannelGround.PAPER_MISSING
    papered = replace(said, bodies=(words, SCAN))
    assert not isinstance(guest[HEFEI].execute(papered, partner=SONGJIANG), Refusal)
    guest.settle()
    _, state = guest[SONGJIANG].inquiries.find(name) or ("", None)
    assert state is not None
    (line,) = state.answers()
    content = guest[SONGJIANG].inquiries.attachment(HEFEI, name, entry=line.entry, body=PAPER)
    assert content == SCAN.content
    gone = WithdrawAnswer(
        inquiry=name, actor=OPERATOR, bodies=(SCAN,), answer=line.entry, ground="error"
    )
    assert not isinstance(guest[HEFEI].execute(gone, partner=SONGJIANG), Refusal)
    guest.settle()
    _, state = guest[SONGJIANG].inquiries.find(name) or ("", None)
    assert state is not None
    assert state.answers() == ()
