"""Searches that find nothing, and items that are not open, are counted by pair of places."""

import pytest
from django.test import Client
from tests.standin import world

from tongban.demand import counting
from tongban.demand.models import Demand, Lack
from tongban.demand.reading import read_demand
from tongban.demand.safe_words import bucket_of

__all__ = ["world"]
pytestmark = pytest.mark.django_db
SONGJIANG, WUHU = "310117", "340200"
NOT_OPEN = "船舶营业运输证换发"


def _search(*questions: str) -> None:
    client = Client()
    for text in questions:
        assert client.get("/search/", {"q": text}).status_code == 200


def test_a_search_that_finds_nothing_is_counted_once_each_time() -> None:
    _search("量子计算机", "量子计算机")
    (line,) = read_demand()
    assert (line.lack, line.here, line.there, line.count) == (
        Lack.NOTHING_FOUND,
        SONGJIANG,
        "",
        2,
    )


def test_what_is_not_open_from_here_is_counted_for_its_place() -> None:
    _search(NOT_OPEN)
    (line,) = read_demand()
    assert (line.lack, line.here, line.there) == (Lack.NOT_OPEN, SONGJIANG, WUHU)


@pytest.mark.parametrize("text", ["在合肥开饭店", "", "合肥", "？？？"])
def test_what_was_found_or_not_asked_is_not_counted(text: str) -> None:
    _search(text)
    assert read_demand() == []


def test_no_word_that_the_catalogue_lacks_is_stored() -> None:
    _search("王小明 13800138000 量子")
    row = Demand.objects.get()
    assert (row.words, row.bucket) == ("", bucket_of("王小明量子"))


def test_one_can_look_how_often_a_certain_question_was_asked() -> None:
    _search("量子证书", "王小明")
    assert [line.count for line in read_demand(words="王小明")] == [1]
    assert read_demand(words="李小红") == []


def test_the_most_wanted_comes_first_and_months_are_added_up() -> None:
    _search("王小明", NOT_OPEN, NOT_OPEN)
    Demand.objects.filter(lack=Lack.NOT_OPEN).update(month="2026-10")
    _search(NOT_OPEN)
    assert [line.count for line in read_demand()] == [3, 1]
    assert [line.count for line in read_demand(since="2026-11")] == [1, 1]


def test_a_full_table_takes_new_questions_into_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "ROWS_MAX", 2)
    _search("王小明", "李小红", "张小兰", "赵小军")
    assert Demand.objects.count() == 3
    assert sum(line.count for line in read_demand()) == 4


@pytest.mark.django_db(transaction=True)
def test_a_search_goes_on_where_the_table_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Demand._meta, "db_table", "not_there")
    _search("量子计算机")
