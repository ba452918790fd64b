"""A guest that has a node of its own says what of its keeper's record it stands behind."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.node.looking import home_events, submit
from tests.node.test_guests import SCAN, bundle_of, handed_over

from tongban.channels.keepers import Keeper
from tongban.core.entry import Actor, ActorKind, Subject, SubjectKind
from tongban.core.home.events import PersonalDataRead
from tongban.core.one_sided import HAND_OVER_PURPOSE, PAPER
from tongban.core.records.commands import AcknowledgeRecord, WithdrawObjection
from tongban.core.records.events import Objection, ObjectionGround
from tongban.core.records.refusals import RecordGround
from tongban.core.records.state import Backing
from tongban.core.refusal import Refusal
from tongban.core.words import Language
from tongban.node.bundles.narrative import describe
from tongban.node.desk import Executed
from tongban.node.records import KeptEntry
from tongban.testing.applications import HEFEI, SONGJIANG, SUZHOU, accept, publish
from tongban.testing.memory_nodes import MemoryFederation

OFFICER = Actor(kind=ActorKind.OFFICER, role="operator")


@pytest.fixture
def guest(tmp_path: Path) -> Iterator[MemoryFederation]:
    """Suzhou's people kept a node for Hefei until Hefei took it over."""
    federation = MemoryFederation(
        tmp_path, (SONGJIANG, HEFEI), keepers={HEFEI: Keeper(node=SUZHOU)}
    )
    publish(federation)
    federation.settle()
    yield federation
    federation.stop()


def accepted(guest: MemoryFederation) -> str:
    case = submit(guest)
    guest.settle()
    assert not isinstance(guest[HEFEI].execute(replace(accept(case), bodies=(SCAN,))), Refusal)
    guest.settle()
    return case


def recorded(guest: MemoryFederation, case: str) -> list[KeptEntry]:
    return [each for each in guest[HEFEI].records.kept() if each.entry.subject.id == case]


def acknowledgement(
    guest: MemoryFederation, case: str, *objections: Objection
) -> AcknowledgeRecord:
    return AcknowledgeRecord(
        guest=HEFEI,
        actor=OFFICER,
        about=Subject(kind=SubjectKind.CASE, id=case),
        until=recorded(guest, case)[-1].entry.id,
        objections=objections,
    )


def acknowledge(guest: MemoryFederation, case: str, *objections: Objection) -> Executed | Refusal:
    command = acknowledgement(guest, case, *objections)
    done = guest[HEFEI].execute(command, partner=SONGJIANG)
    guest.settle()
    return done


def backings(guest: MemoryFederation, name: str, case: str) -> list[Backing]:
    lines = guest[name].history(case)
    return [side.backing for side in guest[name].records.sides(lines).values()]


def test_both_see_that_the_guest_stands_behind_what_was_recorded(
    guest: MemoryFederation,
) -> None:
    case = accepted(guest)
    assert backings(guest, SONGJIANG, case) == [Backing.ONE_SIDED]
    handed_over(guest)
    assert not isinstance(acknowledge(guest, case), Refusal)
    for name in (SONGJIANG, HEFEI):
        assert backings(guest, name, case) == [Backing.ACKNOWLEDGED]


def test_both_see_to_what_the_guest_objects_until_it_objects_no_more(
    guest: MemoryFederation,
) -> None:
    case = accepted(guest)
    handed_over(guest)
    act = recorded(guest, case)[0].entry.id
    acknowledge(guest, case, Objection(entry=act, ground=ObjectionGround.NOT_DONE))
    for name in (SONGJIANG, HEFEI):
        (side,) = guest[name].records.sides(guest[name].history(case)).values()
        assert (side.keeper, side.backing, side.ground) == (SUZHOU, "objected", "not_done")
    command = WithdrawObjection(guest=HEFEI, actor=OFFICER, entry=act)
    assert not isinstance(guest[HEFEI].execute(command, partner=SONGJIANG), Refusal)
    guest.settle()
    assert backings(guest, SONGJIANG, case) == [Backing.ACKNOWLEDGED]


def test_a_keeper_cannot_acknowledge_its_own_record(guest: MemoryFederation) -> None:
    done = acknowledge(guest, accepted(guest))
    assert isinstance(done, Refusal)
    assert done.ground == RecordGround.STILL_KEPT


def test_a_partner_refuses_what_a_keeper_says_of_its_own_record(guest: MemoryFederation) -> None:
    case = accepted(guest)
    command = acknowledgement(guest, case)
    # Software of the keeper's own, which takes the node for handed over.
    identity = guest[HEFEI].kernel.identity
    object.__setattr__(identity, "keeper", Keeper(node=SUZHOU, key_sets=0))
    assert not isinstance(guest[HEFEI].execute(command, partner=SONGJIANG), Refusal)
    guest.settle()
    assert backings(guest, SONGJIANG, case) == [Backing.ONE_SIDED]


def test_what_was_said_outlives_a_lost_disk(guest: MemoryFederation) -> None:
    case = accepted(guest)
    handed_over(guest)
    acknowledge(guest, case)
    guest.nodes[HEFEI].lose_disk()
    guest.introduce()
    guest.settle()
    assert backings(guest, HEFEI, case) == [Backing.ACKNOWLEDGED]


