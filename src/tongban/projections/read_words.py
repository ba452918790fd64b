"""Who saw my data, in words: organisation, what was opened, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from tongban.core.items.item import Item
from tongban.core.one_sided import HAND_OVER_PURPOSE, PACKET_PURPOSE, PAPER
from tongban.node.bundles.export import EXPORT_PURPOSE
from tongban.pages.node_access import current_node
from tongban.pages.words import said
from tongban.projections.models import ReadRow


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadLine:
    """One read of personal data as the person concerned sees it.

    purpose_chinese: whether the purpose is in Chinese whatever the reader's language. own: by the
    person concerned.
    """

    at: datetime
    who: str
    what: str
    purpose: str
    purpose_chinese: bool
    own: bool


def read_lines(rows: Iterable[ReadRow], item: Item, own_number: str) -> list[ReadLine]:
    """The reads of a case; own_number: pseudonymous number of the person who looks."""
    names = {
        item.organisation.code: said(item.organisation.name) for item in current_node().items()
    }
    return [
        ReadLine(
            at=row.at,
            who=_who(row, names),
            what=body_words(row.body, item),
            purpose=_PURPOSES[row.purpose]() if row.purpose in _PURPOSES else row.purpose,
            purpose_chinese=row.purpose not in _PURPOSES,
            own=bool(own_number) and row.actor_number == own_number,
        )
        for row in rows
    ]


def body_words(body: str, item: Item) -> str:
    """A body by the name that people know it by."""
    kind, _, code = body.partition(":")
    material = item.material(code) if code else None
    known = _BODIES.get(kind)
    return said(material.name) if material else (known() if known else body)


def _who(row: ReadRow, names: dict[str, str]) -> str:
    organisation = names.get(row.actor_organisation, row.actor_organisation)
    if not organisation and row.actor_role == "operator":
        return gettext("本站运维员")
    return organisation or gettext("本站系统")


#: Purposes that are recorded as codes; the others are recorded in the words that people chose.
_PURPOSES = {
    EXPORT_PURPOSE: lambda: gettext("导出证据包"),
    PACKET_PURPOSE: lambda: gettext("寄给没有节点的机关办理"),
    HAND_OVER_PURPOSE: lambda: gettext("把代管的记录移交给机关自己"),
}
_BODIES = {
    "application": lambda: gettext("申请表"),
    "material": lambda: gettext("材料"),
    "correction": lambda: gettext("补正告知书"),
    "decision": lambda: gettext("决定书"),
    "result": lambda: gettext("办理结果"),
    PAPER: lambda: gettext("没有节点的机关寄来的文书"),
    "rating": lambda: gettext("评价"),
}
