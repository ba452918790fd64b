"""One division as GB/T 2260 codes it, and a change of one."""

import re
from dataclasses import dataclass
from enum import StrEnum

# 内蒙古自治区 is called 内蒙古, 积石山保安族东乡族撒拉族自治县 积石山: peoples go with the ending.
_PEOPLES = (
    "蒙古|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡"
    "|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂"
    "|保安|裕固|独龙|鄂伦春|回|各"
)
_ENDING = re.compile(
    rf"((({_PEOPLES})族|维吾尔|哈萨克|(?<!内)蒙古|柯尔克孜)*自治[区州县旗]|特别行政区|地区|矿区|新区"
    r"|特区|(?<=神农架)林区|[省市区县盟]|(?<![左右前中后联合])旗)$"
)
_SHORTEST = 2


class DivisionLevel(StrEnum):
    """层级: of what the code says; a district such as 松江 may still act like a city."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


@dataclass(frozen=True, kw_only=True, slots=True)
class Division:
    """A division that exists today; code: six digits of GB/T 2260."""

    code: str
    name: str

    @property
    def level(self) -> DivisionLevel:
        """What the code's zeros say."""
        if self.code.endswith("0000"):
            return DivisionLevel.PROVINCE
        return DivisionLevel.PREFECTURE if self.code.endswith("00") else DivisionLevel.COUNTY

    @property
    def short(self) -> str:
        """The name as people say it: 松江 for 松江区; 赵县 stays, one character is no name."""
        short = _ENDING.sub("", self.name)
        return short if len(short) >= _SHORTEST else self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class DivisionChange:
    """What became of a code or a name in a year; kind: the source's word, such as 撤县设区."""

    year: int
    kind: str
    old: Division
    new: Division