def test_what_is_said_while_the_line_is_closed_waits_for_it(guest: MemoryFederation) -> None:
    case = accepted(guest)
    handed_over(guest)
    guest.nodes[HEFEI].stop()
    guest.nodes[HEFEI].start()
    assert not isinstance(acknowledge(guest, case), Refusal)
    assert backings(guest, SONGJIANG, case) == [Backing.ACKNOWLEDGED]


def test_evidence_says_what_the_guest_acknowledged(guest: MemoryFederation) -> None:
    case = accepted(guest)
    handed_over(guest)
    acknowledge(guest, case)
    report = bundle_of(guest, case)
    assert report.verified, report.problems
    shown = {entry.type: entry for entry in report.entries}
    assert shown["case.accepted"].backing is Backing.ACKNOWLEDGED
    assert shown["case.dispatched"].cosignature_backing is Backing.ACKNOWLEDGED
    page = describe(report, Language.ENGLISH)
    assert "which acknowledged it since" in page
    assert "not by" not in page.split("What is not proven")[1]
    assert "acknowledged them afterwards under keys of its own" in page


def test_evidence_says_to_what_the_guest_objects(guest: MemoryFederation) -> None:
    case = accepted(guest)
    handed_over(guest)
    act = recorded(guest, case)[0].entry.id
    acknowledge(guest, case, Objection(entry=act, ground=ObjectionGround.PAPER_NOT_OURS))
    report = bundle_of(guest, case)
    assert report.verified, report.problems
    (entry,) = [each for each in report.entries if each.type == "case.accepted"]
    assert (entry.backing, entry.objection) == (Backing.OBJECTED, ObjectionGround.PAPER_NOT_OURS)
    assert "有异议：所附文书不是我方出具" in describe(report, Language.CHINESE)


def test_evidence_of_one_case_does_not_say_what_became_of_another(
    guest: MemoryFederation,
) -> None:
    case, other = accepted(guest), accepted(guest)
    handed_over(guest)
    acknowledge(guest, other)
    types = [entry.type for entry in bundle_of(guest, case).entries]
    assert "record.acknowledged" not in types


def test_evidence_says_of_a_withdrawn_objection_that_the_guest_stands_behind_the_act(
    guest: MemoryFederation,
) -> None:
    case = accepted(guest)
    handed_over(guest)
    act = recorded(guest, case)[0].entry.id
    acknowledge(guest, case, Objection(entry=act, ground=ObjectionGround.NOT_DONE))
    command = WithdrawObjection(guest=HEFEI, actor=OFFICER, entry=act)
    assert not isinstance(guest[HEFEI].execute(command, partner=SONGJIANG), Refusal)
    guest.settle()
    report = bundle_of(guest, case)
    assert report.verified, report.problems
    backing = {entry.type: entry.backing for entry in report.entries}
    assert backing["case.accepted"] is Backing.ACKNOWLEDGED


@pytest.mark.parametrize("kind", [SubjectKind.AGREEMENT, SubjectKind.CATALOGUE])
def test_evidence_shows_what_the_guest_says_of_what_the_case_rests_on_and_no_more(
    guest: MemoryFederation, kind: SubjectKind
) -> None:
    case = accepted(guest)
    handed_over(guest)
    state = guest[HEFEI].case_state(case)
    assert state is not None
    # A document that the case cites; nobody asks here whether it is an agreement.
    cited = state.item_digest
    about = Subject(kind=kind, id=cited)
    command = replace(acknowledgement(guest, case), about=about)
    assert not isinstance(guest[HEFEI].execute(command, partner=SONGJIANG), Refusal)
    guest.settle()
    report = bundle_of(guest, case)
    assert report.verified, report.problems
    shown = [entry.event["about"]["kind"] for entry in report.entries if "about" in entry.event]
    assert shown == (["agreement"] if kind is SubjectKind.AGREEMENT else [])


def test_handing_over_puts_the_reading_of_a_cases_paper_on_record(guest: MemoryFederation) -> None:
    case = accepted(guest)
    handed = guest[HEFEI].records.hand_over(OFFICER)
    papers = [paper for each, paper in handed if each.entry.subject.id == case]
    assert papers == [SCAN.content]
    assert home_events(guest[HEFEI], PersonalDataRead)[-1] == PersonalDataRead(
        body=PAPER, purpose=HAND_OVER_PURPOSE
    )


def test_whoever_knows_no_guest_marks_nothing(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    assert pair[HEFEI].records.of_case(case) == {}
    assert pair[HEFEI].records.kept_by_partners() == ()


def test_a_case_is_marked_line_by_line(guest: MemoryFederation) -> None:
    case = accepted(guest)
    (side,) = guest[SONGJIANG].records.of_case(case).values()
    assert (side.backing, side.paper, side.by_officer) == (Backing.ONE_SIDED, True, True)


def test_while_its_line_is_closed_nothing_is_acknowledged_twice(guest: MemoryFederation) -> None:
    case = accepted(guest)
    handed_over(guest)
    guest.nodes[HEFEI].stop()
    guest.nodes[HEFEI].start()
    command = acknowledgement(guest, case)
    assert not isinstance(guest[HEFEI].execute(command, partner=SONGJIANG), Refusal)
    assert isinstance(guest[HEFEI].execute(command, partner=SONGJIANG), Refusal)
