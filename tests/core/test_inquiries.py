"""What nobody foresaw is asked and answered; whatever crosses, both know the same in the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongban.core import canonical
from tongban.core.body import Body
from tongban.core.cases.events import CaseOpened
from tongban.core.cases.refusals import CaseGround
from tongban.core.china_time import china_day
from tongban.core.entry import Actor, ActorKind, Commitment, Entry, Event, Subject, SubjectKind
from tongban.core.faults import BrokenInvariant
from tongban.core.home.events import (
    BodyErased,
    DecisionPowerRecorded,
    DecisionPowerRevoked,
    MissingPowerReported,
)
from tongban.core.inquiries.admit import admit
from tongban.core.inquiries.commands import (
    AnswerQuestion,
    AskQuestion,
    DecideOneOff,
    InquiryCommand,
    ReadInquiry,
    SendMessage,
    WithdrawAnswer,
    WithdrawQuestion,
)
from tongban.core.inquiries.decide import InquiryContext, decide
from tongban.core.inquiries.events import MessageSent
from tongban.core.inquiries.evolve import evolve
from tongban.core.inquiries.powers import DecisionPower, decision_powers
from tongban.core.inquiries.precedents import precedents, suggestions
from tongban.core.inquiries.refusals import InquiryGround as Ground
from tongban.core.inquiries.settle import settle
from tongban.core.inquiries.state import InquiryStanding, InquiryState
from tongban.core.refusal import Refusal

from .examples import MORNING

SUZHOU, HANGZHOU = "suzhou.g60.demo", "hangzhou.g60.demo"
NAME = "20261102-0123456789ABCDEF"
ITEM, CASE = "113301000030000000", "320500-20261102-ABCDEFGH"
TODAY = china_day(MORNING)
CLERK = Actor(kind=ActorKind.OFFICER, role="deciding_officer", number="7")
PAPER = DecisionPower(
    number="WT-2026-9",
    office="deciding_officer",
    items=frozenset({ITEM}),
    from_day=date(2026, 1, 1),
    until_day=date(2026, 12, 31),
)

ERASED = BodyErased(
    origin=f"{SUZHOU}/channel/{HANGZHOU}/1-{'0' * 32}",
    index=1,
    body="question",
    ground="retention_ended",
)


def words(name: str, *more: str) -> tuple[Body, ...]:
    return tuple(
        Body(name=each, media="text/plain", content="能不能办".encode()) for each in (name, *more)
    )


def ask(case: str = CASE, inquiry: str = NAME, **more: str) -> AskQuestion:
    bodies = words("question")
    return AskQuestion(inquiry=inquiry, actor=CLERK, bodies=bodies, item=ITEM, case=case, **more)


def message(*bodies: str) -> SendMessage:
    return SendMessage(inquiry=NAME, actor=CLERK, bodies=words(*(bodies or ("message",))))


def answer(from_day: str = "2026-11-02", inquiry: str = NAME, **more: str) -> AnswerQuestion:
    bodies = words("answer")
    return AnswerQuestion(inquiry=inquiry, actor=CLERK, bodies=bodies, from_day=from_day, **more)


def once(authority: str = PAPER.number, topic: str = "") -> DecideOneOff:
    bodies = words("answer")
    return DecideOneOff(inquiry=NAME, actor=CLERK, bodies=bodies, authority=authority, topic=topic)


def withdraw_answer(entry: str) -> WithdrawAnswer:
    return WithdrawAnswer(inquiry=NAME, actor=CLERK, answer=entry, ground="law_changed")


def read(entry: str) -> ReadInquiry:
    return ReadInquiry(inquiry=NAME, actor=CLERK, until=entry)


WITHDRAW = WithdrawQuestion(inquiry=NAME, actor=CLERK)


@dataclass(kw_only=True)
class Node:
    """log: what it wrote. read: of the other's log. A line is an entry, or what was refused."""

    name: str
    state: InquiryState | None = None
    log: list[Entry | dict[str, str]] = field(default_factory=list)
    read: int = 0
    powers: tuple[DecisionPower, ...] = (PAPER,)


