"""What an agreement says beside grants: fields that came later, and whether they fit."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tongban.core import canonical
from tongban.core.agreements.checks import check_agreement
from tongban.core.agreements.document import (
    Agreement,
    document_bytes,
    parse_agreement,
    read_document,
)
from tongban.core.faults import DocumentInvalid, NotCanonical

from .examples import agreement_between

REPOSITORY = Path(__file__).resolve().parents[2]
WRITTEN = yaml.safe_load(
    (REPOSITORY / "docs" / "reference" / "agreement-example.yaml").read_text(encoding="utf-8")
)
EXAMPLE = parse_agreement(WRITTEN)
STRANGER = "hefei.g60.demo"
SUZHOU = "suzhou.g60.demo"


def clause_with(field: str) -> int:
    return next(index for index, clause in enumerate(WRITTEN["clauses"]) if field in clause)


def changed(path: str, value: object) -> dict[str, Any]:
    plain = deepcopy(WRITTEN)
    place: Any = plain
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in way:
        place = place[step]
    place[last] = value
    assert isinstance(plain, dict)
    return plain


def refused_field(plain: dict[str, Any]) -> str:
    with pytest.raises(DocumentInvalid) as caught:
        parse_agreement(plain)
    return caught.value.field


def test_the_example_is_the_vector_and_survives_its_bytes() -> None:
    vector = REPOSITORY / "spec" / "vectors" / "core" / "documents" / "three_cities.json"
    assert document_bytes(EXAMPLE) == vector.read_bytes()
    assert read_document(vector.read_bytes()) == EXAMPLE


def test_the_example_uses_every_field_of_a_clause() -> None:
    for name in type(EXAMPLE.clauses[0]).__dataclass_fields__:
        assert any(getattr(clause, name) for clause in EXAMPLE.clauses), name


def test_the_example_uses_every_field_of_its_own() -> None:
    assert all(getattr(EXAMPLE, name) for name in type(EXAMPLE).__dataclass_fields__)


def test_fields_that_came_later_are_left_out_where_they_say_nothing() -> None:
    plain = document_bytes(agreement_between("suzhou", "hangzhou")).decode()
    for name in ("daily_limit", "transports", "reviews", "depositary", "template"):
        assert name not in plain


def test_a_later_field_written_with_its_default_is_not_canonical() -> None:
    plain = yaml.safe_load(document_bytes(agreement_between("suzhou", "hangzhou")))
    plain["depositary"] = ""
    with pytest.raises(NotCanonical):
        read_document(canonical.encode(plain))


@pytest.mark.parametrize(
    ("field", "below", "value", "named"),
    [
        ("grants", "daily_limit", -1, "daily_limit"),
        ("transports", "sender", STRANGER, ""),
        ("transports", "receiver", SUZHOU, ""),
        ("transports", "papers", [], "papers"),
        ("windows", "node", STRANGER, "node"),
        ("standards", "basic_code", "12", "basic_code"),
        ("standards", "version", 0, "version"),
        ("standards", "digest", "sha256:1", "digest"),
        ("data", "node", STRANGER, "node"),
        ("data", "code", "身份证", "code"),
        ("security", "nodes", [], "nodes"),
        ("security", "nodes", [STRANGER], "nodes"),
        ("liability", "working_days", 0, "working_days"),
        ("indicators", "threshold", -1, "threshold"),
        ("indicators", "threshold", 101, "threshold"),
        ("compensation", "payee", "hangzhou.g60.demo", ""),
        ("compensation", "payer", STRANGER, ""),
        ("compensation", "amount_fen", 0, "amount_fen"),
        ("costs", "joining", STRANGER, "joining"),
        ("costs", "bearer", STRANGER, "bearer"),
        ("costs", "amount_fen", 0, "amount_fen"),
        ("disputes", "working_days", 0, "working_days"),
        ("notices", "days", 0, "days"),
    ],
)
def test_a_line_that_does_not_fit_names_its_field(
    field: str, below: str, value: object, named: str
) -> None:
    clause = clause_with(field)
    where = f"clauses[{clause}].{field}[0]" + (f".{named}" if named else "")
    assert refused_field(changed(f"clauses.{clause}.{field}.0.{below}", value)) == where


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("reviews.0.party", STRANGER, "reviews[0].party"),
        ("reviews.1.party", SUZHOU, "reviews[1].party"),
        ("reviews.0.number", "", "reviews[0].number"),
        ("reviews.0.reviewed_on", date(2027, 1, 2), "reviews[0].reviewed_on"),
        ("publications.0.party", STRANGER, "publications[0].party"),
        ("publications.2.publish_by", date(2027, 1, 2), "publications[2].publish_by"),
        ("consents.0.item_names", [{"zh": "提取", "en": "Withdrawal"}], "consents[0].item_names"),
        ("depositary", STRANGER, "depositary"),
        ("depositary", "", "depositary"),
        ("template", "sha256:ABC", "template"),
        ("supersedes", "G60-2026-06", "supersedes"),
        ("supersedes_also", ["G60-2026-06"], "supersedes_also[0]"),
        ("supersedes_also", [EXAMPLE.supersedes], "supersedes_also[0]"),
        ("supersedes_also", [*EXAMPLE.supersedes_also] * 2, "supersedes_also[1]"),
        ("supersedes", "", "supersedes_also[0]"),
    ],
)
def test_what_precedes_the_effect_and_what_is_referred_to_has_to_fit(
    path: str, value: object, field: str
) -> None:
    assert refused_field(changed(path, value)) == field


def test_a_period_of_notice_is_said_once() -> None:
    clause = clause_with("notices")
    plain = changed(f"clauses.{clause}.notices.1.matter", "amendment")
    assert refused_field(plain) == f"clauses[{clause}].notices[1].matter"


def test_one_direction_of_a_clause_has_one_daily_limit() -> None:
    clause = clause_with("grants")
    grants = WRITTEN["clauses"][clause]["grants"]
    again = {**grants[0], "modes": ["all_online"], "daily_limit": 7}
    plain = changed(f"clauses.{clause}.grants", [*grants, again])
    assert refused_field(plain) == f"clauses[{clause}].grants[3].daily_limit"


def test_readers_accept_many_parties_without_a_depositary() -> None:
    plain = yaml.safe_load(document_bytes(EXAMPLE))
    del plain["depositary"]
    read = read_document(canonical.encode(plain))
    assert isinstance(read, Agreement)
    assert check_agreement(read) is read


@given(st.integers(min_value=0, max_value=2**53 - 1))
def test_any_daily_limit_from_none_up_survives_the_bytes(limit: int) -> None:
    clause = clause_with("grants")
    agreement = parse_agreement(changed(f"clauses.{clause}.grants.0.daily_limit", limit))
    assert read_document(document_bytes(agreement)) == agreement


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("valid_until", date(9999, 12, 31), "valid_until"),
        ("notices", 1_097, "clauses[{}].notices[0].days"),
    ],
)
def test_days_beyond_what_anybody_means_are_not_written(
    path: str, value: object, field: str
) -> None:
    clause = clause_with("notices")
    where = f"clauses.{clause}.notices.0.days" if path == "notices" else path
    assert refused_field(changed(where, value)) == field.format(clause)


def test_a_text_of_before_with_such_days_is_read() -> None:
    endless = replace(EXAMPLE, valid_until=date.max)
    assert check_agreement(endless) == endless
