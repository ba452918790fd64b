"""A guest acknowledges its one-sided record, or objects to single acts of it (spec/records.md)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tongban.core.cases.events import CaseOpened
from tongban.core.entry import Actor, ActorKind, Entry, Event, Subject, SubjectKind
from tongban.core.faults import BrokenInvariant
from tongban.core.records.admit import admit
from tongban.core.records.commands import AcknowledgeRecord, RecordCommand, WithdrawObjection
from tongban.core.records.decide import RecordContext, decide
from tongban.core.records.events import (
    Objection,
    ObjectionGround,
    ObjectionWithdrawn,
    RecordAcknowledged,
)
from tongban.core.records.evolve import evolve, foreseen
from tongban.core.records.objections import OBJECTIONS
from tongban.core.records.permit import Hands
from tongban.core.records.settle import settle
from tongban.core.records.state import Backing, RecordState
from tongban.core.refusal import Refusal

GUEST, PARTNER = "wuhu.gov", "songjiang.gov"
CASE = Subject(kind=SubjectKind.CASE, id="G60-1")
OTHER = Subject(kind=SubjectKind.CASE, id="G60-2")
OWN = Hands(once_kept=True, still_kept=False)
OFFICER = Actor(kind=ActorKind.OFFICER)


def entry_id(number: int) -> str:
    return f"{number:026}"


def objection(number: int) -> Objection:
    return Objection(entry=entry_id(number), ground=ObjectionGround.NOT_DONE)


def acknowledged(until: int, *objected: int, about: Subject = CASE) -> RecordAcknowledged:
    objections = tuple(map(objection, objected))
    return RecordAcknowledged(about=about, until=entry_id(until), objections=objections)


def withdrawn(number: int) -> ObjectionWithdrawn:
    return ObjectionWithdrawn(entry=entry_id(number))


def entry(event: Event, number: int = 90) -> Entry:
    return Entry(
        id=entry_id(number),
        at=datetime(2026, 11, 23, tzinfo=UTC),
        actor=OFFICER,
        subject=Subject(kind=SubjectKind.RECORD, id=GUEST),
        event=event,
    )


def folded(*events: Event, viewer: str = PARTNER) -> RecordState:
    state = None
    for number, event in enumerate(events, 90):
        state = evolve(state, entry(event, number), writer=GUEST, viewer=viewer)
    assert state is not None
    return state


def grounds(state: RecordState | None, event: Event, hands: Hands = OWN) -> str:
    refusal = admit(state, entry(event), writer=GUEST, hands=hands)
    return refusal.ground if refusal else ""


def test_what_was_acknowledged_is_backed_up_to_there_and_no_further() -> None:
    state = folded(acknowledged(5))
    assert state.backing(CASE, entry_id(5)) is Backing.ACKNOWLEDGED
    assert state.backing(CASE, entry_id(6)) is Backing.ONE_SIDED
    assert state.backing(OTHER, entry_id(5)) is Backing.ONE_SIDED


def test_an_objection_stands_until_it_is_withdrawn() -> None:
    state = folded(acknowledged(5, 3))
    assert state.backing(CASE, entry_id(3)) is Backing.OBJECTED
    assert state.objections() == {entry_id(3): ObjectionGround.NOT_DONE}
    again = folded(acknowledged(5, 3), withdrawn(3))
    assert again.backing(CASE, entry_id(3)) is Backing.ACKNOWLEDGED


@pytest.mark.parametrize(
    ("hands", "ground"),
    [
        (Hands(once_kept=False, still_kept=False), "never_kept"),
        (Hands(once_kept=True, still_kept=True), "still_kept"),
        (OWN, ""),
    ],
)
def test_only_who_was_kept_and_is_not_any_more_speaks(hands: Hands, ground: str) -> None:
    assert grounds(None, acknowledged(5), hands) == ground


def test_nobody_speaks_of_the_record_of_another() -> None:
    refusal = admit(None, entry(acknowledged(5)), writer=PARTNER, hands=OWN)
    assert refusal is not None
    assert refusal.ground == "not_your_record"


@pytest.mark.parametrize(
    ("event", "ground"),
    [
        (acknowledged(5), "nothing_to_acknowledge"),
        (acknowledged(9, 5), "objection_misplaced"),
        (acknowledged(9, 8, 7), "objection_misplaced"),
        (acknowledged(9, 7, 7), "objection_misplaced"),
        (acknowledged(9, 10), "objection_misplaced"),
        (acknowledged(9, 6, 9), ""),
        (acknowledged(4, about=OTHER), ""),
        (withdrawn(3), ""),
        (withdrawn(4), "unknown_objection"),
        (CaseOpened(), "unknown_record_act"),
        (RecordAcknowledged(about=CASE, until="soon"), "field_unfit"),
        (ObjectionWithdrawn(entry="it"), "field_unfit"),
        (acknowledged(9, about=replace(CASE, id="张三")), "field_unfit"),
        (acknowledged(9, about=replace(CASE, kind=SubjectKind.NODE)), "field_unfit"),
        (acknowledged(900, *range(100, 201)), "field_unfit"),
        (acknowledged(9, about=Subject(kind=SubjectKind.AGREEMENT, id="sha256:" + 64 * "0")), ""),
    ],
)
def test_each_act_has_its_place(event: Event, ground: str) -> None:
    assert grounds(folded(acknowledged(5, 3)), event) == ground


@pytest.mark.parametrize(
    "command",
    [
        AcknowledgeRecord(guest=GUEST, actor=OFFICER, about=CASE, until=entry_id(5)),
        WithdrawObjection(guest=GUEST, actor=OFFICER, entry=entry_id(3)),
    ],
)
def test_officers_of_the_guest_decide_one_event(
    command: AcknowledgeRecord | WithdrawObjection,
) -> None:
    state = folded(acknowledged(4, 3), viewer=GUEST)
    decided = decide(state, command, RecordContext(party=GUEST, hands=OWN))
    assert not isinstance(decided, Refusal)
    assert isinstance(command, RecordCommand)
    assert len(decided) == 1


def test_nothing_is_acknowledged_twice_while_the_first_is_on_its_way() -> None:
    command = AcknowledgeRecord(guest=GUEST, actor=OFFICER, about=CASE, until=entry_id(5))
    done = decide(
        folded(acknowledged(5), viewer=GUEST), command, RecordContext(party=GUEST, hands=OWN)
    )
    assert isinstance(done, Refusal)


def test_the_writer_waits_for_the_outcome() -> None:
    waiting = folded(acknowledged(5), viewer=GUEST)
    assert waiting.backing(CASE, entry_id(5)) is Backing.ONE_SIDED
    assert foreseen(waiting).backing(CASE, entry_id(5)) is Backing.ACKNOWLEDGED
    assert settle(waiting, entry_id(90), refused="") == folded(acknowledged(5))


def test_what_was_refused_was_never_said() -> None:
    waiting = folded(acknowledged(5), viewer=GUEST)
    assert settle(waiting, entry_id(90), refused="still_kept") is None
    assert settle(waiting, entry_id(1), refused="still_kept") == waiting
    known = replace(waiting, lines=folded(acknowledged(4)).lines)
    assert settle(known, entry_id(90), refused="still_kept") == folded(acknowledged(4))


def test_what_is_about_no_record_is_a_broken_invariant() -> None:
    with pytest.raises(BrokenInvariant):
        evolve(None, entry(CaseOpened()), writer=GUEST, viewer=PARTNER)


def test_every_objection_has_its_words() -> None:
    assert OBJECTIONS.keys() == set(ObjectionGround)
