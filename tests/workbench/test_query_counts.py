"""An officer's page of a case needs a fixed number of queries, whatever the case's length."""

from tests.workbench.counters import Desks, at

from tongban.core.cases.commands import ReportStep
from tongban.core.cases.events import Reported
from tongban.core.refusal import Refusal
from tongban.testing.applications import HANGZHOU, OFFICER


def report_steps(desks: Desks, case: str, count: int) -> None:
    node = desks.federation[HANGZHOU].node
    for _ in range(count):
        now = node.kernel.clock.now()
        reported = Reported(acted_at=now, reported_at=now, system="made up")
        step = ReportStep(case=case, actor=OFFICER, step="review", reported=reported)
        assert not isinstance(node.execute(step), Refusal)


def test_the_case_room_needs_the_same_queries_at_3_and_at_80_entries(desks: Desks) -> None:
    case = desks.case_at_hangzhou()
    report_steps(desks, case, 1)
    desks.queries(at("room", case))  # The first look opens the case, which is an act of its own.
    short = desks.queries(at("room", case))
    report_steps(desks, case, 77)
    assert desks.queries(at("room", case)) == short
    assert desks.officer.get(at("room", case)).content.decode().count("业务审查") == 78
