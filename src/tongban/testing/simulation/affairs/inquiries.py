"""Officers ask each other what an agreement did not foresee, and answer, or decide one case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random

from tongban.core.china_time import china_day
from tongban.core.entry import Actor, ActorKind
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
from tongban.core.inquiries.powers import DecisionPower
from tongban.core.inquiries.state import InquiryState
from tongban.core.refusal import Refusal
from tongban.node.node import Node
from tongban.testing.simulation.people import body
from tongban.testing.simulation.world import World

#: Seconds between what is said, and how often somebody says something.
_PAUSES = (0.0, 0.01, 0.2, 0.5)
_TURNS = (4, 10)
#: From how many days before to how many days after today a paper lets somebody decide.
_DAYS = ((-1, 0), (0, 9), (-9, -1), (1, 9))
_ROLES = ("deciding_officer", "head_of_office")
_PAPERS = ("WT-1", "WT-2")
#: An item is any code; a question needs no such item to be offered.
_ITEM = "1233010047011355223332099001000"


@dataclass(frozen=True, slots=True)
class Turn:
    """Who speaks, about which inquiry, and what the day is there in China."""

    actor: Actor
    name: str
    entry: str
    case: str
    paper: str
    day: str


def inquire(world: World, chance: Random) -> bool:
    """Two talk, each now and then, often before the other's last letter has come."""
    asker, answerer = chance.sample(world.names, 2)
    case = chance.choice(world.matters).case if world.matters else ""
    done = False
    for number in range(chance.randint(*_TURNS)):
        name, partner = (asker, answerer) if chance.random() < 1 / 2 else (answerer, asker)
        if not number:
            name, partner = asker, answerer
        if world.machines[name].running:
            done |= world.do(partial(_speak, world[name], partner, case, chance))
        world.run(chance.choice(_PAUSES))
    return done


def _speak(node: Node, partner: str, case: str, chance: Random) -> bool:
    """Somebody says something or sees to the papers; whether it was allowed."""
    if chance.random() < _SEES_TO_PAPERS:
        _file(node, chance)
    known = node.inquiries.with_partner(partner)
    state = chance.choice(known) if known and chance.random() >= _ASKS else None
    deed = _deed(state, node.name, chance) if state else "ask"
    turn = Turn(
        actor=Actor(kind=ActorKind.OFFICER, role=chance.choice(_ROLES), number="O2"),
        name=state.id if state else node.inquiries.fresh_name(),
        entry=_entry(state, deed, chance) if state else "",
        case=case,
        paper=chance.choice(_PAPERS),
        day=china_day(node.kernel.clock.now()).isoformat(),
    )
    return not isinstance(node.execute(_DEEDS[deed](turn), partner=partner), Refusal)


def _deed(state: InquiryState, name: str, chance: Random) -> str:
    """Mostly what the side may do; now and then anything."""
    if chance.random() < _ANYTHING:
        return chance.choice(list(_DEEDS))
    if name != state.answerer:
        return chance.choice(_OF_ASKER)
    return chance.choice(_OF_ANSWERER if state.answers() else ("answer", "one_off"))


def _file(node: Node, chance: Random) -> None:
    """A paper that lets an office decide single cases comes into the files, or counts no more."""
    number, powers = chance.choice(_PAPERS), node.decision_powers
    if chance.random() < _REVOKES and powers.revoke(number, actor=_CHIEF):
        return
    first, last = chance.choice(_DAYS)
    today = china_day(node.kernel.clock.now())
    paper = DecisionPower(
        number=number,
        office=chance.choice(_ROLES),
        items=frozenset(),
        from_day=today + timedelta(days=first),
        until_day=today + timedelta(days=last),
    )
    powers.record(paper, actor=_CHIEF)


def _entry(state: InquiryState, deed: str, chance: Random) -> str:
    """What an act is about: an answer, or the last that was said."""
    if deed == "read":
        return max((line.entry for line in state.lines), default="")
    answers = [line.entry for line in state.answers()]
    return chance.choice(answers) if answers else ""


def _ask(turn: Turn) -> InquiryCommand:
    words = (body("question"), body("attachment:1"))
    return AskQuestion(
        inquiry=turn.name, actor=turn.actor, bodies=words, item=_ITEM, case=turn.case
    )


def _message(turn: Turn) -> InquiryCommand:
    return SendMessage(inquiry=turn.name, actor=turn.actor, bodies=(body("message"),))


def _answer(turn: Turn) -> InquiryCommand:
    return AnswerQuestion(
        inquiry=turn.name, actor=turn.actor, bodies=(body("answer"),), from_day=turn.day
    )


def _replace(turn: Turn) -> InquiryCommand:
    return AnswerQuestion(
        inquiry=turn.name,
        actor=turn.actor,
        bodies=(body("answer"),),
        from_day=turn.day,
        replaces=turn.entry,
    )


def _one_off(turn: Turn) -> InquiryCommand:
    return DecideOneOff(
        inquiry=turn.name, actor=turn.actor, bodies=(body("answer"),), authority=turn.paper
    )


def _retract(turn: Turn) -> InquiryCommand:
    return WithdrawAnswer(inquiry=turn.name, actor=turn.actor, answer=turn.entry, ground="made_up")


def _read(turn: Turn) -> InquiryCommand:
    return ReadInquiry(inquiry=turn.name, actor=turn.actor, until=turn.entry)


def _withdraw(turn: Turn) -> InquiryCommand:
    return WithdrawQuestion(inquiry=turn.name, actor=turn.actor)


_DEEDS: Mapping[str, Callable[[Turn], InquiryCommand]] = {
    "message": _message,
    "answer": _answer,
    "replace": _replace,
    "one_off": _one_off,
    "retract": _retract,
    "read": _read,
    "withdraw": _withdraw,
    "ask": _ask,
}
_OF_ASKER = ("message", "read", "withdraw")
_OF_ANSWERER = ("answer", "replace", "one_off", "one_off", "retract", "retract", "message", "read")
#: How often somebody asks something new, does what may not be his to do, and looks after papers
#: before he speaks.
_ASKS, _ANYTHING, _SEES_TO_PAPERS, _REVOKES = 0.1, 0.2, 0.5, 0.3
_CHIEF = Actor(kind=ActorKind.OFFICER, role="supervisor", number="S1")
