"""What Wuhu's approval system does, for tests of the connector."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.cities import Browser, Federation

from tongban.api.tokens import fresh_token, revoke_tokens
from tongban.core.body import Body
from tongban.core.cases.commands import (
    CompleteCorrection,
    NotifyCorrection,
    RequestWithdrawal,
    TakeIn,
)
from tongban.core.cases.events import (
    CorrectionLine,
    Delivery,
    IntakeKind,
    MaterialForm,
    MaterialLine,
    Mode,
    PersonCheck,
)
from tongban.core.cases.state import CaseState
from tongban.core.entry import Actor, ActorKind
from tongban.core.items.material import Necessity
from tongban.core.refusal import Refusal
from tongban.projections.models import TimelineRow
from tongban.testing.applications import all_items

JIAXING, WUHU = "jiaxing.g60.demo", "wuhu.g60.demo"
SHIP = next(item for item in all_items() if item.code == "11340200003018364J3340118002000")
COMPANY = next(item for item in all_items() if item.code == "11340200MB1572093A3340131003000")
CLERK = Actor(
    kind=ActorKind.OFFICER, organisation="12330400MB00000000", role="counter_clerk", number="C1"
)
OPERATOR = Actor(kind=ActorKind.OFFICER, role="operator")
FORM = {"ship_name": "演示轮 1 号", "reason": "expiry"}
SYSTEM = "芜湖审批系统"
_ROOT = "/api/connector/v1"


class Approval:
    """The approval system of Wuhu's transport bureau, and the counter in Jiaxing.

    cursor: beyond everything that arrived before.
    """

    def __init__(self, federation: Federation) -> None:
        self.federation = federation
        self.wuhu, self.jiaxing = federation[WUHU], federation[JIAXING]
        self.token = self.issue(SHIP.organisation.code)
        self.browser = Browser(city=self.wuhu)
        last = TimelineRow.objects.order_by("-seq").first()
        self.cursor = last.seq if last else 0

    def issue(self, *organisations: str, system: str = SYSTEM) -> str:
        self.wuhu.act()
        token = fresh_token()
        token.keep(system, organisations, self.now)
        return token.text

    def revoke(self) -> None:
        self.wuhu.act()
        revoke_tokens(SYSTEM, self.now)

    @property
    def now(self) -> Any:
        return self.wuhu.node.kernel.clock.now()

    def ago(self, seconds: float) -> str:
        """An instant in the past."""
        return str((self.now - timedelta(seconds=seconds)).isoformat())

    def get(self, path: str, token: str | None = None) -> Any:
        return self.browser.get(f"{_ROOT}/{path}", headers=self._access(token))

    def post(self, path: str, content: Any, token: str | None = None) -> Any:
        return self.browser.post(
            f"{_ROOT}/{path}",
            content if isinstance(content, bytes) else json.dumps(content),
            content_type="application/json",
            headers=self._access(token),
        )

    def arrived(self, token: str | None = None) -> Any:
        """What arrived since this system was set up."""
        return self.get(f"cases?after={self.cursor}", token).json()["arrivals"]

    def report(self, case: str, *facts: dict[str, Any]) -> list[dict[str, Any]]:
        """Report facts; the answers."""
        answer = self.post(f"cases/{case}/facts", {"facts": facts})
        assert answer.status_code == 200, answer.content.decode()
        return list(answer.json()["answers"])

    def fact(self, case: str, key: str) -> dict[str, Any]:
        """What became of a fact."""
        answer = self.get(f"cases/{case}/facts?{urlencode({'key': key})}")
        assert answer.status_code == 200, answer.content.decode()
        return dict(answer.json())

    def outcomes(self, case: str, *facts: dict[str, Any]) -> list[str]:
        """Report facts; what became of each."""
        return [line["answer"] for line in self.report(case, *facts)]

    def take_in(self, item: Any = SHIP, *, arrive: bool = True) -> str:
        """A case of Jiaxing's counter that arrived at Wuhu."""
        case = self.jiaxing.node.new_case("330400")
        materials = tuple(
            MaterialLine(code=m.code, form=MaterialForm.ORIGINAL_SEEN, body=f"material:{m.code}")
            for m in item.materials
            if m.necessity is Necessity.REQUIRED
        )
        bodies = (
            Body(name="application", media="application/json", content=json.dumps(FORM).encode()),
            *(Body(name=m.body, media="image/png", content=m.code.encode()) for m in materials),
        )
        command = TakeIn(
            case=case,
            actor=CLERK,
            bodies=bodies,
            item=item.code,
            competent=WUHU,
            mode=Mode.DELEGATED_INTAKE,
            delivery=Delivery.COUNTER,
            kind=IntakeKind.COUNTER,
            person_check=PersonCheck.ID_CARD_SEEN,
            materials=materials,
            place="330400",
            taken_in_at=self.now,
        )
        _done(self.jiaxing.node.execute(command))
        if arrive:
            self.federation.settle()
        return case

    def ask_for(self, case: str, code: str) -> None:
        """An officer of Wuhu asks for a correction in the case room."""
        words = Body(name="correction", media="text/plain", content="补正（演示）".encode())
        lines = (CorrectionLine(code=code, defect="unreadable"),)
        _done(
            self.wuhu.node.execute(
                NotifyCorrection(case=case, actor=OPERATOR, bodies=(words,), lines=lines)
            )
        )
        self.federation.settle()

    def withdraw(self, case: str) -> None:
        """The applicant asks to stop."""
        applicant = Actor(kind=ActorKind.APPLICANT, number="R1")
        _done(self.jiaxing.node.execute(RequestWithdrawal(case=case, actor=applicant)))
        self.federation.settle()

    def bring(self, case: str, code: str) -> None:
        """The applicant brings to Jiaxing what the correction list asks for."""
        line = MaterialLine(code=code, form=MaterialForm.ORIGINAL_SEEN, body=f"material:{code}")
        command = CompleteCorrection(
            case=case,
            actor=CLERK,
            bodies=(Body(name=line.body, media="image/png", content=b"mended"),),
            materials=(line,),
            completed_at=self.now,
        )
        _done(self.jiaxing.node.execute(command))
        self.federation.settle()

    def state(self, case: str) -> CaseState:
        """The case as Wuhu sees it."""
        state = self.wuhu.node.case_state(case)
        assert state is not None
        return state

    def _access(self, token: str | None) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token if token is None else token}"}


def _done(answer: object) -> None:
    if isinstance(answer, Refusal):
        pytest.fail(answer.ground)


def accepted(at: str, key: str = "accepted") -> dict[str, Any]:
    return {"kind": "accepted", "key": key, "acted_at": at, "number": "芜交受〔2026〕1号"}


def correction(at: str, key: str = "correction") -> dict[str, Any]:
    return {
        "kind": "correction_notified",
        "key": key,
        "acted_at": at,
        "lines": [{"code": "old_certificate", "defect": "unreadable"}],
        "correction": {"form": "text", "text": "补正材料一次性告知书（演示）"},
    }


def step(at: str, code: str = "review", key: str = "step-1") -> dict[str, Any]:
    return {"kind": "step", "key": key, "acted_at": at, "step": code}


def decided(at: str, key: str = "decided") -> dict[str, Any]:
    return {
        "kind": "decided",
        "key": key,
        "acted_at": at,
        "verdict": "granted",
        "number": "芜交运〔2026〕1号",
        "decision": {"form": "text", "text": "准予决定书（演示）"},
        "result": {"form": "text", "text": "船舶营业运输证（演示）"},
    }
