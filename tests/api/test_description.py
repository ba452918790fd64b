"""openapi.json says what the API takes and answers."""

from typing import Any

import pytest
from tests.api.wuhu import Approval

from tongban.api.messages import FACTS_MAX


@pytest.fixture
def description(approval: Approval) -> Any:
    answer = approval.browser.get("/api/connector/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def test_the_description_is_openapi_3_1_and_names_every_address(description: Any) -> None:
    assert description["openapi"].startswith("3.1")
    root = "/api/connector/v1"
    assert {path.removeprefix(root) for path in description["paths"]} == {
        "/ping",
        "/cases",
        "/cases/{case}",
        "/cases/{case}/bodies/{name}",
        "/cases/{case}/facts",
    }


def test_refusals_are_described_as_problems(description: Any) -> None:
    responses = [
        response
        for operations in description["paths"].values()
        for operation in operations.values()
        for status, response in operation["responses"].items()
        if int(status) >= 400
    ]
    assert responses
    for response in responses:
        assert list(response["content"]) == ["application/problem+json"]


def test_facts_are_described_by_their_kind(description: Any) -> None:
    facts = description["components"]["schemas"]["Batch"]["properties"]["facts"]
    assert facts["maxItems"] == FACTS_MAX
    assert set(facts["items"]["discriminator"]["mapping"]) == {
        "step",
        "accepted",
        "not_accepted",
        "correction_notified",
        "decided",
    }


def test_every_address_but_the_description_asks_for_a_token(description: Any) -> None:
    for operations in description["paths"].values():
        assert all(operation["security"] for operation in operations.values())
