"""Which words of materials and conditions are catch-alls (兜底条款), and which are not."""

from dataclasses import replace

import pytest

from tongban.core.items.catch_alls import find_catch_alls
from tongban.core.items.handling import Condition
from tongban.core.words import Words

from .examples import FUND


def fields_of_material(zh: str, en: str = "Identity card") -> list[str]:
    material = replace(FUND.materials[0], name=Words(zh=zh, en=en))
    return [each.field for each in find_catch_alls(replace(FUND, materials=(material,)))]


def fields_of_condition(zh: str, en: str = "Lives here") -> list[str]:
    line = Condition(zh=zh, en=en, basis=Words(zh="行政许可法第十二条", en="law"))
    return [each.field for each in find_catch_alls(replace(FUND, conditions=(line,)))]


@pytest.mark.parametrize(
    "name",
    [
        *("相关材料", "有关证明材料", "其他", "其它材料", "其他有关证明文件", "身份证等材料"),
        *("居民户口簿、结婚证等", "法律、法规规定的其他材料", "审批机关认为需要提交的其他材料"),
        *("其他材料。", "（其他）", "等材料", "Other", "身份证，etc.", "证明材料"),
        *("其他按照规定应当提供的资料。", "所需材料"),
    ],
)
def test_a_material_that_says_nothing_is_a_catch_all(name: str) -> None:
    assert fields_of_material(name) == ["materials[0].name.zh"]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "居民身份证",
            "其他股东放弃优先购买权的声明",
            "其他共有人的身份证明",
            "高等学校录取通知书",
        ),
        *("伤残等级证明", "同等学力证明", "职业资格证书（一等）", "父母子女关系证明", "申请表"),
        *("授权委托书（委托他人办理时）", "前置批准文件", "身份证明", "法定代表人身份证明"),
    ],
)
def test_a_material_that_somebody_can_bring_is_none(name: str) -> None:
    assert fields_of_material(name) == []


@pytest.mark.parametrize(
    "name",
    [
        *("Other", "etc.", "Other documents", "Identity card and other relevant documents"),
        *("Identity card, others", "Relevant documents", "Photograph, register, etc"),
        *("Other materials required by law", "Any other proof", "Register and so on"),
    ],
)
def test_the_english_words_are_held_to_the_same(name: str) -> None:
    assert fields_of_material("居民身份证", name) == ["materials[0].name.en"]


@pytest.mark.parametrize(
    "name",
    [
        *("Consent of the other owners", "The mother's documents", "Documents of each other"),
        *("Identity documents of shareholders", "Proof of kinship", "Sketch of the premises"),
    ],
)
def test_english_words_that_name_something_are_none(name: str) -> None:
    assert fields_of_material("居民身份证", name) == []


@pytest.mark.parametrize(
    "text",
    [
        *("符合其他相关条件", "法律法规规定的其他条件", "法律、行政法规规定的其他条件。"),
        *("符合有关规定", "申请人应当符合法定条件", "年满十八周岁、无犯罪记录等条件", "其他"),
    ],
)
def test_a_condition_that_says_nothing_is_a_catch_all_whatever_it_cites(text: str) -> None:
    assert fields_of_condition(text) == ["conditions[0].zh"]


@pytest.mark.parametrize(
    "text",
    [
        "产品符合国家标准和产业政策。",
        "不存在其他依法不得登记的情形",
        "男女双方地位平等",
        "符合落户条件",
    ],
)
def test_a_condition_that_can_be_fulfilled_is_none(text: str) -> None:
    assert fields_of_condition(text) == []


def test_a_very_long_text_is_looked_at_in_no_time() -> None:
    assert fields_of_condition("其他" * 20_000) == ["conditions[0].zh"]
