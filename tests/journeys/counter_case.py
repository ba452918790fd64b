"""J2 press by press, as people go through it who look again after the lights went out."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.journeys.checks import effects_of

from tongban.app.demo import counter, officer
from tongban.app.demo.federation import Federation
from tongban.app.demo.once import FUND_ANSWERS, Stage
from tongban.app.demo.visitor import Visitor
from tongban.core.items.item import Item

SUZHOU, HANGZHOU = "suzhou.g60.demo", "hangzhou.g60.demo"

#: What both cities hold of the case in the end, once each and in this order.
SHARED = [
    "case.dispatched",
    "case.opened",
    "correction.notified",
    "correction.completed",
    "case.accepted",
    "case.decided",
    "result.delivered",
]


@dataclass(slots=True)
class CounterCase:
    """One case with its two people, who stay logged in whatever happens to their city."""

    federation: Federation
    stage: Stage = field(init=False)
    item: Item = field(init=False)
    clerk: Visitor = field(init=False)
    decider: Visitor = field(init=False)
    number: str = ""

    def __post_init__(self) -> None:
        self.stage = Stage(federation=self.federation, intake=SUZHOU, competent=HANGZHOU)
        self.item = self.stage.item("出具贷款职工住房公积金")
        self.clerk = self.stage.visitor(SUZHOU, "clerk")
        self.decider = self.stage.officer_for(self.item)
        counter.fill_in(self.clerk, self.item, FUND_ANSWERS)

    def close(self) -> None:
        """Both close their windows."""
        self.clerk.close()
        self.decider.close()

    def take_in(self) -> None:
        """Send what was filled in before."""
        self.number = counter.send(self.clerk)

    def notify(self) -> None:
        """Ask for a better scan."""
        officer.ask_for_correction(self.decider, self.number, "purchase_contract")

    def correct(self) -> None:
        """Hand the better scan in."""
        counter.bring_correction(self.clerk, self.number, self.item, ["purchase_contract"])

    def accept(self) -> None:
        """受理."""
        officer.accept(self.decider, self.number)

    def grant(self) -> None:
        """准予."""
        officer.grant(self.decider, self.number)

    def hand_over(self) -> None:
        """送达."""
        counter.hand_over_result(self.clerk, self.number)

    def shows(self, press: "Press") -> bool:
        """Whether a press took effect, as its person finds when looking again.

        Before there is a receipt, the clerk presses again and is shown the same one.
        """
        return bool(self.number) and press.leaves in effects_of(
            self.federation, press.at, self.number
        )

    def agreed(self, stage: str) -> None:
        """Wait until both cities see the case in this stage."""
        for node in (SUZHOU, HANGZHOU):
            self.stage.await_stage(node, self.number, stage)


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """One press of a button: at which city, what is pressed, what the log shows afterwards."""

    at: str
    act: Callable[[CounterCase], None]
    leaves: str
    stage: str

    @property
    def partner(self) -> str:
        """The other city."""
        return HANGZHOU if self.at == SUZHOU else SUZHOU


PRESSES = (
    Press(at=SUZHOU, act=CounterCase.take_in, leaves="case.dispatched", stage="dispatched"),
    Press(at=HANGZHOU, act=CounterCase.notify, leaves="correction.notified", stage="correcting"),
    Press(at=SUZHOU, act=CounterCase.correct, leaves="correction.completed", stage="corrected"),
    Press(at=HANGZHOU, act=CounterCase.accept, leaves="case.accepted", stage="accepted"),
    Press(at=HANGZHOU, act=CounterCase.grant, leaves="case.decided", stage="decided"),
    Press(at=SUZHOU, act=CounterCase.hand_over, leaves="result.delivered", stage="delivered"),
)
