"""A party may say at any time that it erased its own copy of a body."""

from dataclasses import replace

from tongban.core.cases.admit import admit
from tongban.core.cases.refusals import CaseGround
from tongban.core.entry import Entry
from tongban.core.home.events import BodyErased

from .examples import SYSTEM, dispatch, online, take_in
from .line import Line

ERASED = BodyErased(
    origin="songjiang.g60.demo/channel/hefei.g60.demo/1-" + "0" * 32,
    index=1,
    body="application",
    ground="retention_ended",
)


def arrived() -> Line:
    """A case that the competent party holds."""
    line = online()
    line.do(line.intake, take_in(line.item))
    line.do(line.intake, dispatch(take_in(line.item).actor))
    line.push(line.intake)
    return line


def ground(line: Line, *, receiver: str, known: bool = True) -> str:
    """On which ground the word of the intake party is refused."""
    entry = line.intake.log[-1]
    assert isinstance(entry, Entry)
    refusal = admit(
        line.competent.state if known else None,
        replace(entry, event=ERASED, basis=None, actor=SYSTEM),
        writer=line.intake.name,
        receiver=receiver,
        process=line.process if known else None,
        pair=line.pair,
        at=line.now,
    )
    return refusal.ground if refusal else ""


def test_it_is_taken_from_a_party_that_does_not_hold_the_case() -> None:
    line = arrived()
    assert ground(line, receiver=line.competent.name) == ""


def test_it_is_refused_about_other_peoples_cases() -> None:
    line = arrived()
    assert ground(line, receiver="wuhu.g60.demo") == CaseGround.NOT_THE_COMPETENT_PARTY


def test_it_is_refused_about_a_case_that_nobody_knows() -> None:
    line = arrived()
    assert ground(line, receiver=line.competent.name, known=False) == CaseGround.UNKNOWN_PROCESS
