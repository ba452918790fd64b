"""What codes say of an item, held against what the item itself says."""

from collections.abc import Iterator

from tongban.core.items.classification import CodeKind
from tongban.core.items.codes import (
    IMPLEMENTATION_CODE_LENGTH,
    ITEM_CODE_MAX,
    catalogue_code_of,
    is_basic_code,
    is_credit_code,
    is_implementation_code,
    is_local_code,
    is_place_code,
    level_of,
    owner_of,
    region_of,
    type_of,
)
from tongban.core.items.item import Item
from tongban.core.items.problem import Pair, Problem, problem


def find_wrong_codes(item: Item) -> Iterator[Problem]:
    """Codes of another shape than they say that they have."""
    if not is_local_code(item.code):
        yield problem(
            "code",
            (
                f"不是{ITEM_CODE_MAX}个以内的可打印字符，或者里面有斜线，或者不以字母、数字开头",
                (
                    f"not up to {ITEM_CODE_MAX} printable characters that begin with a letter or "
                    "digit and have no slash"
                ),
            ),
            (
                "只用半角字母、数字和符号，以字母或数字开头，不加空格和斜线",
                "write letters, digits and signs, a letter or digit first, no space and no slash",
            ),
        )
    elif item.code_kind is CodeKind.NATIONAL and not is_implementation_code(item.code):
        yield problem(
            "code",
            _unlike_national(item.code),
            (
                "改正编码；按地方或者旧规则编的，编码种类填“地方”或者“旧版”",
                "mend it; or its 编码种类 (Kind of code) is 地方 (local) or 旧版 (legacy)",
            ),
        )
    if item.basic_code and not is_basic_code(item.basic_code):
        yield problem(
            "basic_code",
            ("不是12位基本编码", "not a basic code 基本编码 of 12 digits"),
            (
                "写12位数字；没有的空着",
                "write its 12 digits, or leave it empty where there is none",
            ),
        )
    if not is_place_code(item.place):
        yield problem(
            "place",
            ("不是6位行政区划代码（GB/T 2260）", "not a place code of 6 digits (GB/T 2260)"),
            ("写6位数字，如 340100", "write its 6 digits, such as 340100"),
        )


def _unlike_national(code: str) -> Pair:
    """What of a 实施编码 does not fit: its length, its first part, or what follows that."""
    if len(code) != IMPLEMENTATION_CODE_LENGTH:
        return (
            f"实施编码要31位，这里有{len(code)}位",
            f"an implementation code 实施编码 has 31 characters, and this has {len(code)}",
        )
    if not is_credit_code(owner_of(code)):
        return (
            f"前18位{owner_of(code)}不是统一社会信用代码，或者校验码不对",
            f"it begins with {owner_of(code)}, which is no credit code, or not with that check",
        )
    return (
        "第19位要是1到7的行使层级，后面要是12位数字",
        "its 19th character is a level from 1 to 7, and 12 digits follow",
    )


def find_wrong_owner(item: Item) -> Iterator[Problem]:
    """An organisation or a level that the implementation code does not name."""
    field = "organisation.code"
    if not is_credit_code(item.organisation.code):
        yield problem(
            field,
            ("校验码不对（GB 32100）", "the check character does not fit (GB 32100)"),
            (
                "对照单位的统一社会信用代码证书改正这18位",
                "mend the 18 characters after the organisation's certificate",
            ),
        )
    elif item.code_kind is not CodeKind.NATIONAL or not is_implementation_code(item.code):
        # Of a code that is none it is said once what is wrong with it.
        return
    elif owner_of(item.code) != item.organisation.code:
        owner = owner_of(item.code)
        yield problem(
            field,
            (
                f"实施编码属于另一个单位{owner}",
                f"the implementation code belongs to another organisation, {owner}",
            ),
            (
                "实施编码前18位是实施主体的编码：改正其中写错的一个",
                "an implementation code begins with its organisation's: mend the wrong one",
            ),
        )
    elif item.level is not None and level_of(item.code) != item.level:
        said = level_of(item.code)
        yield problem(
            "level",
            (
                f"实施编码说的层级是{said}，不是{item.level.value}",
                f"the code says level {said}, not {item.level.value}",
            ),
            (
                f"行使层级改成{said}，或者改正实施编码第19位",
                f"make the level {said}, or mend the 19th character of the code",
            ),
        )


def find_other_entries(item: Item) -> Iterator[Problem]:
    """A type, or an entry of the basic catalogue, other than the implementation code has.

    A code may end with the entry of a province, and basic_code be the national one that it stands
    for; either may say the type.
    """
    if item.code_kind is not CodeKind.NATIONAL or not is_implementation_code(item.code):
        return
    own = catalogue_code_of(item.code)
    entries = [own, *([item.basic_code] if is_basic_code(item.basic_code) else [])]
    if item.type_code not in {type_of(entry) for entry in entries}:
        said = type_of(own)
        yield problem(
            "type_code",
            (
                f"实施编码说的事项类型是{said}，不是{item.type_code.value}",
                f"the implementation code says type {said}, not {item.type_code.value}",
            ),
            (
                "改事项类型，或者改正实施编码第22、23位",
                "change the type, or mend characters 22 and 23 of the implementation code",
            ),
        )
    other = item.basic_code
    if len(entries) > 1 and region_of(other) == region_of(own) and other != own:
        yield problem(
            "basic_code",
            (
                f"实施编码里的基本编码是{own}，不是{other}",
                f"the basic code within the implementation code is {own}, not {other}",
            ),
            (f"填{own}，或者改正实施编码", f"write {own}, or mend the implementation code"),
        )
