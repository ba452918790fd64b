"""A text that not both have signed is withdrawn from its page; nobody signs it any more."""

from dataclasses import replace

import pytest
from tests.agreements.conftest import PASSWORD
from tests.agreements.test_agreement_acts import form_of
from tests.agreements.test_agreement_pages import AGREEMENT, text
from tests.cities import Browser, Federation

from tongban.core.agreements.document import document_digest

TEXT = replace(AGREEMENT, number="G60-2026-97")
PAGE = f"/agreements/{document_digest(TEXT)}/"


@pytest.fixture
def offered(federation: Federation, officer: Browser) -> None:
    """This place has offered the text and signed it."""
    officer.post("/agreements/offer/", form_of(TEXT))
    officer.post(f"{PAGE}sign/", {"secret": PASSWORD})
    federation.settle()


@pytest.mark.usefixtures("offered")
def test_who_signed_first_withdraws_and_the_other_cannot_sign(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    assert f"{PAGE}withdraw/" in text(officer, PAGE)
    assert officer.post(f"{PAGE}withdraw/", {}).status_code == 422
    officer.post(f"{PAGE}withdraw/", {"ground": "text_flawed", "secret": PASSWORD})
    federation.settle()
    for each in (officer, other_officer):
        page = text(each, PAGE)
        assert "在签齐之前撤回" in page
        assert f"{PAGE}withdraw/" not in page
        assert f"{PAGE}sign/" not in page


@pytest.mark.usefixtures("offered")
def test_nothing_is_withdrawn_without_the_officers_own_proof(
    federation: Federation, officer: Browser
) -> None:
    answer = officer.post(f"{PAGE}withdraw/", {"ground": "text_flawed", "secret": "wrong"})
    assert answer.status_code == 422
    assert 'id="secret-error"' in answer.content.decode()
    federation.settle()
    assert "在签齐之前撤回" not in text(officer, PAGE)


@pytest.mark.usefixtures("offered")
def test_a_second_press_says_that_it_is_done(federation: Federation, officer: Browser) -> None:
    for _ in range(2):
        officer.post(f"{PAGE}withdraw/", {"ground": "no_demand", "secret": PASSWORD})
    federation.settle()
    assert "在签齐之前撤回" in text(officer, PAGE)


@pytest.mark.usefixtures("offered")
def test_what_both_signed_has_no_such_button(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    other_officer.post(f"{PAGE}sign/", {"secret": PASSWORD})
    federation.settle()
    assert f"{PAGE}withdraw/" not in text(officer, PAGE)
