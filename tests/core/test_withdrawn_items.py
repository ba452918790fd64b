"""An item that its authority withdrew: nothing new is taken in, what is under way goes on."""

from dataclasses import replace
from datetime import timedelta

from tongban.core.cases.admit import admit
from tongban.core.cases.decide import decide
from tongban.core.catalogues.events import WithdrawalReason
from tongban.core.catalogues.reasons import REASON_WORDS
from tongban.core.catalogues.state import Withdrawal
from tongban.core.entry import Entry
from tongban.core.refusal import Refusal, Remedy

from .examples import FOOD, MORNING, dispatch, online, take_in

WITHDRAWAL = Withdrawal(
    item=FOOD.code,
    reason=WithdrawalReason.ABOLISHED,
    from_day="2026-11-02",
    document="sha256:0",
    processes=(),
    at=MORNING,
)
SAID_LATER = replace(WITHDRAWAL, at=MORNING + timedelta(hours=1))


def test_nothing_new_is_taken_in_and_the_direct_way_stays_open() -> None:
    line = online()
    context = replace(line.context(line.intake), withdrawal=WITHDRAWAL)
    answer = decide(None, take_in(FOOD), context)
    assert isinstance(answer, Refusal)
    assert answer.ground == "item_withdrawn"
    assert Remedy.DIRECT_APPLICATION in answer.remedies


def test_who_came_before_it_was_said_is_sent_on() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    context = line.context(line.intake)
    late = decide(line.intake.state, dispatch(), replace(context, withdrawal=WITHDRAWAL))
    early = decide(line.intake.state, dispatch(), replace(context, withdrawal=SAID_LATER))
    assert isinstance(late, Refusal)
    assert not isinstance(early, Refusal)


def test_the_authority_refuses_what_was_taken_in_too_late() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    line.ask(line.intake, dispatch())
    (sent,) = (each for each in line.intake.log if isinstance(each, Entry))
    grounds = []
    for withdrawal in (WITHDRAWAL, SAID_LATER, None):
        refusal = admit(
            None,
            sent,
            writer=line.intake.name,
            receiver=line.competent.name,
            process=line.process,
            pair=line.pair,
            at=MORNING,
            withdrawal=withdrawal,
        )
        grounds.append(refusal.ground if refusal else "")
    assert grounds == ["item_withdrawn", "", ""]


def test_every_reason_is_said_in_both_languages() -> None:
    assert set(REASON_WORDS) == set(WithdrawalReason)
