"""`tongban connector`: who is let in, and who no more."""

from pathlib import Path

import pytest
from tests.api.wuhu import COMPANY, SHIP, WUHU, Approval

from tongban.app.composition import load
from tongban.app.control import OperationRefused
from tongban.app.initialise import initialise
from tongban.app.operations import operate
from tongban.app.operations.desk import OperatorDesk
from tongban.app.settings import Door, Pages, Settings
from tongban.node.clock import SystemClock
from tongban.node.randomness import SystemRandomness

HERE = SHIP.organisation.code


@pytest.fixture
def desk(approval: Approval, tmp_path: Path) -> OperatorDesk:
    approval.wuhu.act()
    settings = Settings(
        name=WUHU,
        title_zh="芜湖",
        title_en="Wuhu",
        jurisdictions=("340200",),
        door=Door(port=2),
        pages=Pages(port=1),
    )
    root = tmp_path / "wuhu"
    initialise(root, settings, now=SystemClock().now(), draw=SystemRandomness().draw)
    folder, settings, secrets = load(root)
    return OperatorDesk(node=approval.wuhu.node, folder=folder, settings=settings, secrets=secrets)


@pytest.mark.parametrize("organisation", [HERE, [HERE, COMPANY.organisation.code]])
def test_an_issued_token_opens_the_connector(
    approval: Approval, desk: OperatorDesk, organisation: object
) -> None:
    arguments = {"system": "审批系统", "organisation": organisation}
    given = operate(desk, "connector.issue", arguments)
    answer = approval.get("ping", token=given["token"])
    assert (answer.status_code, answer.json()["system"]) == (200, "审批系统")


def test_a_revoked_system_is_out_and_listed_as_such(approval: Approval, desk: OperatorDesk) -> None:
    given = operate(desk, "connector.issue", {"system": "审批系统", "organisation": HERE})
    operate(desk, "connector.revoke", {"system": "审批系统"})
    assert approval.get("ping", token=given["token"]).status_code == 401
    lines = operate(desk, "connector.list", {})
    assert {line["system"]: line["revoked"] for line in lines}["审批系统"]
    assert given["token"] not in str(lines)


@pytest.mark.parametrize(
    ("system", "organisation", "words"),
    [
        ("审批系统", "123301004701135522", "decides no items"),
        ("审批系统", [], "name the organisation"),
        ("<script>", HERE, "the name of a system"),
    ],
)
def test_access_is_refused_with_a_reason(
    desk: OperatorDesk, system: str, organisation: object, words: str
) -> None:
    with pytest.raises(OperationRefused, match=words):
        operate(desk, "connector.issue", {"system": system, "organisation": organisation})


def test_revoking_a_system_that_has_no_access_is_refused(desk: OperatorDesk) -> None:
    with pytest.raises(OperationRefused, match="connector list"):
        operate(desk, "connector.revoke", {"system": "nobody"})


def test_a_token_is_kept_and_put_on_record_together_or_not_at_all(
    desk: OperatorDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(_connection: object) -> None:
        raise RuntimeError("the power went")

    before = operate(desk, "connector.list", {})
    monkeypatch.setattr("tongban.node.node.Node._home", lambda *_: fall(None))
    with pytest.raises(RuntimeError):
        operate(desk, "connector.issue", {"system": "审批系统", "organisation": HERE})
    assert operate(desk, "connector.list", {}) == before
