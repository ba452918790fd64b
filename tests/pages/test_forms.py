"""Forms from JSON Schema, with the real form of the food business licence."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.standin import FOOD_LICENCE

from tongban.core.items.form import Field, Form, Prefill
from tongban.core.words import Words
from tongban.pages.forms.controls import Control, control_for, value_from
from tongban.pages.forms.schema_form import Known, SchemaForm
from tongban.pages.forms.steps import steps_of

FOOD = FOOD_LICENCE.form
RIGHT = {
    "applicant_name": "张小满",
    "resident_number": "31011719900307124X",
    "phone": "13800000001",
    "shop_name": "小满面馆",
    "shop_address": "合肥市包河区演示路 8 号",
    "business_kind": "restaurant",
    "area_square_metres": "60",
    "online_sales": "no",
}


def answered(**changes: str) -> SchemaForm:
    return SchemaForm(form=FOOD).answered(RIGHT | changes)


def test_right_answers_become_typed_values() -> None:
    form = answered()
    assert form.errors == {}
    assert form.values["area_square_metres"] == 60
    assert form.values["online_sales"] is False


def test_full_width_digits_and_a_small_x_are_understood() -> None:
    form = answered(phone="１３８０００００００１", area_square_metres="６０")
    assert form.errors == {}
    assert form.values["phone"] == "13800000001"
    assert form.values["area_square_metres"] == 60


def test_what_does_not_fit_is_complained_about_in_words_and_kept() -> None:
    form = answered(area_square_metres="很大", resident_number="310117199003071234")
    assert "要填整数" in form.errors["area_square_metres"]
    assert "18 位" in form.errors["resident_number"]
    assert form.questions(["area_square_metres"])[0].text == "很大"


@pytest.mark.parametrize(
    ("schema", "text", "words"),
    [
        ({"type": "boolean"}, "也许", "它：请选“是”或者“否”。"),
        ({"type": "integer"}, "3.5", "它要填整数，例如 30。"),
        ({"type": "integer"}, "1_000", "它要填整数，例如 30。"),
        ({"type": "number"}, "nan", "它要填数字，例如 30 或者 30.5。"),
        ({"type": "number"}, "9" * 400, "它要填数字，例如 30 或者 30.5。"),
        ({"type": "number", "exclusiveMinimum": 0}, "0", "它要大于 0。"),
        ({"type": "string", "format": "date"}, "明天", "它要写成年-月-日，例如 2026-11-27。"),
        ({"type": "string", "format": "uri"}, "一个网址", "它填得不对，请再看一遍。"),
        ({"type": "string", "maxLength": 2}, "三个字", "它最多写 2 个字。"),
    ],
)
def test_each_kind_of_answer_is_complained_about_in_its_own_words(
    schema: dict[str, Any], text: str, words: str
) -> None:
    form = Form(
        schema={"properties": {"it": schema}},
        fields=(Field(name="it", label=Words(zh="它", en="It")),),
    )
    assert SchemaForm(form=form).answered({"it": text}).errors == {"it": words}


def test_a_missing_answer_is_asked_for_by_its_label() -> None:
    assert answered(shop_name="  ").errors["shop_name"] == "请回答：店铺名称。"


def test_errors_lead_to_their_controls_in_the_order_of_the_form() -> None:
    listed = answered(shop_name="", phone="1").listed_errors()
    assert [error.anchor for error in listed] == ["answer-phone", "answer-shop-name"]


def test_a_page_complains_about_its_own_questions_alone() -> None:
    form = SchemaForm(form=FOOD).answered({"shop_name": ""}, ["shop_name"])
    assert set(form.errors) == {"shop_name"}


def test_a_locked_answer_is_never_taken_from_the_browser() -> None:
    known = {Prefill.PERSON_NAME: Known(value="张小满", origin="实名账户", locked=True)}
    form = SchemaForm(form=FOOD, known=known).answered(RIGHT | {"applicant_name": "别人"})
    assert form.values["applicant_name"] == "张小满"


def test_what_is_known_says_where_it_comes_from_until_it_is_changed() -> None:
    known = {Prefill.PHONE: Known(value="13800000001", origin="来自您的账户")}
    asked = SchemaForm(form=FOOD, known=known).questions(["phone"])[0]
    assert (asked.text, asked.origin) == ("13800000001", "来自您的账户")
    changed = SchemaForm(form=FOOD, known=known, values={"phone": "13900000002"})
    assert changed.questions(["phone"])[0].origin == ""


def test_who_applies_is_asked_together_and_the_rest_one_by_one() -> None:
    steps = steps_of(FOOD)
    assert steps[0].names == ("applicant_name", "resident_number", "phone")
    assert steps[0].identity
    assert [len(step.names) for step in steps[1:]] == [1, 1, 1, 1, 1]


def test_each_kind_of_schema_has_its_control() -> None:
    asked = Field(name="it", label=Words(zh="它", en="It"))
    assert control_for(asked, {"type": "string", "format": "date"}) is Control.DATE
    assert control_for(asked, {"type": "string", "maxLength": 500}) is Control.TEXTAREA
    assert control_for(asked, {"type": "boolean"}) is Control.YES_NO
    assert control_for(asked, {"type": "string"}) is Control.TEXT


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_every_whole_number_is_read_as_itself(number: int) -> None:
    assert value_from(f" {number} ", {"type": "integer"}) == number


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    for kind in ("integer", "number", "boolean", "string"):
        value_from(text, {"type": kind})
