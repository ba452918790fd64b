"""`tongban search`, `place` and `bench`: what programs outside rely on."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command_line import ended, invoke, tongban

SONGJIANG, HEFEI = "310117", "340100"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def _results(*arguments: object) -> list[dict[str, Any]]:
    done = invoke("search", *arguments, "--json")
    assert done.code == 0
    results: list[dict[str, Any]] = json.loads(done.out)["results"]
    return results


def test_a_result_has_what_the_contract_names() -> None:
    first, *_ = _results("在松江办合肥的营业执照")
    assert first.keys() >= {"name", "item", "place", "modes", "why"}
    assert first["place"] == HEFEI
    assert len(first["item"]) == 31


def test_each_basic_item_comes_once_unless_a_place_is_asked_for() -> None:
    basics = [result["basic"] for result in _results("公积金", "--limit", 50)]
    assert len(basics) == len(set(basics)) > 3


def test_for_a_place_only_its_own_items_come() -> None:
    places = {result["place"] for result in _results("公积金", "--for", HEFEI, "--limit", 50)}
    assert places == {HEFEI}


def test_a_county_stands_for_the_city_that_takes_part() -> None:
    assert {each["place"] for each in _results("社保卡", "--for", "巢湖市")} == {HEFEI}


def test_an_option_goes_before_a_place_in_the_question() -> None:
    found = _results("杭州的营业执照", "--for", HEFEI, "--limit", 50)
    assert {each["place"] for each in found} == {HEFEI}
    assert _results("人在杭州，社保卡", "--from", SONGJIANG)[0]["way"] == "own_place"


def test_a_province_stands_for_its_cities_that_take_part() -> None:
    found = _results("社保卡", "--for", "浙江")
    assert {each["place"][:2] for each in found} == {"33"}
    assert {place[:2] for each in found for place in each["elsewhere"]} == {"33"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("合肥的残疾证年检", "Nothing fits altogether"),
        ("营业执照丢了", "这里的事项里没有您问的“补领、补办”"),
        ("北京的社保卡", "offers nothing that fits"),
        ("龘靐齉", "Nothing fits."),
        ("社保卡", "1. "),
    ],
)
def test_people_are_told_how_well_it_fits(query: str, said: str) -> None:
    assert said in invoke("search", query).out


def test_a_place_that_offers_nothing_yields_nothing() -> None:
    assert _results("公积金", "--for", "北京市") == []


def test_what_is_possible_is_said_of_the_place_where_the_person_is() -> None:
    first, *_ = _results("社保卡", "--from", "松江")
    assert (first["place"], first["way"], first["possible"]) == (SONGJIANG, "own_place", True)


def test_what_is_not_open_says_what_would_open_it_and_the_direct_way() -> None:
    found = _results("户口迁移", "--from", SONGJIANG, "--for", "芜湖")
    shut = next(each for each in found if not each["possible"])
    assert "协议" in shut["why"]
    assert "协议" in shut["remedy"]
    assert "电话" in shut["direct_way"]


def test_what_is_near_is_told_from_what_fits() -> None:
    near, fits = _results("学历认证")[0], _results("学历公证")[0]
    assert (near["match"], fits["match"]) == ("near", "fits")
    assert "不是同一件事" in near["not_the_same"]
    assert fits["not_the_same"] == ""


def test_a_code_that_is_gone_leads_to_the_place_of_today() -> None:
    assert _results("社保卡", "--from", "310227")[0]["place"] == SONGJIANG


@pytest.mark.parametrize("option", ["--from", "--for"])
def test_an_unknown_place_is_refused_with_a_remedy(option: str) -> None:
    done = invoke("search", "社保卡", option, "999999", "--json")
    assert done.code == 2
    assert "six digits" in done.err


@pytest.mark.parametrize("limit", [0, 1001, "many"])
def test_an_impossible_limit_is_refused(limit: object) -> None:
    assert invoke("search", "社保卡", "--limit", limit).code == 2


def test_the_index_is_kept_and_a_damaged_one_is_made_anew(tmp_path: Path) -> None:
    before = _results("社保卡")
    (kept,) = (tmp_path / "tongban" / "search").iterdir()
    for file in kept.iterdir():
        file.write_bytes(b"damaged")
    assert _results("社保卡") == before
    (mended,) = (tmp_path / "tongban" / "search").iterdir()
    assert all(file.read_bytes() != b"damaged" for file in mended.iterdir())


def test_without_a_place_to_write_the_search_works_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "tongban").write_text("no folder")
    assert _results("社保卡")


def test_search_starts_without_a_node_and_for_people(tmp_path: Path) -> None:
    done = ended(tongban("search", "社保卡", XDG_CACHE_HOME=str(tmp_path)))
    assert (done.code, done.err) == (0, "")
    assert "社会保障卡申领" in done.out


@pytest.mark.parametrize("asked", ["310227", "松江", "松江区", SONGJIANG])
def test_a_place_is_found_by_name_code_and_old_code(asked: str) -> None:
    done = invoke("place", asked, "--json")
    (place,) = json.loads(done.out)["places"]
    assert (place["code"], place["above"]) == (SONGJIANG, ["上海市"])
    assert {"code": "310227", "name": "松江县", "until": 1998} in place["was"]


def test_a_place_that_never_was_is_refused() -> None:
    assert invoke("place", "亚特兰蒂斯").code == 2


@pytest.mark.parametrize("engine", ["tantivy", "fts5"])
def test_the_bench_tells_its_figures(engine: str) -> None:
    small = ("--places", 3, "--items", 100, "--questions", 100, "--engine", engine)
    figures = json.loads(ended(tongban("bench", "search", *small, "--json")).out)
    assert figures["rows"] == 300
    assert figures["with_place_ms"]["p95"] > 0


def test_the_bench_refuses_an_engine_that_is_not_there() -> None:
    assert invoke("bench", "search", "--engine", "lucene").code == 2


def test_checking_clauses_is_measured_on_any_size() -> None:
    small = ("--partners", 3, "--items", 10, "--checks", 1000)
    done = tongban("bench", "clauses", *small, "--json")
    figures = json.loads(done.stdout)
    assert (figures["partners"], figures["items"], figures["checks"]) == (3, 10, 1000)
    assert figures["granted"] == 750
    assert min(figures["find_per_second"], figures["check_per_second"]) > 0
