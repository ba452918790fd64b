"""spec/agreement.schema.json says of agreements what the dataclasses say."""

import json
from dataclasses import MISSING, fields, is_dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from tongban.catalogue import load_agreements
from tongban.core.agreements import provisions
from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.checks import check_agreement
from tongban.core.agreements.document import document_bytes, parse_agreement
from tongban.core.faults import DocumentInvalid

REPOSITORY = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((REPOSITORY / "spec" / "agreement.schema.json").read_text(encoding="utf-8"))
WRITTEN = (REPOSITORY / "docs" / "reference" / "agreement-example.yaml").read_text(encoding="utf-8")
EXAMPLE = parse_agreement(yaml.safe_load(WRITTEN))
VALIDATOR = Draft202012Validator(SCHEMA)


def kinds_below(kind: Any, found: dict[str, Any]) -> dict[str, Any]:
    """Every dataclass and enum that a field of this kind may hold, by name."""
    for part in get_args(kind):
        kinds_below(part, found)
    known = is_dataclass(kind) or (isinstance(kind, type) and issubclass(kind, StrEnum))
    if known and kind.__name__ not in found:
        found[kind.__name__] = kind
        if is_dataclass(kind):
            for below in get_type_hints(kind).values():
                kinds_below(below, found)
    return found


KINDS = kinds_below(Agreement, {})


def test_the_schema_defines_the_kinds_of_an_agreement_and_no_others() -> None:
    assert set(SCHEMA["$defs"]) | {"Agreement"} == set(KINDS)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_kind_has_the_same_fields_or_values_in_both(name: str) -> None:
    kind = KINDS[name]
    defined = SCHEMA if name == "Agreement" else SCHEMA["$defs"][name]
    if not is_dataclass(kind):
        assert defined["enum"] == [value.value for value in kind]
        return
    assert list(defined["properties"]) == [field.name for field in fields(kind)]
    needed = [field.name for field in fields(kind) if field.default is MISSING]
    assert (defined["required"], defined["additionalProperties"]) == (needed, False)


@pytest.mark.parametrize("agreement", [*load_agreements(), EXAMPLE], ids=lambda each: each.number)
def test_every_shipped_agreement_fits_the_schema(agreement: Agreement) -> None:
    VALIDATOR.validate(json.loads(document_bytes(agreement)))


#: About the edges of what is allowed; a hundred in percent is the one rule across two fields.
NUMBERS = st.integers(min_value=-2, max_value=100)
LINES = {
    "indicators": st.builds(provisions.Indicator, threshold=NUMBERS),
    "liability": st.builds(provisions.LiabilityLine, working_days=NUMBERS),
    "disputes": st.builds(provisions.DisputeStage, working_days=NUMBERS),
    "compensation": st.builds(
        provisions.Compensation,
        payer=st.just(EXAMPLE.parties[0].node),
        payee=st.just(EXAMPLE.parties[1].node),
        amount_fen=NUMBERS,
    ),
    "standards": st.builds(
        provisions.MaterialsStandard,
        basic_code=st.sampled_from(["332099001000", "33209900100", ""]),
        version=NUMBERS,
        digest=st.sampled_from(["", "sha256:0", f"sha256:{'0' * 64}"]),
    ),
}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.fixed_dictionaries({name: st.lists(line, max_size=2) for name, line in LINES.items()}),
)
def test_any_lines_of_an_agreement_fit_the_checks_and_the_schema_or_neither(
    lines: dict[str, Any],
) -> None:
    changes: dict[str, Any] = {name: tuple(each) for name, each in lines.items()}
    clause = replace(EXAMPLE.clauses[0], **changes)
    made = replace(EXAMPLE, clauses=(clause, *EXAMPLE.clauses[1:]))
    assert VALIDATOR.is_valid(_plain(made)) is _passes(made)


def _passes(agreement: Agreement) -> bool:
    try:
        check_agreement(agreement)
    except DocumentInvalid:
        return False
    return True


def _plain(agreement: Agreement) -> Any:
    return json.loads(document_bytes(agreement))


@pytest.mark.parametrize("field", [field.name for field in fields(Agreement)])
def test_a_field_too_many_and_a_needed_one_too_few_are_refused(field: str) -> None:
    plain = _plain(EXAMPLE)
    assert not VALIDATOR.is_valid({**plain, f"{field}_too": plain[field]})
    del plain[field]
    assert VALIDATOR.is_valid(plain) is (field not in SCHEMA["required"])
