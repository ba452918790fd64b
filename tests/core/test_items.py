"""Items and the codes that they carry."""

from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tongban.core import canonical
from tongban.core.cases.events import Mode
from tongban.core.faults import DocumentInvalid, NotCanonical
from tongban.core.items.codes import (
    ITEM_CODE_MAX,
    catalogue_code_of,
    credit_check,
    is_credit_code,
    is_implementation_code,
    is_place_code,
    is_resident_number,
    owner_of,
    resident_check,
)
from tongban.core.items.document import (
    item_digest,
    item_document,
    parse_item,
    read_item,
    reread_item,
)
from tongban.core.words import Language, Words

from .examples import FOOD, FUND

CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def mapping() -> dict[str, Any]:
    """FOOD as its author might have written it."""
    plain = yaml.safe_load(item_document(FOOD))
    assert isinstance(plain, dict)
    return plain


def changed(path: str, value: object) -> dict[str, Any]:
    """The mapping with one value replaced; numbers in the path are positions in a list."""
    copy = deepcopy(mapping())
    place: Any = copy
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in way:
        place = place[step]
    place[last] = value
    return copy


@pytest.mark.parametrize("code", ["12441500196720244T", "11370800MB28559184", "11100000000013338W"])
def test_real_credit_codes_pass(code: str) -> None:
    assert is_credit_code(code)


@given(st.text(CREDIT_DIGITS, min_size=17, max_size=17), st.integers(0, 16))
def test_a_credit_code_notices_one_changed_character(first: str, place: int) -> None:
    code = first + credit_check(first)
    other = CREDIT_DIGITS[(CREDIT_DIGITS.index(code[place]) + 1) % len(CREDIT_DIGITS)]
    assert is_credit_code(code)
    assert not is_credit_code(code[:place] + other + code[place + 1 :])


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 16))
def test_a_resident_number_notices_one_changed_digit(first: str, place: int) -> None:
    number = first + resident_check(first)
    other = str((int(number[place]) + 1) % 10)
    assert is_resident_number(number)
    assert not is_resident_number(number[:place] + other + number[place + 1 :])


@pytest.mark.parametrize("text", ["", "1" * 18 + "x", "11010519491231002x", "中" * 18])
def test_codes_of_another_shape_do_not_pass(text: str) -> None:
    assert not is_credit_code(text)
    assert not is_resident_number(text)
    assert not is_implementation_code(text)
    assert not is_place_code(text)


def test_an_implementation_code_names_owner_and_catalogue_entry() -> None:
    assert is_implementation_code(FOOD.code)
    assert owner_of(FOOD.code) == FOOD.organisation.code
    assert catalogue_code_of(FOOD.code) == FOOD.code[-12:]
    assert catalogue_code_of("SB-1") == catalogue_code_of("7" * ITEM_CODE_MAX) == ""
    assert not is_implementation_code("1" * 18 + FOOD.code[18:])
    assert is_place_code("310117")


def test_an_item_survives_its_document() -> None:
    assert parse_item(mapping()) == FOOD
    assert read_item(item_document(FOOD)) == FOOD
    assert item_digest(FOOD) == canonical.digest(item_document(FOOD))
    assert item_digest(FOOD) != item_digest(FUND)


def test_an_item_answers_which_process_and_material() -> None:
    assert FOOD.process_for(Mode.ALL_ONLINE) == "all_online"
    assert FOOD.process_for(Mode.DELEGATED_INTAKE) is None
    assert FOOD.material("floor_plan") is not None
    assert FOOD.material("poem") is None


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("code", "1234", "code"),
        ("organisation.code", "11340100002989551X", "organisation.code"),
        ("organisation.code", FUND.organisation.code, "organisation.code"),
        ("place", "3401", "place"),
        ("limits.promised_days", 21, "limits.promised_days"),
        ("limits.promised_days", -1, "limits.promised_days"),
        ("limits.legal_days", -1, "limits.legal_days"),
        ("visits", -1, "visits"),
        ("modes", [], "modes"),
        ("materials.1.code", "business_licence", "materials[1]"),
        ("materials.1.code", "平面图", "materials[1]"),
        ("form.schema", {}, "form.schema.properties"),
        ("form.fields.0.name", "nickname", "form.fields"),
        ("form.fields.0.name", "phone", "form.fields[2]"),
        ("type_code", "77", "type_code"),
        ("materials.0.name", "营业执照", "materials[0].name"),
        ("materials.0.colour", "red", "materials[0].colour"),
        ("poem", "", "poem"),
    ],
)
def test_a_bad_item_names_its_field(path: str, value: object, field: str) -> None:
    with pytest.raises(DocumentInvalid) as caught:
        parse_item(changed(path, value))
    assert caught.value.field == field
    assert caught.value.reason


def test_a_fee_is_above_nothing() -> None:
    fee = {"amount_fen": 0, "basis": {"zh": "无", "en": "none"}}
    with pytest.raises(DocumentInvalid, match=r"fee\.amount_fen"):
        parse_item(changed("fee", fee))


def test_an_item_without_a_field_says_so() -> None:
    plain = mapping()
    del plain["name"]
    with pytest.raises(DocumentInvalid, match="document: Object missing required field `name`"):
        parse_item(plain)


def test_an_item_document_with_one_changed_byte_is_refused() -> None:
    with pytest.raises(NotCanonical):
        read_item(item_document(FOOD) + b" ")


def test_words_are_read_in_either_language() -> None:
    words = Words(zh="受理", en="accepted")
    assert words.in_language(Language.CHINESE) == "受理"
    assert words.in_language(Language.ENGLISH) == "accepted"


def test_what_was_put_down_here_is_read_again_by_its_digest_alone() -> None:
    document = item_document(FOOD)
    assert reread_item(document, item_digest(FOOD)) == FOOD
    with pytest.raises(NotCanonical, match="has other bytes"):
        reread_item(document.replace(b"1", b"2", 1), item_digest(FOOD))
    with pytest.raises(NotCanonical, match="not an Item"):
        reread_item(b"{}", canonical.digest(b"{}"))
