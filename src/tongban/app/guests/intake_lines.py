"""What an intake sheet (收件登记表) asks, for one item: its rows, with what may be chosen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongban.core.cases.events import Delivery, MaterialForm, PersonCheck
from tongban.core.items.form import Field
from tongban.core.items.item import Item
from tongban.core.items.material import Material, Necessity
from tongban.core.words import Words

FIELD, MATERIAL, RECIPIENT = "field:", "material:", "recipient:"
NOT_BROUGHT = "没有交"

CHECKS: Mapping[str, PersonCheck] = {
    "看过身份证原件，与本人一致": PersonCheck.ID_CARD_SEEN,
    "读卡器读出身份证，与本人一致": PersonCheck.ID_CARD_READER,
    "代办人持授权委托书和双方身份证": PersonCheck.AGENT_AUTHORISATION,
}
DELIVERIES: Mapping[str, Delivery] = {
    "到收件窗口领取": Delivery.COUNTER,
    "邮寄": Delivery.POST,
    "网上送达": Delivery.ONLINE,
}
FORMS: Mapping[str, MaterialForm] = {
    "原件已核": MaterialForm.ORIGINAL_SEEN,
    "复印件": MaterialForm.COPY,
    "电子件": MaterialForm.ELECTRONIC,
}
TRUTH: Mapping[str, str] = {"是": "yes", "否": "no"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """code: what the row asks, whatever its words. choices: what may stand there; () for text."""

    code: str
    label: Words
    hint: Words
    choices: Sequence[str] = ()
    text: str = ""


_TEXT = Words(zh="", en="")
_HEAD = (
    Row(
        code="day",
        label=Words(zh="收件日期", en="day of intake"),
        hint=Words(zh="收件凭证上的日期，如 2026-11-23", en="that of the receipt, as 2026-11-23"),
    ),
    Row(
        code="check",
        label=Words(zh="身份核验", en="how the person was identified"),
        hint=Words(zh="从列表中选一个", en="choose one of the list"),
        choices=tuple(CHECKS),
    ),
    Row(
        code="delivery",
        label=Words(zh="送达方式", en="delivery"),
        hint=Words(zh="从列表中选一个", en="choose one of the list"),
        choices=tuple(DELIVERIES),
    ),
    *(
        Row(
            code=f"{RECIPIENT}{name}",
            label=Words(zh=zh, en=en),
            hint=Words(zh="邮寄必填", en="needed for the post"),
        )
        for name, zh, en in (
            ("name", "收件人姓名", "addressee"),
            ("phone", "收件人电话", "telephone"),
            ("address", "收件地址", "address"),
        )
    ),
)


def rows_of(item: Item) -> Iterator[Row]:
    """Every row of the item's sheet, in order."""
    yield Row(
        code="item",
        label=Words(zh="事项编码", en="item"),
        hint=Words(zh="已填好，请不要改", en="filled in; leave it as it is"),
        text=item.code,
    )
    yield from _HEAD
    required = item.form.schema.get("required", ())
    for asked in item.form.fields:
        yield _of_field(item, asked, needed=asked.name in required)
    for material in item.materials:
        yield _of_material(material)


def options_of(item: Item, asked: Field) -> Mapping[str, str]:
    """What is typed into the form for each choice of a row; empty for a row of text."""
    if item.form.schema["properties"][asked.name].get("type") == "boolean":
        return TRUTH
    return {option.label.zh: option.value for option in asked.options}


def _of_field(item: Item, asked: Field, *, needed: bool) -> Row:
    hint = asked.hint or _TEXT
    must = Words(zh="必填。", en="needed. ") if needed else _TEXT
    return Row(
        code=f"{FIELD}{asked.name}",
        label=asked.label,
        hint=Words(zh=must.zh + hint.zh, en=must.en + hint.en),
        choices=tuple(options_of(item, asked)),
    )


def _of_material(material: Material) -> Row:
    required = material.necessity is Necessity.REQUIRED
    original = "；必须核验原件" if material.original_check else ""
    seen = "; the original must be seen" if material.original_check else ""
    return Row(
        code=f"{MATERIAL}{material.code}",
        label=Words(
            zh=f"材料：{material.name.zh}（{material.code}）",
            en=f"material: {material.name.en} ({material.code})",
        ),
        hint=Words(
            zh=("必须交" if required else "可以不交") + original,
            en=("needed" if required else "may be left out") + seen,
        ),
        choices=(*FORMS, *(() if required else (NOT_BROUGHT,))),
    )
