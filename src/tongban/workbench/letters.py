"""文书 that the workbench writes: plain text in Chinese, and marked 参考件.

A node's signature is not an agency's seal (ARCHITECTURE.md, "Keys, seals, trust, people"); what
has legal force comes sealed from the authority's own system or through a seal port.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tongban.core.body import Body
from tongban.core.china_time import china_day
from tongban.core.items.item import Item

_NOTE = "【参考件】本文书由通办系统生成，未加盖印章，有法律效力的是本机关盖章的正本。"
# 行政复议法 20 and 行政诉讼法 46: sixty days, six months.
_REMEDIES = (
    "如不服本决定，可以自知道之日起六十日内依法申请行政复议，"
    "或者自知道之日起六个月内依法向人民法院提起行政诉讼。"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Letterhead:
    """What every letter names: the number of the case, its item, and the instant of the act."""

    case: str
    item: Item
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Defect:
    """One thing to mend: what, what is wrong with it, and a remark for the applicant."""

    what: str
    defect: str
    remark: str = ""


def correction(
    head: Letterhead, defects: Iterable[Defect], remark: str, *, told_by: str = ""
) -> Body:
    """补正材料一次性告知书: everything that is missing, at once (行政许可法 32(1) 4).

    told_by: the counter that tells in the authority's name, "" where the authority does.
    """
    lines = [
        f"{number}. {each.what}：{each.defect}{_in_brackets(each.remark)}"
        for number, each in enumerate(defects, start=1)
    ]
    return _letter(
        "correction",
        head,
        "补正材料一次性告知书",
        [
            f"您申请的“{head.item.name.zh}”，需要补正下列全部内容：",
            *lines,
            *([remark] if remark else []),
            "请一次补齐，交到原收件地。补齐后本机关必须受理，不会再要求补正其他内容。",
            *([f"本告知由{told_by}以本机关名义代为作出。"] if told_by else []),
        ],
    )


def not_accepted(head: Letterhead, reason: str, words: str) -> Body:
    """不予受理决定书, with reasons and remedies."""
    return _letter(
        "decision",
        head,
        "不予受理决定书",
        [
            f"您申请的“{head.item.name.zh}”，本机关决定不予受理。",
            f"理由：{reason}。",
            words,
            _REMEDIES,
        ],
    )


def granted(head: Letterhead, number: str, words: str) -> Body:
    """准予决定书."""
    return _letter(
        "decision",
        head,
        "准予决定书",
        [
            f"文号：{number}",
            f"您申请的“{head.item.name.zh}”，经审查符合条件，本机关决定准予。",
            *([words] if words else []),
            f"结果文书：{head.item.result.name.zh}。",
        ],
    )


def refused(head: Letterhead, reason: str, words: str) -> Body:
    """不予决定书, with reasons and remedies (行政许可法 38(2))."""
    return _letter(
        "decision",
        head,
        "不予决定书",
        [
            f"您申请的“{head.item.name.zh}”，经审查，本机关决定不予办理。",
            f"理由：{reason}。",
            words,
            _REMEDIES,
        ],
    )


def result(head: Letterhead, number: str, holder: str) -> Body:
    """The result as a reference copy; holder: to whom it is given, "" where it is not known."""
    return _letter(
        "result",
        head,
        head.item.result.name.zh,
        [
            f"编号：{number}",
            *([f"持有人：{holder}"] if holder else []),
            f"事项：{head.item.name.zh}",
        ],
    )


def _letter(name: str, head: Letterhead, title: str, lines: Iterable[str]) -> Body:
    day = china_day(head.at)
    text = "\n\n".join(
        [
            title,
            f"办件编号：{head.case}",
            *lines,
            head.item.organisation.name.zh,
            f"{day.year}年{day.month}月{day.day}日",
            _NOTE,
        ]
    )
    return Body(name=name, media="text/plain", content=text.encode())


def _in_brackets(words: str) -> str:
    return f"（{words}）" if words else ""
