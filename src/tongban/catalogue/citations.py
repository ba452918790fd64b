"""Laws as authors cite them, such as `行政许可法 42`, and as people read them."""

from collections.abc import Mapping

from tongban.core.faults import DocumentInvalid

_DIGITS = "零一二三四五六七八九"
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000


def cite(text: str, laws: Mapping[str, str]) -> dict[str, str]:
    """The words for a citation; laws: English name by Chinese name. Raises DocumentInvalid."""
    law, _, article = text.partition(" ")
    if law not in laws:
        raise DocumentInvalid("basis", f"{law} is not in laws.yaml", "add it there, or mend it")
    if not article:
        return {"zh": law, "en": laws[law]}
    if not (article.isdecimal() and 0 < int(article) < _THOUSAND * 2):
        raise DocumentInvalid("basis", f"{article} is not the number of an article")
    number = int(article)
    return {"zh": f"{law}第{chinese_number(number)}条", "en": f"{laws[law]}, article {number}"}


def chinese_number(number: int) -> str:
    """A number from 1 to 1999 as statutes write it, such as 二十九 or 一千零四十六."""
    if number < _TEN:
        return _DIGITS[number]
    if number < 2 * _TEN:
        return "十" + (_DIGITS[number % _TEN] if number % _TEN else "")
    for size, sign in ((_THOUSAND, "千"), (_HUNDRED, "百"), (_TEN, "十")):
        if number >= size:
            return _DIGITS[number // size] + sign + _rest(number % size, size)
    return ""


def _rest(rest: int, size: int) -> str:
    """What follows a place: 零 where the next place is empty, and 一十 instead of 十."""
    if not rest:
        return ""
    gap = "零" if rest * _TEN < size else ""
    teen = "一" if _TEN <= rest < 2 * _TEN else ""
    return gap + teen + chinese_number(rest)
