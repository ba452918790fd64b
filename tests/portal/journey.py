"""Steps of J1 that several tests take: log in, fill in, hand in, send; and the partner's acts."""

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.accounts.people import HEFEI, resident
from tests.standin import FOOD_LICENCE, StandInNode

from tongban.accounts.models import Person
from tongban.core.body import Body
from tongban.core.cases.commands import Accept, Decide, NotifyCorrection
from tongban.core.cases.events import CorrectionLine, Verdict
from tongban.core.entry import Actor, ActorKind

ANSWERS = {
    "shop_name": "小满面馆",
    "shop_address": "合肥市包河区演示路 8 号",
    "business_kind": "restaurant",
    "area_square_metres": "60",
    "online_sales": "no",
}
REQUIRED = ("business_licence", "floor_plan", "safety_rules")
PDF = b"%PDF-1.7 made up"
OFFICER = Actor(kind=ActorKind.OFFICER, organisation=HEFEI, role="case_officer", number="H0000001")


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """A resident who is logged in, with her browser."""

    client: Client
    person: Person
    item: str = FOOD_LICENCE.code

    def begin(self) -> str:
        """Address of the draft, without its last part."""
        answer = self.client.post(f"/items/{self.item}/apply/")
        return answer.headers["Location"].partition("/step/")[0]

    def fill_in(self, draft: str) -> None:
        self.client.post(f"{draft}/step/1/", {"phone": "13800000001"})
        for number, (name, value) in enumerate(ANSWERS.items(), start=2):
            self.client.post(f"{draft}/step/{number}/", {name: value})

    def hand_in(self, draft: str) -> None:
        files = {f"material-{code}": pdf() for code in REQUIRED}
        self.client.post(f"{draft}/materials/", files)

    def ready(self) -> str:
        """A draft with everything in it."""
        draft = self.begin()
        self.fill_in(draft)
        self.hand_in(draft)
        return draft

    def apply(self) -> str:
        """Number of a case that was sent."""
        answer = self.client.post(f"{self.ready()}/send/")
        return answer.headers["Location"].split("/")[2]

    def page(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()


def applicant(username: str = "zhang") -> Applicant:
    client = Client()
    person = resident(username)
    client.force_login(person)
    return Applicant(client=client, person=person)


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("材料.pdf", PDF)


def accept(node: StandInNode, case: str) -> None:
    node.partner(Accept(case=case, actor=OFFICER, number="合市监受〔2026〕0001号"))


def ask_for(node: StandInNode, case: str, *lines: CorrectionLine) -> None:
    words = Body(name="correction", media="text/plain", content="请补正以下内容。".encode())
    node.partner(NotifyCorrection(case=case, actor=OFFICER, bodies=(words,), lines=lines))


def grant(node: StandInNode, case: str) -> None:
    bodies = (
        Body(name="decision", media="text/plain", content="准予许可。理由：符合条件。".encode()),
        Body(name="result", media="text/plain", content="食品经营许可证 参考内容".encode()),
    )
    node.partner(
        Decide(
            case=case,
            actor=OFFICER,
            bodies=bodies,
            verdict=Verdict.GRANTED,
            result_number="JY13401110000001",
        )
    )
