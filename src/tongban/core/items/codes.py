"""Check digits and shapes of the codes that items, people and organisations carry."""

import re

#: Credit code, level, basic code.
IMPLEMENTATION_CODE_LENGTH = 31
#: The longest that was seen, of 四川, has 53: the item, the place, and the organisation.
ITEM_CODE_MAX = 64

_CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"

_CREDIT = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
_IMPLEMENTATION = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}[1-7][0-9]{12}")
_BASIC = re.compile(r"[0-9]{12}")
#: Codes stand in addresses of pages: there a slash, or a full stop alone, would mean something.
_LOCAL = re.compile(rf"[0-9A-Za-z][!-.0-~]{{0,{ITEM_CODE_MAX - 1}}}")
_PLACE = re.compile(r"[1-9][0-9]{5}")
_CODE = re.compile(r"[!-~]{1,200}")


def is_credit_code(code: str) -> bool:
    """Whether this is a 统一社会信用代码: 18 characters with a MOD 31 check (GB 32100-2015)."""
    return bool(_CREDIT.fullmatch(code)) and code[17] == credit_check(code[:17])


def credit_check(first: str) -> str:
    """The check character for the first 17 characters of a 统一社会信用代码."""
    total = sum(
        _CREDIT_DIGITS.index(digit) * weight
        for digit, weight in zip(first, _CREDIT_WEIGHTS, strict=True)
    )
    return _CREDIT_DIGITS[-total % 31]


def is_resident_number(number: str) -> bool:
    """Whether this is a 公民身份号码: 18 characters with a MOD 11-2 check (GB 11643)."""
    return bool(_RESIDENT.fullmatch(number)) and number[17] == resident_check(number[:17])


def resident_check(first: str) -> str:
    """The check character for the first 17 digits of a 公民身份号码."""
    total = sum(int(digit) * weight for digit, weight in zip(first, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11]


def is_implementation_code(code: str) -> bool:
    """Whether this is a 实施编码: credit code of the 实施主体, 行使层级, 基本编码 of 12 digits."""
    return bool(_IMPLEMENTATION.fullmatch(code)) and is_credit_code(owner_of(code))


def owner_of(item: str) -> str:
    """The 统一社会信用代码 of the 实施主体 that an implementation code begins with."""
    return item[:18]


def is_code(text: str) -> bool:
    """Whether this can stand as a code in an entry (spec/entries.md): printable ASCII."""
    return bool(_CODE.fullmatch(text))


def is_place_code(code: str) -> bool:
    """Whether this has the shape of a GB/T 2260 code (county level or above)."""
    return bool(_PLACE.fullmatch(code))


def catalogue_code_of(item: str) -> str:
    """The 基本编码 of 12 digits that an implementation code ends with; "" for any other code."""
    return item[19:] if _IMPLEMENTATION.fullmatch(item) else ""


def type_of(catalogue_code: str) -> str:
    """The 事项类型 that a 基本编码 carries after its region."""
    return catalogue_code[2:4]


def region_of(catalogue_code: str) -> str:
    """The region of a 基本编码: 00 for the nation, or a province's first two digits."""
    return catalogue_code[:2]


def level_of(item: str) -> str:
    """The 行使层级 that an implementation code carries."""
    return item[18]


def is_basic_code(code: str) -> bool:
    """Whether this is a 基本编码: region (00 for the nation), item type, main and sub item."""
    return bool(_BASIC.fullmatch(code))


def is_local_code(code: str) -> bool:
    """Whether this can be a 地方实施编码 or one of older rules.

    Up to ITEM_CODE_MAX printable characters without a slash, a letter or digit first.
    """
    return bool(_LOCAL.fullmatch(code))


def is_handling_code(code: str, item: str) -> bool:
    """Whether this is a 业务办理项编码: the item's code and two digits more."""
    return code[: len(item)] == item and bool(re.fullmatch(r"[0-9]{2}", code[len(item) :]))


def province_of(place: str) -> str:
    """The code of the province that a place's code (GB/T 2260) begins with."""
    return place[:2] + "0000"