@dataclass(kw_only=True)
class Talks:
    """Two nodes, and letters that come when a test carries them."""

    suzhou: Node = field(default_factory=lambda: Node(name=SUZHOU))
    hangzhou: Node = field(default_factory=lambda: Node(name=HANGZHOU))
    count: int = 0

    def other(self, node: Node) -> Node:
        return self.hangzhou if node is self.suzhou else self.suzhou

    def ask(self, node: Node, command: InquiryCommand) -> str:
        """Decide and append; the ground of a refusal, or ""."""
        context = InquiryContext(
            party=node.name, peer=self.other(node).name, day=TODAY, powers=node.powers
        )
        decided = decide(node.state, command, context)
        if isinstance(decided, Refusal):
            return decided.ground
        self.count += 1
        line = entry(decided[0].event, self.count, decided[0].bodies)
        node.log.append(line)
        node.state = self.fold(node.state, line, writer=node, viewer=node)
        return ""

    def push(self, writer: Node) -> dict[str, str]:
        """Carry what a node wrote to the other, which answers; what was refused, and why."""
        reader, refused, told = self.other(writer), {}, []
        news, reader.read = writer.log[reader.read :], len(writer.log)
        for line in news:
            if isinstance(line, dict):
                self.learn(reader, line)
                continue
            refusal = admit(reader.state, line, writer=writer.name, reader=reader.name)
            told.append((line.id, refusal.ground if refusal else ""))
            if not refusal:
                reader.state = self.fold(reader.state, line, writer=writer, viewer=reader)
        if told:
            reader.log.append(dict(told))
            refused = {name: ground for name, ground in told if ground}
        return refused

    def learn(self, node: Node, outcome: dict[str, str]) -> None:
        for name, ground in outcome.items():
            if node.state is not None:
                node.state = settle(node.state, name, refused=ground)

    def flush(self) -> None:
        """Carry everything over until neither has news."""
        while self.suzhou.read < len(self.hangzhou.log) or self.hangzhou.read < len(
            self.suzhou.log
        ):
            self.push(self.suzhou)
            self.push(self.hangzhou)

    def fold(
        self, state: InquiryState | None, line: Entry, *, writer: Node, viewer: Node
    ) -> InquiryState:
        reader = self.other(writer).name
        return evolve(state, line, writer=writer.name, reader=reader, viewer=viewer.name)


def entry(event: Event, number: int = 99, bodies: Sequence[str] = ()) -> Entry:
    return Entry(
        id=f"{number:026d}",
        at=MORNING,
        actor=CLERK,
        subject=Subject(kind=SubjectKind.INQUIRY, id=NAME),
        event=event,
        commitments=tuple(
            Commitment(name=name, digest="0" * 64, size=2, media="text/plain") for name in bodies
        ),
    )


@pytest.fixture
def talks() -> Talks:
    """Suzhou has asked, and Hangzhou has it."""
    found = Talks()
    assert found.ask(found.suzhou, ask()) == ""
    found.flush()
    return found


def both(talks: Talks) -> InquiryState:
    """What both know, once everything was carried over."""
    talks.flush()
    assert talks.suzhou.state == talks.hangzhou.state
    assert talks.suzhou.state is not None
    return talks.suzhou.state


def newest(talks: Talks) -> str:
    return both(talks).lines[-1].entry


def test_a_question_is_open_until_it_is_answered(talks: Talks) -> None:
    assert (both(talks).asker, both(talks).standing) == (SUZHOU, InquiryStanding.OPEN)
    assert talks.ask(talks.hangzhou, answer()) == ""
    assert both(talks).standing is InquiryStanding.ANSWERED


def test_only_who_was_asked_answers(talks: Talks) -> None:
    talks.ask(talks.hangzhou, answer())
    for command in (answer(), once(), withdraw_answer(newest(talks))):
        assert talks.ask(talks.suzhou, command) == Ground.NOT_ASKED_OF_YOU


def test_an_answer_holds_from_its_day(talks: Talks) -> None:
    talks.ask(talks.hangzhou, answer("2026-12-01"))
    state = both(talks)
    assert state.holding(date(2026, 11, 30)) == ()
    assert len(state.holding(date(2026, 12, 1))) == 1
    (precedent,) = precedents([state])
    assert not precedent.holds(date(2026, 11, 30))
    assert precedent.holds(date(2026, 12, 1))


