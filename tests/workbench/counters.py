"""What a clerk and an officer do at their desks, for tests of the workbench."""

import io
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from tests.cities import Browser, City, Federation

from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.cases.state import CaseState
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity
from tongban.projections.models import ReadRow
from tongban.testing.applications import HANGZHOU, SUZHOU, all_items

#: Made-up people; the identity number only passes its check digit.
ANSWERS = {
    "applicant_name": "沈若水",
    "resident_number": "330106199003071113",
    "phone": "13900000001",
    "fund_account": "330100123456",
    "employer": "演示公司",
    "loan_city": "苏州",
    "home_address": "苏州市演示路一号 2 幢 301 室",
}
CERTIFICATE = next(item for item in all_items() if item.code == "1233010047011355223332099001000")
FUND_CENTRE = CERTIFICATE.organisation.code


def at(name: str, *args: str) -> str:
    """The address of a page of the workbench."""
    return reverse(f"workbench:{name}", args=args)


def scan(colour: str = "white") -> SimpleUploadedFile:
    """A picture as a document camera makes it."""
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(picture, "PNG")
    return SimpleUploadedFile("扫描件.png", picture.getvalue(), "image/png")


def clerk_of(city: City, username: str = "clerk") -> Person:
    return city.person(username, Role.COUNTER_CLERK, organisation="11320500014150004N")


def officer_of(city: City, username: str = "officer", organisation: str = FUND_CENTRE) -> Person:
    return city.person(username, Role.CASE_OFFICER, organisation=organisation)


def papers_of(item: Item, form: str = "original_seen") -> dict[str, Any]:
    """Every required material, original seen and scanned."""
    posted: dict[str, Any] = {}
    for line in item.materials:
        if line.necessity is Necessity.REQUIRED:
            posted |= {f"form-{line.code}": form, f"scan-{line.code}": scan()}
    return posted


def begin(browser: Browser, item: Item = CERTIFICATE) -> str:
    """A fresh intake; its token."""
    answer = browser.post(at("begin_intake", item.code))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1])


def fill_in(browser: Browser, token: str, **changes: Any) -> Any:
    """The one page of the intake, filled in and sent."""
    posted = {
        "person_check": "id_card_reader",
        "delivery": "counter",
        **ANSWERS,
        **papers_of(CERTIFICATE),
        **changes,
    }
    return browser.post(at("intake", token), posted)


def take_in(browser: Browser, **changes: Any) -> str:
    """A whole intake; the case's number."""
    token = begin(browser)
    answer = fill_in(browser, token, **changes)
    assert answer.status_code == 302, errors_in(answer)
    answer = browser.post(at("take_in", token))
    assert answer.status_code == 302, errors_in(answer)
    return str(answer.headers["Location"].split("/")[3])


def act(browser: Browser, case: str, code: str, **posted: Any) -> Any:
    """One act of the officer in the case room."""
    return browser.post(at("act", case, code), posted)


def errors_in(answer: Any) -> list[str]:
    """What an error summary or a refusal says."""
    text = answer.content.decode()
    return re.findall(r'error-summary__list">(.*?)</ul>|id="refusal-title">(.*?)<', text, re.DOTALL)


def text_of(answer: Any) -> str:
    """The page as it was sent."""
    return str(answer.content.decode())


def state_at(city: City, case: str) -> CaseState:
    """The case as the city sees it."""
    state = city.node.case_state(case)
    assert state is not None
    return state


def reads_of(city: City, case: str) -> list[tuple[str, str]]:
    """Who-read-what of the case in this city: body and purpose, oldest first."""
    city.act()
    return list(ReadRow.objects.filter(case=case).order_by("seq").values_list("body", "purpose"))


def offered(desks: "Desks", case: str) -> list[str]:
    """Codes of the acts that the case room shows."""
    room = text_of(desks.officer.get(at("room", case), follow=True))
    return re.findall(r'action="[^"]*/acts/(\w+)/"', room)


class Desks:
    """A clerk in Suzhou and an officer in Hangzhou, at work."""

    def __init__(self, federation: Federation) -> None:
        self.federation = federation
        self.suzhou, self.hangzhou = federation[SUZHOU], federation[HANGZHOU]
        self.clerk = self.suzhou.browser(clerk_of(self.suzhou))
        self.officer = self.hangzhou.browser(officer_of(self.hangzhou))

    def settle(self) -> None:
        """Everything arrives."""
        self.federation.settle()

    def case_at_hangzhou(self, **changes: Any) -> str:
        """A case that was taken in and has arrived."""
        case = take_in(self.clerk, **changes)
        self.settle()
        return case

    def queries(self, address: str) -> int:
        """How many queries the officer's page at this address needs."""
        self.hangzhou.act()
        with CaptureQueriesContext(connection) as captured:
            self.officer.get(address)
        return len(captured)
