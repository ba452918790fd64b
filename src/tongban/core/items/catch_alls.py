"""Catch-all clauses (兜底条款), which leave open what to bring and what to fulfil.

Guides may not have them: 优化营商环境条例 35 asks for standards that are detailed and countable.
The tables below are the vocabulary; the rules only put its words together.
"""

import re
import unicodedata
from collections.abc import Iterator

from tongban.core.items.item import Item
from tongban.core.items.problem import Pair, Problem, problem
from tongban.core.words import Words

#: What says that there is more, without saying what.
_FURTHER = ("其他", "其它", "其余", "另外")
#: What may stand around it and names nothing either.
_EMPTY = (
    *("相关", "有关", "相应", "必要", "必须", "必需", "所需", "需要", "应当", "应", "可能", "须"),
    *("法律", "行政法规", "法规", "规章", "政策", "文件", "国家", "地方", "本地", "当地", "上级"),
    *("依法", "依照", "按照", "根据", "按", "法定", "规定", "要求", "认为", "明确", "情况", "情形"),
    *("审批机关", "登记机关", "主管部门", "主管机关", "受理机关", "行政机关", "机关", "部门"),
    *(
        "提交",
        "提供",
        "补充",
        "准备",
        "出具",
        "证明",
        "说明",
        "佐证",
        "支撑",
        "辅助",
        "申请",
        "申报",
    ),
    *(
        "符合",
        "满足",
        "具备",
        "达到",
        "办理",
        "本事项",
        "申请人",
        "条件",
        "标准",
        "各类",
        "各项",
        "一切",
    ),
    *("等", "的", "和", "及", "与", "或", "或者", "以及", "并", "为", "所", "以上", "上述"),
)
_MATERIALS = ("材料", "资料", "文件", "证件", "证明", "证照", "手续", "凭证")
_CONDITIONS = ("条件", "要求", "情形", "规定", "标准", "情况", "事项")

_ENGLISH_FURTHER = ("other", "others", "further", "additional")
_ENGLISH_EMPTY = (
    *("relevant", "related", "necessary", "required", "requested", "needed", "applicable", "such"),
    *("supporting", "legal", "statutory", "any", "all", "the", "and", "or", "as", "may", "be"),
    *(
        "by",
        "of",
        "in",
        "under",
        "set",
        "law",
        "laws",
        "regulations",
        "rules",
        "authority",
        "meets",
    ),
    *("meet", "fulfil", "fulfils", "satisfies", "applicant", "that", "is", "are"),
)
_ENGLISH_MATERIALS = (
    *("material", "materials", "document", "documents", "papers", "proof", "proofs"),
    *("certificate", "certificates", "evidence", "information"),
)
_ENGLISH_CONDITIONS = ("condition", "conditions", "requirement", "requirements", "provisions")
_ENGLISH_MORE = re.compile(
    r"(?<![a-z])(?:etc|and so (?:on|forth)|and the like)(?![a-z])", re.IGNORECASE
)
#: Ranks, in which 等 ends no list: 一等, 高等, 平等.
_RANKS = "一二三四五六七八九十特甲乙丙丁高中初同优上下对平"
#: A catch-all stands at the end, and is short.
_END = 200


def find_catch_alls(item: Item) -> Iterator[Problem]:
    """Materials and conditions that nobody can know from their words."""
    for index, material in enumerate(item.materials):
        found = _open_ended(material.name, _MATERIALS, _ENGLISH_MATERIALS)
        if found:
            yield _no_catch_all(
                f"materials[{index}].name.{found}",
                material.name,
                ("没有说清要带什么", "does not say what to bring"),
                ("把要的材料一样一样写出来，每样一行", "name each material on a row of its own"),
            )
    for index, condition in enumerate(item.conditions):
        found = _open_ended(condition, _CONDITIONS, _ENGLISH_CONDITIONS)
        if found:
            yield _no_catch_all(
                f"conditions[{index}].{found}",
                condition,
                ("没有说清要符合什么", "does not say what has to be fulfilled"),
                (
                    "把那些规定的条件一条一条写出来，各写依据；没有的删掉这一行",
                    "write each condition that those rules set, with its basis, or delete the row",
                ),
            )


def _no_catch_all(field: str, words: Words, reason: Pair, remedy: Pair) -> Problem:
    said = words.zh if field.endswith("zh") else words.en
    return problem(
        field,
        (f"“{said}”{reason[0]}（兜底条款）", f"“{said}” {reason[1]} (a catch-all)"),
        remedy,
    )


def _open_ended(words: Words, nouns: tuple[str, ...], english: tuple[str, ...]) -> str:
    """The language in which the words are open-ended; "" where they are not."""
    if _is_open_in_chinese(words.zh[-_END:], nouns) or _is_open_in_english(
        words.zh[-_END:], english
    ):
        return "zh"
    return "en" if _is_open_in_english(words.en[-_END:], english) else ""


def _is_open_in_chinese(written: str, nouns: tuple[str, ...]) -> bool:
    text = _letters(written)
    further, empty, noun = _any(_FURTHER), _any((*_EMPTY, *_FURTHER)), _any(nouns)
    return bool(
        # 其他相关材料, 法律法规规定的其他条件: all that is said of more of them is nothing.
        re.search(f"{further}{empty}*{noun}$", text)
        # 相关材料, 符合有关规定, 其他: not a word that names anything.
        or re.fullmatch(f"{empty}*(?:{noun}|{further})", text)
        # 身份证等材料, 户口簿等: the list does not end.
        or re.search(f"(?<![{_RANKS}])等(?:{empty}*{noun})?$", text)
    )


def _letters(text: str) -> str:
    """Without marks and spaces, which change nothing, and with letters in one width."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def _is_open_in_english(text: str, nouns: tuple[str, ...]) -> bool:
    further, noun = _any(_ENGLISH_FURTHER), _any(nouns)
    vague = rf"(?:{_any((*_ENGLISH_EMPTY, *_ENGLISH_FURTHER, *nouns))}\b\W*)*"
    begins = r"(?:^|\band|\bor|\bany|[,;/])\W*"
    return bool(
        _ENGLISH_MORE.search(text)
        or re.search(rf"{begins}{further}\b\W*{vague}$", text, re.IGNORECASE)
        or re.fullmatch(rf"\W*{vague}{noun}\b\W*{vague}", text, re.IGNORECASE)
    )


def _any(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
