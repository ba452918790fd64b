"""An agreement of three cities on pages: talked over with each, signed by all, and left by one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from pytest_django import DjangoDbBlocker
from tests.agreements.conftest import PASSWORD, agreement_officer
from tests.agreements.talking import INBOX, lay, revision
from tests.agreements.test_agreement_pages import AGREEMENT, text
from tests.cities import Browser, Federation, leaving_django_where_it_was

from tongban.core.agreements.document import document_bytes, document_digest
from tongban.testing.alliances import EXIT_DAYS, alliance
from tongban.testing.applications import HANGZHOU, HEFEI, SUZHOU

CITIES = (SUZHOU, HANGZHOU, HEFEI)
ALLIANCE = alliance(CITIES, items=6)
PAGE = f"/agreements/{document_digest(ALLIANCE)}/"


@pytest.fixture
def three(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Federation]:
    cache.clear()
    chinese = translation.override("zh-hans")
    with django_db_blocker.unblock(), leaving_django_where_it_was(), chinese:
        yield Federation(folder=tmp_path, names=CITIES)


def settled(cities: Federation) -> None:
    """Every letter arrives, and what the depositary owes is said."""
    for _ in range(4):
        cities.settle()
        for city in CITIES:
            cities[city].act().node.deposits.settle()
    cities.settle()


def test_three_cities_sign_and_one_leaves(three: Federation) -> None:
    officers = {name: three[name].browser(agreement_officer(three[name])) for name in CITIES}
    keeper = officers[SUZHOU]
    keeper.post("/agreements/offer/", {"text": document_bytes(ALLIANCE).decode()})
    settled(three)
    for officer in officers.values():
        assert officer.post(f"{PAGE}sign/", {"secret": PASSWORD}).status_code == 302
        settled(three)
    assert "生效中" in text(keeper, PAGE)
    assert "其他各方" in text(keeper, f"{PAGE}leave/")
    leave(three, officers[HEFEI])
    assert "要退出协议" in text(officers[HEFEI], PAGE)
    assert f"{PAGE}leave/" not in text(officers[HEFEI], PAGE)


def test_three_cities_talk_at_two_tables_and_sign(three: Federation) -> None:
    officers = {name: three[name].browser(agreement_officer(three[name])) for name in CITIES}
    keeper = officers[SUZHOU]
    file = SimpleUploadedFile("alliance.json", document_bytes(ALLIANCE), "application/json")
    draft = keeper.post(f"{INBOX}propose/", {"file": file}).headers["location"]
    assert "杭州、合肥" in text(keeper, draft)
    lay(keeper, draft)
    settled(three)
    assert text(keeper, INBOX).count("等杭州答复") == text(keeper, INBOX).count("等合肥答复") == 1
    assert "同一份文本的其他各桌" in text(keeper, table(text(keeper, INBOX)))
    for name in (HANGZHOU, HEFEI):
        accept(officers[name])
        settled(three)
    for officer in officers.values():
        assert "的合法性审核意见" in text(officer, f"{PAGE}sign/")
        assert officer.post(f"{PAGE}sign/", {"secret": PASSWORD}).status_code == 302
        settled(three)
    assert "生效中" in text(keeper, PAGE)


def test_a_third_city_joins_and_the_new_text_takes_the_place_of_both_pilots(
    three: Federation,
) -> None:
    officers = {name: three[name].browser(agreement_officer(three[name])) for name in CITIES}
    keeper = officers[SUZHOU]
    pilots = AGREEMENT, replace(alliance((SUZHOU, HEFEI), items=2), number="PILOT", depositary="")
    for pilot in pilots:
        keeper.post("/agreements/offer/", {"text": document_bytes(pilot).decode()})
        settled(three)
        for name in pilot.nodes:
            page = f"/agreements/{document_digest(pilot)}/sign/"
            assert officers[name].post(page, {"secret": PASSWORD}).status_code == 302
            settled(three)
    draft = str(keeper.post(f"/agreements/{document_digest(pilots[0])}/amend/").headers["location"])
    assert "加缔约方" in text(keeper, draft)
    joining, given = f"{draft}parties/", {"revision": revision(keeper, draft), "partner": HEFEI}
    assert pilots[1].title.zh in text(keeper, joining)
    assert keeper.post(joining, given | {"partner": ""}).status_code == 422
    assert keeper.post(joining, given | {"depositary": ""}).status_code == 422
    given |= {"depositary": SUZHOU, "replaced": document_digest(pilots[1])}
    assert keeper.post(joining, given).headers["location"] == draft
    assert "已经是缔约方" in text(keeper, joining)
    lay(keeper, draft)
    settled(three)
    for name in (HANGZHOU, HEFEI):
        accept(officers[name])
        settled(three)
    (agreed,) = [
        state.document
        for state in three[HEFEI].act().node.agreements_with(SUZHOU)
        if state.document not in set(map(document_digest, pilots))
    ]
    for officer in officers.values():
        assert officer.post(f"/agreements/{agreed}/sign/", {"secret": PASSWORD}).status_code == 302
        settled(three)
    page = text(keeper, f"/agreements/{agreed}/")
    assert "生效中" in page
    for pilot in pilots:
        assert f"/agreements/{document_digest(pilot)}/" in page
        assert "协议已经由新的文本替代" in text(keeper, f"/agreements/{document_digest(pilot)}/")


def table(page: str) -> str:
    """The address of the first table that an inbox names."""
    return INBOX + page.partition(f'href="{INBOX}20')[2].partition('"')[0].join(("20", ""))


def accept(officer: Browser) -> None:
    """Agree to the text that lies on the one table of this city."""
    talk = table(text(officer, INBOX))
    assert "文本的缔约方" in text(officer, talk)
    assert officer.post(f"{talk}accept/", {"version": "1"}).status_code == 302


def leave(cities: Federation, officer: Browser) -> None:
    """Give the notice that the text asks for, with a wrong password first."""
    now = officer.city.node.kernel.clock.now()
    last = (now + timedelta(days=EXIT_DAYS + 3)).date().isoformat()
    early = (now + timedelta(days=3)).date().isoformat()
    assert officer.get(f"{PAGE}leave/?ground=no_demand&last_day={early}").status_code == 422
    assert "现在退出" in text(officer, f"{PAGE}leave/?ground=no_demand&last_day={last}")
    given = {"ground": "no_demand", "last_day": last}
    assert officer.post(f"{PAGE}leave/", given | {"secret": "a guess"}).status_code == 422
    for _ in range(2):
        officer.post(f"{PAGE}leave/", given | {"secret": PASSWORD})
        settled(cities)
