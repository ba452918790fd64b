"""What an upper level's list lacks with a partner becomes a proposal by one button."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cities import Browser, Federation

from tongban.catalogue import load_agreements
from tongban.catalogue.regulation import load_mandates
from tongban.core.agreements.document import document_digest
from tongban.core.catalogues.rule_forms import ADVICE, MANDATE
from tongban.core.entry import Actor, ActorKind
from tongban.core.items.comparison import basic_code_of
from tongban.core.items.item import Item
from tongban.core.mandates.advice import Advice
from tongban.core.mandates.mandate import Mandate
from tongban.core.words import Words
from tongban.testing.applications import HANGZHOU, SUZHOU

OFFICER = Actor(kind=ActorKind.OFFICER, role="joint_officer", number="J1")


def text(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def mandate(federation: Federation, item: Item) -> Mandate:
    """Hangzhou's list, told to Suzhou."""
    shipped = load_mandates()[-1]
    line = replace(shipped.lines[0], basic_codes=(basic_code_of(item),))
    own = replace(shipped, number="ZJ/M-1", lines=(line,), lines_announced=1)
    node = federation[HANGZHOU].act().node
    issued = node.rules.issue(MANDATE, own, after=0, actor=OFFICER)
    for name in federation.names:
        federation[name].node.openings.tell_all()
    federation.settle()
    return issued.rule


def pair_page(officer: Browser) -> str:
    lists = text(officer, "/oversight/mandates/")
    return str(re.findall(r'"(/oversight/mandates/[0-9a-f]+/)"', lists)[-1]) + f"{HANGZHOU}/"


def pressed(officer: Browser, mandate: Mandate) -> str:
    given = {"publisher": mandate.publisher, "number": mandate.number, "partner": HANGZHOU}
    answer = officer.post("/agreements/negotiations/propose/list/", given)
    assert answer.status_code == 302
    return str(answer.headers["location"])


def consented(officer: Browser, draft: str, item: Item, day: str) -> int:
    page = text(officer, draft)
    revision = page.split('name="revision" value="')[1].split('"')[0]
    owner = item.organisation.code
    given = {
        "revision": revision,
        "granter": HANGZHOU,
        "organisation": owner,
        f"given_on_{owner}": day,
    }
    return int(officer.post(f"{draft}consent/", given).status_code)


def test_the_gap_leads_by_one_button_to_a_draft(
    officer: Browser, mandate: Mandate, item: Item
) -> None:
    page = text(officer, pair_page(officer))
    assert "有 1 个事项缺依据" in page
    assert "起草协议补上依据" in page
    draft = pressed(officer, mandate)
    shown = text(officer, draft)
    assert "还缺实施机关的同意" in shown
    assert item.name.zh in shown
    assert pressed(officer, mandate) == draft


def test_others_see_the_gap_and_who_may_close_it(joint_officer: Browser, mandate: Mandate) -> None:
    page = text(joint_officer, pair_page(joint_officer))
    assert "请协议管理员在这一页起草" in page
    assert "起草协议补上依据" not in page
    given = {"publisher": mandate.publisher, "number": mandate.number, "partner": HANGZHOU}
    assert joint_officer.post("/agreements/negotiations/propose/list/", given).status_code == 404


def test_the_draft_is_laid_once_the_owner_was_asked(
    federation: Federation, officer: Browser, mandate: Mandate, item: Item
) -> None:
    draft = pressed(officer, mandate)
    now = officer.city.node.kernel.clock.now()
    last_day = (now + timedelta(days=7)).date().isoformat()
    assert officer.get(f"{draft}lay/?answer_by={last_day}").status_code == 422
    assert consented(officer, draft, item, "someday") == 422
    assert consented(officer, draft, item, "2026-11-02") == 302
    shown = text(officer, draft)
    assert "还缺实施机关的同意" not in shown
    revision = shown.split('name="revision" value="')[1].split('"')[0]
    laid = officer.post(f"{draft}lay/", {"answer_by": last_day, "revision": revision})
    assert laid.status_code == 302
    federation.settle()
    found = federation[HANGZHOU].act().node.negotiations.find(draft.split("/")[-3])
    assert found is not None
    assert found[0] == SUZHOU


def test_a_consent_that_is_not_owed_changes_nothing(
    officer: Browser, mandate: Mandate, item: Item
) -> None:
    draft = pressed(officer, mandate)
    assert consented(officer, draft, item, "2026-11-02") == 302
    before = text(officer, draft)
    assert consented(officer, draft, item, "2026-11-03") == 302
    assert text(officer, draft).count("2026") == before.count("2026")


def test_what_is_not_known_or_lacks_nothing_begins_nothing(
    officer: Browser, mandate: Mandate
) -> None:
    address = "/agreements/negotiations/propose/list/"
    unknown = {"publisher": mandate.publisher, "number": "nothing", "partner": HANGZHOU}
    assert officer.post(address, unknown).status_code == 404
    nobody = {"publisher": mandate.publisher, "number": mandate.number, "partner": "x.example"}
    assert officer.post(address, nobody).status_code == 404
    shipped = {"publisher": "", "number": load_mandates()[-1].number, "partner": HANGZHOU}
    answer = officer.post(address, shipped)
    assert answer.headers["location"] == "/agreements/negotiations/"
    assert "没有缺依据的事项" in text(officer, "/agreements/negotiations/")


def test_advice_on_an_agreement_stands_on_its_page(
    federation: Federation, officer: Browser
) -> None:
    known = next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})
    advice = Advice(
        number="ZJ/A-1",
        title=known.title,
        issuer=known.title,
        published_on=known.valid_from,
        text=Words(zh="建议延长一年。", en="Prolong it by a year."),
        agreement=known.number,
    )
    node = federation[HANGZHOU].act().node
    node.rules.issue(ADVICE, advice, after=0, actor=OFFICER)
    node.openings.tell_all()
    federation.settle()
    assert "建议延长一年。" in text(officer, f"/agreements/{document_digest(known)}/")
