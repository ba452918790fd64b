"""Two nodes ask and answer over a line: lines are cut, words are kept, views are folded again."""

from datetime import date
from pathlib import Path

import pytest
from tests.node.looking import home_events

from tongban.core.body import Body
from tongban.core.entry import Actor, ActorKind
from tongban.core.home.events import OutcomeDisputed
from tongban.core.inquiries.commands import (
    AnswerQuestion,
    AskQuestion,
    DecideOneOff,
    InquiryCommand,
    ReadInquiry,
    SendMessage,
    WithdrawQuestion,
)
from tongban.core.inquiries.powers import DecisionPower
from tongban.core.inquiries.refusals import InquiryGround as Ground
from tongban.core.inquiries.state import InquiryStanding, InquiryState
from tongban.core.refusal import Refusal
from tongban.node.node import Node
from tongban.node.rebuild import rebuild
from tongban.testing.applications import HANGZHOU, SUZHOU
from tongban.testing.memory_nodes import MemoryFederation

OFFICER = Actor(kind=ActorKind.OFFICER, role="deciding_officer", number="A1")
OTHER = {SUZHOU: HANGZHOU, HANGZHOU: SUZHOU}
ITEM, CASE = "1233010047011355223332099001000", "320500-20261123-ABCDEFGH"
PAPER = DecisionPower(
    number="WT-2026-9",
    office="deciding_officer",
    items=frozenset(),
    from_day=date(2026, 1, 1),
    until_day=date(2026, 12, 31),
)


def body(name: str, text: str) -> Body:
    return Body(name=name, media="text/plain", content=text.encode())


class Two:
    """Suzhou and Hangzhou; Suzhou asks."""

    def __init__(self, folder: Path) -> None:
        self.federation = MemoryFederation(folder, (SUZHOU, HANGZHOU))
        self.federation.settle()
        self.name = self[SUZHOU].inquiries.fresh_name()

    def __getitem__(self, name: str) -> Node:
        return self.federation[name]

    def do(self, name: str, command: InquiryCommand) -> str:
        answer = self[name].execute(command, partner=OTHER[name])
        return answer.ground if isinstance(answer, Refusal) else ""

    def ask(self, text: str = "能否视频核验？", name: str = "") -> str:
        bodies = (body("question", text), body("attachment:1", "一页"))
        named = name or self.name
        ask = AskQuestion(inquiry=named, actor=OFFICER, bodies=bodies, item=ITEM, case=CASE)
        return self.do(SUZHOU, ask)

    def answer(self, text: str = "可以，须留存录像。", name: str = "") -> str:
        bodies = (body("answer", text),)
        command = AnswerQuestion(
            inquiry=name or self.name, actor=OFFICER, bodies=bodies, from_day="2026-11-23"
        )
        return self.do(HANGZHOU, command)

    def once(self) -> str:
        bodies = (body("answer", "本件同意。"),)
        return self.do(
            HANGZHOU,
            DecideOneOff(inquiry=self.name, actor=OFFICER, bodies=bodies, authority=PAPER.number),
        )

    def own(self, name: str) -> InquiryState | None:
        found = self[name].inquiries.find(self.name)
        return found[1] if found else None

    def state(self) -> InquiryState:
        """What both know when all is said; no outcome was computed otherwise by the other."""
        self.federation.settle()
        one, other = (self.own(name) for name in OTHER)
        assert one is not None
        assert one == other
        assert one.pending == ()
        assert not any(home_events(self[name], OutcomeDisputed) for name in OTHER)
        return one


@pytest.fixture
def two(tmp_path: Path) -> Two:
    found = Two(tmp_path)
    assert found.ask() == ""
    found.federation.settle()
    return found


def test_a_question_is_answered_and_both_know_it(two: Two) -> None:
    assert two.answer() == ""
    assert two.state().standing is InquiryStanding.ANSWERED
    said = two[SUZHOU].inquiries.history(HANGZHOU, two.name)
    assert [(each.own, each.words) for each in said] == [
        (True, "能否视频核验？"),
        (False, "可以，须留存录像。"),
    ]