def test_an_answer_is_replaced_and_withdrawn(talks: Talks) -> None:
    talks.ask(talks.hangzhou, answer())
    first = newest(talks)
    assert talks.ask(talks.hangzhou, answer(replaces=first)) == ""
    second = newest(talks)
    assert [line.entry for line in both(talks).answers()] == [second]
    assert talks.ask(talks.hangzhou, withdraw_answer(first)) == Ground.UNKNOWN_ANSWER
    assert talks.ask(talks.hangzhou, withdraw_answer(second)) == ""
    assert both(talks).standing is InquiryStanding.OPEN
    assert talks.ask(talks.hangzhou, answer(replaces=second)) == Ground.UNKNOWN_ANSWER


def test_one_case_is_one_off_decided_and_is_no_rule(talks: Talks) -> None:
    assert talks.ask(talks.hangzhou, once()) == ""
    state = both(talks)
    assert state.standing is InquiryStanding.ANSWERED
    assert state.holding(TODAY) == ()
    (precedent,) = precedents([state])
    assert not precedent.holds(TODAY)


def test_a_one_off_needs_one_case() -> None:
    talks = Talks()
    talks.ask(talks.suzhou, ask(case=""))
    talks.flush()
    assert talks.ask(talks.hangzhou, once()) == Ground.NO_ONE_CASE
    assert talks.ask(talks.hangzhou, answer()) == ""


@pytest.mark.parametrize(
    "power",
    [
        DecisionPower(
            number=number,
            office=office,
            items=frozenset({item}),
            from_day=date(2026, 1, 1),
            until_day=date(2026, month, 1),
        )
        for number, office, item, month in [
            ("WT-2026-8", "deciding_officer", ITEM, 12),
            ("WT-2026-9", "clerk", ITEM, 12),
            ("WT-2026-9", "deciding_officer", "other", 12),
            ("WT-2026-9", "deciding_officer", ITEM, 10),
        ]
    ],
)
def test_a_one_off_needs_a_recorded_authority(talks: Talks, power: DecisionPower) -> None:
    talks.hangzhou.powers = (power,)
    assert talks.ask(talks.hangzhou, once()) == Ground.NO_AUTHORITY
    assert both(talks).standing is InquiryStanding.OPEN


def test_authorities_are_those_recorded_and_not_revoked() -> None:
    recorded = [
        DecisionPowerRecorded(
            number=number,
            office="deciding_officer",
            items=(),
            from_day="2026-01-01",
            until_day="2026-12-31",
        )
        for number in ("B-2", "A-1")
    ]
    other = MissingPowerReported(item=ITEM, partner=HANGZHOU, power="intake")
    (left,) = decision_powers([*recorded, DecisionPowerRevoked(number="B-2"), other])
    assert left.number == "A-1"
    assert left.covers("anything", TODAY)


def test_who_asked_withdraws_and_an_answer_that_crossed_stays(talks: Talks) -> None:
    assert talks.ask(talks.hangzhou, WITHDRAW) == Ground.NOT_YOUR_QUESTION
    assert talks.ask(talks.suzhou, WITHDRAW) == ""
    assert talks.ask(talks.suzhou, WITHDRAW) == Ground.ALREADY_WITHDRAWN
    assert talks.ask(talks.hangzhou, answer()) == ""
    assert both(talks).standing is InquiryStanding.ANSWERED


def test_a_withdrawn_question_is_not_open(talks: Talks) -> None:
    talks.ask(talks.suzhou, WITHDRAW)
    assert both(talks).standing is InquiryStanding.WITHDRAWN


def test_what_was_read_is_known_to_both(talks: Talks) -> None:
    question = newest(talks)
    assert talks.ask(talks.suzhou, read(question)) == Ground.NOTHING_TO_READ
    assert [line.entry for line in both(talks).unread(HANGZHOU)] == [question]
    assert talks.ask(talks.hangzhou, read(question)) == ""
    state = both(talks)
    assert (state.read_until(HANGZHOU), state.unread(HANGZHOU)) == (question, ())
    assert talks.ask(talks.suzhou, message()) == ""
    assert len(both(talks).unread(HANGZHOU)) == 1


