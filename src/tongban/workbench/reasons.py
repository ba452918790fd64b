"""Reasons for refusing that an entry may carry as a code; the reasons in words are in the body.

A new reason is a line in the table.
"""

from collections.abc import Mapping

from tongban.core.words import Words
from tongban.pages.words import said

#: 不予受理 (行政许可法 32(1) 1, 2).
NOT_ACCEPTED: Mapping[str, Words] = {
    "not_required": Words(
        zh="该事项依法不需要取得许可或者办理", en="By law nothing needs to be applied for"
    ),
    "not_competent": Words(zh="不属于本机关职权范围", en="Not within the powers of this authority"),
    "not_entitled": Words(
        zh="申请人不属于该事项的办理对象", en="The item is not meant for this applicant"
    ),
}

#: 不予办理 (行政许可法 38(2)).
REFUSED: Mapping[str, Words] = {
    "conditions_not_met": Words(
        zh="不符合法定条件、标准", en="The conditions set by law are not met"
    ),
    "materials_untrue": Words(
        zh="材料内容与事实不符", en="The materials do not agree with the facts"
    ),
    "quota_exhausted": Words(zh="法定数量已满", en="The number that the law allows is used up"),
}


def choices(reasons: Mapping[str, Words]) -> list[tuple[str, str]]:
    """Code and words of each, in the reader's language."""
    return [(code, said(words)) for code, words in reasons.items()]
