"""Whatever is sent, the answer is one of those that openapi.json describes, and never a fault."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.api.wuhu import Approval, accepted, correction, decided, step

FACTS = [make("2026-11-23T09:00:00+08:00") for make in (accepted, step, correction, decided)]
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.sampled_from(["", "1"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
#: The fixture is a world that keeps what was recorded; garbage must do no harm in any order.
SOME = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def case(approval: Approval) -> str:
    return approval.take_in()


@SOME
@given(content=st.binary() | VALUES.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_as_a_batch(approval: Approval, case: str, content: bytes) -> None:
    answer = approval.post(f"cases/{case}/facts", content)
    assert answer.status_code in {400, 422}
    assert answer.headers["Content-Type"] == "application/problem+json"


@SOME
@given(data=st.data())
def test_any_value_in_any_field_of_a_fact(approval: Approval, case: str, data: Any) -> None:
    fact = dict(data.draw(st.sampled_from(FACTS)))
    fact[data.draw(st.sampled_from(sorted(fact)))] = data.draw(VALUES)
    content = json.dumps({"facts": [fact]}).encode("utf-8", "surrogatepass")
    assert approval.post(f"cases/{case}/facts", content).status_code in {200, 400, 422}


@SOME
@given(after=st.integers() | st.text(), limit=st.integers() | st.text())
def test_any_cursor_and_limit(approval: Approval, after: Any, limit: Any) -> None:
    answer = approval.browser.get(
        "/api/connector/v1/cases",
        {"after": after, "limit": limit},
        headers={"authorization": f"Bearer {approval.token}"},
    )
    assert answer.status_code in {200, 422}


@SOME
@given(number=st.text(min_size=1), name=st.text(min_size=1))
def test_any_case_and_body(approval: Approval, number: str, name: str) -> None:
    path = f"cases/{quote(number, safe='', errors='replace')}"
    assert approval.get(path).status_code in {301, 404}
    assert approval.get(f"{path}/bodies/{quote(name, safe='')}").status_code in {301, 404}


@SOME
@given(token=st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF)))
def test_any_token(approval: Approval, token: str) -> None:
    assert approval.get("ping", token=token).status_code == 401


@pytest.mark.parametrize(
    "content",
    [
        b'{"facts": ' + b"[" * 100_000,
        b'{"facts": [NaN]}',
        b'{"facts": [' + b"9" * 5000 + b"]}",
        b'{"facts": ["\\ud800"]}',
        b"\xff\xfe",
        b"",
    ],
)
def test_json_that_breaks_readers(approval: Approval, case: str, content: bytes) -> None:
    assert approval.post(f"cases/{case}/facts", content).status_code in {400, 422}


def test_a_document_nested_without_end_is_refused(approval: Approval, case: str) -> None:
    deep = b'{"a":' * 900 + b"1" + b"}" * 900
    fact = json.dumps(decided(approval.ago(1)) | {"result": {"form": "json", "data": "HERE"}})
    content = b'{"facts": [' + fact.encode().replace(b'"HERE"', deep) + b"]}"
    # Whichever reader gives up first: the depth that each bears differs between machines.
    assert approval.post(f"cases/{case}/facts", content).status_code in {400, 422}


def test_a_batch_over_two_megabytes_is_refused_in_words(approval: Approval, case: str) -> None:
    answer = approval.post(f"cases/{case}/facts", b" " * 2_000_001)
    assert answer.status_code == 413
    assert "2 MB" in answer.json()["detail"]


def test_a_flaw_is_named_by_its_place_and_without_what_was_sent(
    approval: Approval, case: str
) -> None:
    number = accepted(approval.ago(1)) | {"number": "林小满\n"}
    document = decided(approval.ago(1)) | {"result": {"form": "text", "text": ""}}
    answer = approval.post(f"cases/{case}/facts", {"facts": [number, document]})
    assert answer.status_code == 422
    assert "林小满" not in answer.content.decode()
    assert [flaw["pointer"] for flaw in answer.json()["errors"]] == [
        "/facts/0/number",
        "/facts/1/result/text",
    ]