def test_words_come_with_numbered_attachments_and_nothing_else(talks: Talks) -> None:
    assert talks.ask(talks.suzhou, message("message", "attachment:1", "attachment:9")) == ""
    assert talks.ask(talks.suzhou, message("attachment:1")) == Ground.WORDS_MISSING
    strange = message("message", "zhangsan.pdf")
    assert talks.ask(talks.suzhou, strange) == Ground.UNKNOWN_ATTACHMENT
    wordless = WithdrawQuestion(inquiry=NAME, actor=CLERK, bodies=words("attachment:1"))
    assert talks.ask(talks.suzhou, wordless) == Ground.UNKNOWN_ATTACHMENT
    # The paper of a guest goes along with every act, with words or without.
    assert talks.ask(talks.suzhou, message("message", "paper")) == ""
    papered = WithdrawQuestion(inquiry=NAME, actor=CLERK, bodies=words("paper"))
    assert talks.ask(talks.suzhou, papered) == ""


@pytest.mark.parametrize(
    "command",
    [
        ask(case="张三的办件", inquiry="another"),
        ask(agreement="张三", inquiry="another"),
        replace(ask(inquiry="another"), item=""),
        ask(reports="No Step", inquiry="another"),
        answer("soon"),
        answer(topic="张三"),
        answer(replaces="张三"),
        once("张三"),
        once(topic="张三"),
        withdraw_answer("张三"),
        read("张三"),
    ],
)
def test_only_codes_stand_in_entries(talks: Talks, command: InquiryCommand) -> None:
    assert talks.ask(talks.hangzhou, command) == CaseGround.FIELD_UNFIT


def test_a_question_about_an_agreement_as_a_whole_names_no_item_and_asks_for_no_clause() -> None:
    talks = Talks()
    wholly = replace(ask(case="", agreement="sha256:" + "a" * 64), item="")
    assert talks.ask(talks.suzhou, wholly) == ""
    talks.flush()
    assert talks.ask(talks.hangzhou, answer()) == ""
    assert both(talks).standing is InquiryStanding.ANSWERED
    assert suggestions([both(talks)] * 3) == ()


def test_a_question_names_an_agreement_and_a_missing_power_by_codes() -> None:
    talks = Talks()
    known = ask(agreement="sha256:" + "a" * 64, reports="delegated_acceptance")
    assert talks.ask(talks.suzhou, known) == ""


def test_an_inquiry_begins_once_and_with_a_question(talks: Talks) -> None:
    assert talks.ask(talks.hangzhou, ask()) == Ground.ALREADY_ASKED
    assert Talks().ask(Node(name=SUZHOU), message()) == Ground.UNKNOWN_INQUIRY


def test_two_that_draw_one_name_refuse_each_other() -> None:
    talks = Talks()
    talks.ask(talks.suzhou, ask())
    talks.ask(talks.suzhou, message())
    talks.ask(talks.hangzhou, ask())
    refused = list(talks.push(talks.suzhou).values())
    assert refused == [Ground.ALREADY_ASKED, Ground.UNKNOWN_INQUIRY]
    talks.flush()
    assert (talks.suzhou.state, talks.hangzhou.state) == (None, None)


def test_whose_question_counts_after_two_crossed_is_the_asker() -> None:
    talks = Talks()
    talks.ask(talks.suzhou, ask())
    talks.ask(talks.hangzhou, ask())
    talks.push(talks.suzhou)
    talks.push(talks.hangzhou)
    talks.ask(talks.suzhou, ask())
    talks.ask(talks.hangzhou, message())
    assert both(talks).asker == SUZHOU


def test_what_is_no_act_of_an_inquiry_is_refused(talks: Talks) -> None:
    refusal = admit(both(talks), entry(CaseOpened()), writer=SUZHOU, reader=HANGZHOU)
    assert refusal is not None
    assert refusal.ground == Ground.UNKNOWN_INQUIRY_ACT


