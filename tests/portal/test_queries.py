"""Pages need a fixed number of queries, however much they show."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.portal.journey import OFFICER, Applicant, accept, applicant
from tests.standin import START, World

from tongban.core.cases.commands import ReportStep
from tongban.core.cases.events import Reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def she() -> Applicant:
    return applicant()


def queries(action: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def report_steps(world: World, case: str, count: int) -> None:
    reported = Reported(acted_at=START, reported_at=START, system="made up")
    for _ in range(count):
        step = ReportStep(case=case, actor=OFFICER, step="review", reported=reported)
        world.node.partner(step)


def test_a_case_page_needs_the_same_queries_at_5_and_at_200_entries(
    she: Applicant, world: World
) -> None:
    case = she.apply()
    world.node.arrive(case)
    accept(world.node, case)
    report_steps(world, case, 2)
    short = queries(lambda: she.page(f"/cases/{case}/"))
    report_steps(world, case, 195)
    page = she.page(f"/cases/{case}/")
    assert page.count("业务审查") == 197
    assert queries(lambda: she.page(f"/cases/{case}/")) == short
    assert short <= 6


def test_home_and_my_cases_need_the_same_queries_for_1_case_and_for_9(she: Applicant) -> None:
    she.apply()
    few = [queries(partial(she.page, path)) for path in ("/", "/cases/")]
    for _ in range(8):
        she.apply()
    many = [queries(partial(she.page, path)) for path in ("/", "/cases/")]
    assert many == few
    assert max(many) <= 6
