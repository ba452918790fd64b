"""What officers do on the pages of negotiations, for the tests of these pages."""

from datetime import timedelta
from typing import Any

from tests.agreements.test_agreement_pages import AGREEMENT, DIGEST, text
from tests.cities import Browser, Federation

from tongban.core.negotiations.order import foreseen
from tongban.core.negotiations.state import NegotiationState

INBOX = "/agreements/negotiations/"
CLAUSE = AGREEMENT.clauses[0]
GRANTING = next(clause for clause in AGREEMENT.clauses if clause.grants)


def begin(officer: Browser) -> str:
    """A draft that amends the agreement; the address of its page."""
    return str(officer.post(f"/agreements/{DIGEST}/amend/").headers["location"])


def changed(officer: Browser, draft: str, words: str = "改过的话。") -> None:
    """Change the words of the first clause."""
    page = f"{draft}clauses/{CLAUSE.number}/"
    given = {
        "revision": revision(officer, draft),
        "number": CLAUSE.number,
        "title_zh": CLAUSE.title.zh,
        "title_en": CLAUSE.title.en,
        "text_zh": words,
        "text_en": CLAUSE.text.en,
        "run_off": CLAUSE.run_off or "",
    }
    assert officer.post(page, given).status_code == 302


def revision(officer: Browser, draft: str) -> str:
    page = text(officer, draft)
    return page.split('name="revision" value="')[1].split('"')[0]


def lay(officer: Browser, draft: str, days: int = 7) -> Any:
    given = {"answer_by": day(officer, days), "revision": revision(officer, draft)}
    return officer.post(f"{draft}lay/", given)


def day(officer: Browser, days: int) -> str:
    now = officer.city.node.kernel.clock.now()
    return (now + timedelta(days=days)).date().isoformat()


def state_at(federation: Federation, node: str, talk: str) -> NegotiationState:
    found = federation[node].act().node.negotiations.find(talk.split("/")[-2])
    assert found is not None
    return foreseen(found[1])


def told(browser: Browser, answer: Any) -> str:
    """The page to which an act leads."""
    assert answer.status_code == 302
    return text(browser, answer.headers["location"].partition("#")[0])