def test_a_party_may_say_that_it_erased_its_copy_of_what_was_said(talks: Talks) -> None:
    assert admit(both(talks), entry(ERASED), writer=SUZHOU, reader=HANGZHOU) is None
    refusal = admit(None, entry(ERASED), writer=SUZHOU, reader=HANGZHOU)
    assert refusal is not None
    assert refusal.ground == Ground.UNKNOWN_INQUIRY


def test_only_what_was_admitted_is_folded(talks: Talks) -> None:
    names = {"writer": SUZHOU, "reader": HANGZHOU, "viewer": HANGZHOU}
    with pytest.raises(BrokenInvariant, match="CaseOpened"):
        evolve(both(talks), entry(CaseOpened()), **names)
    with pytest.raises(BrokenInvariant, match="not here"):
        evolve(None, entry(MessageSent()), **names)


def test_an_entry_that_nobody_waits_for_settles_nothing(talks: Talks) -> None:
    state = both(talks)
    assert settle(state, "nothing", refused="") is state


def answered(number: int, topic: str = "") -> InquiryState:
    talks, name = Talks(count=number * 10), f"20261102-{number:016d}"
    talks.ask(talks.suzhou, ask(inquiry=name))
    talks.flush()
    talks.ask(talks.hangzhou, answer(inquiry=name, topic=topic))
    return both(talks)


def test_three_answers_alike_suggest_an_amendment() -> None:
    two = [answered(1), answered(2)]
    assert suggestions([*two, answered(3, topic="seal")]) == ()
    (found,) = suggestions([*two, answered(4)])
    assert (found.item, found.topic, found.answerer) == (ITEM, "", HANGZHOU)
    assert [each.line.entry for each in found.answers] == sorted(
        (each.line.entry for each in found.answers), reverse=True
    )


def test_a_question_on_its_way_is_no_precedent() -> None:
    talks = Talks()
    talks.ask(talks.suzhou, ask())
    assert talks.suzhou.state is not None
    assert precedents([talks.suzhou.state]) == ()


def test_a_state_survives_its_bytes(talks: Talks) -> None:
    talks.ask(talks.hangzhou, once())
    assert talks.hangzhou.state is not None
    data = canonical.encode(talks.hangzhou.state)
    assert canonical.decode(data, InquiryState) == talks.hangzhou.state


ENTRIES = [f"{number:026d}" for number in range(1, 9)]
ANYBODYS: list[InquiryCommand] = [
    ask(),
    message(),
    answer(),
    once(),
    WITHDRAW,
    *(answer(replaces=each) for each in ENTRIES),
    *(withdraw_answer(each) for each in ENTRIES),
    *(read(each) for each in ENTRIES),
]
MOVES = st.lists(
    st.tuples(st.sampled_from(["suzhou", "hangzhou"]), st.sampled_from(ANYBODYS))
    | st.sampled_from(["push suzhou", "push hangzhou"]),
    max_size=40,
)


@settings(max_examples=200, deadline=None)
@given(moves=MOVES)
def test_both_know_the_same_in_the_end(moves: Sequence[str | tuple[str, InquiryCommand]]) -> None:
    talks = Talks()
    talks.ask(talks.suzhou, ask())
    for move in moves:
        if isinstance(move, str):
            talks.push(getattr(talks, move.removeprefix("push ")))
        else:
            talks.ask(getattr(talks, move[0]), move[1])
    talks.flush()
    state = talks.suzhou.state
    assert state == talks.hangzhou.state
    assert state is None or state.pending == ()


@settings(max_examples=100, deadline=None)
@given(moves=MOVES)
def test_nothing_that_a_side_may_do_is_refused_where_it_arrives(
    moves: Sequence[str | tuple[str, InquiryCommand]],
) -> None:
    """After the question took effect no act of one side can cross one of the other."""
    talks = Talks()
    talks.ask(talks.suzhou, ask())
    talks.flush()
    for move in moves:
        if isinstance(move, str):
            assert talks.push(getattr(talks, move.removeprefix("push "))) == {}
        else:
            talks.ask(getattr(talks, move[0]), move[1])
