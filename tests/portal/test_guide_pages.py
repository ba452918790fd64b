"""The guide of an item says one thing throughout: time, ways and visits agree."""

import pytest
from django.test import Client
from tests.standin import FOOD_LICENCE, ITEMS

pytestmark = pytest.mark.django_db


def _guide(code: str) -> str:
    answer = Client().get(f"/items/{code}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_days_of_steps_are_said_to_be_the_laws_and_the_promise_stands_above_them() -> None:
    page = _guide(FOOD_LICENCE.code)
    assert "承诺全部办好：8 个工作日。下面注明的是每一步最长的时间。" in page
    assert "法定最长 20 个工作日" in page


def test_where_no_step_takes_days_nothing_is_said_of_them() -> None:
    item = next(each for each in ITEMS if not any(step.days for step in each.steps))
    assert "下面注明的是每一步最长的时间" not in _guide(item.code)


@pytest.mark.parametrize("code", [item.code for item in ITEMS if item.visits][:4])
def test_what_takes_a_visit_is_not_said_to_be_online_throughout(code: str) -> None:
    page = _guide(code)
    assert "全程网上" not in page
    assert "次</dd>" in page


def test_what_is_online_throughout_takes_no_visit() -> None:
    page = _guide(FOOD_LICENCE.code)
    assert "全程网上，不用去合肥" in page
    assert "一次也不用" in page
