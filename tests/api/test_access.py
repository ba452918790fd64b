"""Who may ask what: tokens, authorities, addresses; every refusal is a problem in words."""

import pytest
from tests.api.wuhu import COMPANY, OPERATOR, SHIP, Approval, step

from tongban.api.models import ConnectorToken
from tongban.projections.models import ReadRow

OTHER = COMPANY.organisation.code


def test_a_wrong_token_is_turned_away(approval: Approval) -> None:
    answer = approval.get("ping", token="tbc_made-up")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["words"]["zh"]


def test_a_request_without_a_token_is_turned_away(approval: Approval) -> None:
    assert approval.browser.get("/api/connector/v1/cases").status_code == 401


def test_a_revoked_token_is_turned_away(approval: Approval) -> None:
    assert approval.get("ping").status_code == 200
    approval.revoke()
    assert approval.get("ping").status_code == 401


def test_the_token_itself_is_not_kept(approval: Approval) -> None:
    kept = ConnectorToken.objects.values_list("token_hash", flat=True)
    assert approval.token not in kept


def test_a_case_of_another_authority_does_not_exist(approval: Approval) -> None:
    case = approval.take_in(COMPANY)
    assert approval.get(f"cases/{case}").status_code == 404
    assert approval.get(f"cases/{case}/bodies/application").status_code == 404
    facts = {"facts": [step(approval.ago(1))]}
    assert approval.post(f"cases/{case}/facts", facts).status_code == 404
    assert approval.arrived() == []


def test_a_token_for_two_authorities_sees_the_cases_of_both(approval: Approval) -> None:
    cases = [approval.take_in(SHIP), approval.take_in(COMPANY)]
    token = approval.issue(SHIP.organisation.code, OTHER)
    found = approval.arrived(token)
    assert [line["case"]["case"] for line in found] == cases


def test_a_case_still_at_the_intake_place_does_not_exist_there(approval: Approval) -> None:
    case = approval.take_in(arrive=False)
    assert approval.get(f"cases/{case}").status_code == 404
    approval.federation.settle()
    assert approval.get(f"cases/{case}").status_code == 200


def test_reads_are_recorded_with_the_system_and_its_purpose(approval: Approval) -> None:
    case = approval.take_in()
    content = approval.get(f"cases/{case}/bodies/material:old_certificate").content
    assert content == b"old_certificate"
    row = ReadRow.objects.get(case=case, body="material:old_certificate")
    assert (row.actor_organisation, row.actor_role) == (SHIP.organisation.code, "connector")
    assert "芜湖审批系统" in row.purpose


def test_an_erased_body_is_gone_and_the_case_still_readable(approval: Approval) -> None:
    case = approval.take_in()
    approval.wuhu.node.erase_body(case, "application", actor=OPERATOR, ground="retention_ended")
    assert approval.get(f"cases/{case}/bodies/application").status_code == 410
    assert approval.get(f"cases/{case}").json()["form"] is None


@pytest.mark.parametrize("name", ["decision", "nothing", "../application", "%00"])
def test_only_what_the_applicant_handed_in_can_be_read(approval: Approval, name: str) -> None:
    case = approval.take_in()
    answer = approval.get(f"cases/{case}/bodies/{name}")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["", "nowhere", "cases/1/2/3"])
def test_an_unknown_address_is_a_problem_in_words(approval: Approval, path: str) -> None:
    answer = approval.get(path)
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:tongban:problem:unknown_address"


def test_a_wrong_method_is_a_problem_that_names_the_right_one(approval: Approval) -> None:
    answer = approval.post("ping", {})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    assert answer.json()["status"] == 405
