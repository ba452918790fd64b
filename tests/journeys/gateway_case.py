"""J15: taken in at Jiaxing; Wuhu is polled, and decides in an approval system of its own."""

from dataclasses import dataclass, field

from tongban.app.demo import counter
from tongban.app.demo.federation import Federation
from tongban.app.demo.once import SHIP_ANSWERS, Stage
from tongban.app.demo.visitor import Visitor

JIAXING, WUHU = "jiaxing.g60.demo", "wuhu.g60.demo"

#: How often each takes effect at both cities, though the approval system says some of it twice.
DECIDED_ELSEWHERE = {
    "case.dispatched": 1,
    "case.accepted": 1,
    "step.reported": 3,
    "case.decided": 1,
    "result.delivered": 1,
}


@dataclass(slots=True)
class GatewayCase:
    """One case with its clerk, filled in up to the last press."""

    federation: Federation
    stage: Stage = field(init=False)
    clerk: Visitor = field(init=False)
    number: str = ""

    def __post_init__(self) -> None:
        self.stage = Stage(federation=self.federation, intake=JIAXING, competent=WUHU)
        self.clerk = self.stage.visitor(JIAXING, "clerk")
        counter.fill_in(self.clerk, self.stage.item("船舶营业运输证"), SHIP_ANSWERS)

    def close(self) -> None:
        """The clerk closes the window."""
        self.clerk.close()

    def take_in(self) -> None:
        """Send what was filled in before."""
        self.number = counter.send(self.clerk)

    def hand_over(self) -> None:
        """送达."""
        counter.hand_over_result(self.clerk, self.number)

    def agreed(self, stage: str) -> None:
        """Wait until both cities see the case in this stage."""
        for node in (JIAXING, WUHU):
            self.stage.await_stage(node, self.number, stage)