def test_words_and_attachments_travel_beside_the_entries(two: Two) -> None:
    (asked,) = two[HANGZHOU].inquiries.history(SUZHOU, two.name)
    assert asked.attachments == ("attachment:1",)
    place = (SUZHOU, two.name)
    inquiries, entry = two[HANGZHOU].inquiries, asked.entry.id
    assert inquiries.attachment(*place, entry=entry, body="attachment:1") == "一页".encode()
    assert inquiries.attachment(*place, entry="nothing", body="attachment:1") is None


def test_what_was_answered_is_found_by_item_partner_and_words(two: Two) -> None:
    two.answer()
    two.federation.settle()
    for name, other in OTHER.items():
        (found,) = two[name].inquiries.search(item=ITEM, words=("视频", "录像"))
        assert (found.partner, found.answer) == (other, "可以，须留存录像。")
        assert two[name].inquiries.search(words=("邮寄",)) == []
        assert two[name].inquiries.search(item="another", partner=other) == []


def test_only_an_office_with_a_recorded_paper_decides_one_case(two: Two) -> None:
    assert two.once() == Ground.NO_AUTHORITY
    two[HANGZHOU].decision_powers.record(PAPER, actor=OFFICER)
    assert two.once() == ""
    assert two.state().standing is InquiryStanding.ANSWERED
    assert two[HANGZHOU].decision_powers.revoke(PAPER.number, actor=OFFICER)
    assert not two[HANGZHOU].decision_powers.revoke(PAPER.number, actor=OFFICER)
    assert two.once() == Ground.NO_AUTHORITY


def test_a_missing_power_is_on_the_supervisors_list(two: Two) -> None:
    powers = two[SUZHOU].decision_powers
    for power in ("accept", "deliver"):
        powers.report_missing(item=ITEM, partner=HANGZHOU, power=power, actor=OFFICER)
    assert [line.power for line in powers.missing()] == ["deliver", "accept"]


def test_what_was_read_is_known_over_there(two: Two) -> None:
    (question,) = two.state().lines
    assert (
        two.do(HANGZHOU, ReadInquiry(inquiry=two.name, actor=OFFICER, until=question.entry)) == ""
    )
    assert two.state().read_until(HANGZHOU) == question.entry


def test_an_answer_and_a_withdrawal_behind_a_cut_line_both_stand(two: Two) -> None:
    assert two.answer() == ""
    assert two.do(SUZHOU, WithdrawQuestion(inquiry=two.name, actor=OFFICER)) == ""
    state = two.state()
    assert (state.standing, len(state.lines)) == (InquiryStanding.ANSWERED, 3)


def test_a_question_before_the_line_opened_waits_with_its_words(two: Two) -> None:
    node = two.federation.nodes[SUZHOU]
    node.stop()
    node.start()
    two.name = two[SUZHOU].inquiries.fresh_name()
    assert two.ask() == ""
    assert two.ask() == Ground.ALREADY_ASKED
    bodies = (body("message", "急件"),)
    assert two.do(SUZHOU, SendMessage(inquiry=two.name, actor=OFFICER, bodies=bodies)) == ""
    assert two.own(SUZHOU) is None
    assert len(two.state().lines) == 2
    said = two[HANGZHOU].inquiries.history(SUZHOU, two.name)
    assert [each.words for each in said] == ["能否视频核验？", "急件"]


def test_a_question_that_was_refused_leaves_its_ground(two: Two) -> None:
    """Two draw one name, as nobody would by chance, and cross."""
    two.name = two[SUZHOU].inquiries.fresh_name()
    assert two.ask() == ""
    bodies = (body("question", "同号"),)
    crossing = AskQuestion(inquiry=two.name, actor=OFFICER, bodies=bodies, item=ITEM)
    assert two.do(HANGZHOU, crossing) == ""
    two.federation.settle()
    assert [two.own(name) for name in OTHER] == [None, None]
    for name, other in OTHER.items():
        told = two[name].inquiries.history(other, two.name)
        assert {each.ground for each in told} == {Ground.ALREADY_ASKED}


def test_a_rebuild_gives_the_same(two: Two) -> None:
    two.answer()
    before = two.state()
    for name in OTHER:
        rebuild(two[name].kernel, lambda _folded: None)
    assert two.state() == before
