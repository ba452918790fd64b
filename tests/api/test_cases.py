"""What a system sees of its cases, in the order in which they arrived."""

from tests.api.wuhu import FORM, SHIP, Approval, accepted, correction


def test_cases_come_in_their_order_and_once_with_a_cursor(approval: Approval) -> None:
    cases = [approval.take_in() for _ in range(3)]
    first = approval.get(f"cases?limit=2&after={approval.cursor}").json()
    assert ([line["case"]["case"] for line in first["arrivals"]], first["more"]) == (
        cases[:2],
        True,
    )
    rest = approval.get(f"cases?after={first['next']}").json()
    assert ([line["case"]["case"] for line in rest["arrivals"]], rest["more"]) == (cases[2:], False)
    assert approval.get(f"cases?after={rest['next']}").json() == {
        "arrivals": [],
        "next": rest["next"],
        "more": False,
    }


def test_a_case_carries_its_form_its_materials_and_its_instants(approval: Approval) -> None:
    case = approval.take_in()
    sheet = approval.get(f"cases/{case}").json()
    assert (sheet["item"], sheet["stage"], sheet["held"]) == (SHIP.code, "dispatched", True)
    assert sheet["form"] == FORM
    assert {line["body"] for line in sheet["materials"]} == {
        f"material:{line.code}" for line in SHIP.materials
    }
    assert sheet["instants"]["available_at"].endswith("+08:00")
    assert sheet["instants"]["days_run_from"] == sheet["instants"]["available_at"]
    assert sheet["instants"]["accepted_at"] is None
    assert {"code": "review", "name": {"zh": "业务审查", "en": "Review"}} in sheet["steps"]


def test_a_completed_correction_arrives_like_a_case(approval: Approval) -> None:
    case = approval.take_in()
    cursor = approval.arrived()[-1]["cursor"]
    approval.report(case, correction(approval.ago(9)))
    approval.federation.settle()
    approval.bring(case, "old_certificate")
    lines = approval.get(f"cases?after={cursor}").json()["arrivals"]
    assert [line["kind"] for line in lines] == ["correction"]
    assert lines[0]["case"]["correction"] == [{"code": "old_certificate", "defect": "unreadable"}]
    content = approval.get(f"cases/{case}/bodies/material:old_certificate").content
    assert content == b"mended"
    assert approval.outcomes(case, accepted(approval.ago(1))) == ["recorded"]
