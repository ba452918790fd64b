"""Which lines a clause or the head of an agreement can say in fields, and of what each consists."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from tongban.agreements.labels import Say
from tongban.agreements.negotiations.forms.parts import (
    ChoicePart,
    ChoicesPart,
    DayPart,
    MoneyPart,
    NumberPart,
    Part,
    PartiesPart,
    PartyPart,
    TextPart,
    WordsPart,
)
from tongban.agreements.negotiations.forms.window_posts import PostsPart
from tongban.core.agreements.agreement import LegalityReview, PublicationDuty
from tongban.core.agreements.clauses import LiaisonOffice
from tongban.core.agreements.provisions import (
    Bearer,
    Bound,
    Carrier,
    Compensation,
    CompensationUnit,
    DataLine,
    DataList,
    DisputeStage,
    Indicator,
    IndicatorPeriod,
    IndicatorUnit,
    JoiningCost,
    LiabilityLine,
    LiabilityMatter,
    MaterialsStandard,
    PaperKind,
    Payer,
    SecurityDuty,
    Transport,
    Window,
)
from tongban.core.items.lists import Share


@dataclass(frozen=True, kw_only=True, slots=True)
class LineKind:
    """One kind; made: the class of its lines. of_head: they stand beside the clauses."""

    made: type
    words: Say
    parts: tuple[Part, ...]
    of_head: bool = False


def _days() -> str:
    return gettext("几个工作日以内")


def _amount() -> str:
    return gettext("金额（元）")


def _purpose() -> str:
    return gettext("用途")


#: By the field of the clause or of the agreement in which the lines stand.
LINE_KINDS: Mapping[str, LineKind] = {
    "liaison": LineKind(
        made=LiaisonOffice,
        words=lambda: gettext("联络机构"),
        parts=(
            PartyPart(name="node", label=lambda: gettext("哪一方")),
            WordsPart(name="office", label=lambda: gettext("机构（不写姓名）")),
            TextPart(name="phone", label=lambda: gettext("电话")),
        ),
    ),
    "windows": LineKind(
        made=Window,
        words=lambda: gettext("专窗和岗位"),
        parts=(
            PartyPart(name="node", label=lambda: gettext("哪一方")),
            WordsPart(name="name", label=lambda: gettext("专窗名称")),
            WordsPart(name="address", label=lambda: gettext("专窗地址")),
            PostsPart(name="functions"),
        ),
    ),
    "transports": LineKind(
        made=Transport,
        words=lambda: gettext("材料流转"),
        parts=(
            PartyPart(name="sender", label=lambda: gettext("谁寄出")),
            PartyPart(name="receiver", label=lambda: gettext("谁收到")),
            ChoicesPart(name="papers", label=lambda: gettext("寄什么"), codes=PaperKind),
            ChoicePart(name="carrier", label=lambda: gettext("怎么寄"), codes=Carrier),
            ChoicePart(name="payer", label=lambda: gettext("费用谁出"), codes=Payer),
        ),
    ),
    "standards": LineKind(
        made=MaterialsStandard,
        words=lambda: gettext("统一材料标准"),
        parts=(
            TextPart(name="basic_code", label=lambda: gettext("基本编码（12 位）")),
            WordsPart(name="title", label=lambda: gettext("标准名称")),
            NumberPart(name="version", label=lambda: gettext("第几版")),
            TextPart(name="digest", label=lambda: gettext("标准的文件指纹"), optional=True),
        ),
    ),
    "data": LineKind(
        made=DataLine,
        words=lambda: gettext("数据和证照（四清单）"),
        parts=(
            PartyPart(name="node", label=lambda: gettext("在哪一方的清单上")),
            ChoicePart(name="list", label=lambda: gettext("哪张清单"), codes=DataList),
            TextPart(name="code", label=lambda: gettext("清单上的代码")),
            WordsPart(name="name", label=lambda: gettext("数据或者证照的名称")),
            WordsPart(name="provider", label=lambda: gettext("提供单位")),
            ChoicePart(name="share", label=lambda: gettext("共享属性"), codes=Share),
        ),
    ),
    "security": LineKind(
        made=SecurityDuty,
        words=lambda: gettext("安全责任"),
        parts=(
            PartiesPart(name="nodes", label=lambda: gettext("由哪些缔约方承担")),
            WordsPart(name="duty", label=lambda: gettext("要做什么"), long=True),
        ),
    ),
    "liability": LineKind(
        made=LiabilityLine,
        words=lambda: gettext("责任划分"),
        parts=(
            ChoicePart(name="matter", label=lambda: gettext("什么情形"), codes=LiabilityMatter),
            ChoicePart(name="bearer", label=lambda: gettext("谁负责"), codes=Bearer),
            WordsPart(name="remedy", label=lambda: gettext("怎么处理"), long=True),
            NumberPart(name="working_days", label=_days),
        ),
    ),
    "indicators": LineKind(
        made=Indicator,
        words=lambda: gettext("考核指标"),
        parts=(
            WordsPart(name="name", label=lambda: gettext("指标名称")),
            ChoicePart(name="bound", label=lambda: gettext("达标是不低于还是不超过"), codes=Bound),
            NumberPart(name="threshold", label=lambda: gettext("阈值"), least=0),
            ChoicePart(name="unit", label=lambda: gettext("按什么计"), codes=IndicatorUnit),
            ChoicePart(name="period", label=lambda: gettext("多久算一次"), codes=IndicatorPeriod),
        ),
    ),
    "compensation": LineKind(
        made=Compensation,
        words=lambda: gettext("补偿"),
        parts=(
            PartyPart(name="payer", label=lambda: gettext("谁付")),
            PartyPart(name="payee", label=lambda: gettext("付给谁")),
            ChoicePart(name="per", label=lambda: gettext("按什么算"), codes=CompensationUnit),
            MoneyPart(name="amount_fen", label=_amount),
            WordsPart(name="purpose", label=_purpose),
        ),
    ),
    "costs": LineKind(
        made=JoiningCost,
        words=lambda: gettext("加入费用"),
        parts=(
            PartyPart(name="joining", label=lambda: gettext("谁加入")),
            PartyPart(name="bearer", label=lambda: gettext("谁承担")),
            MoneyPart(name="amount_fen", label=_amount),
            WordsPart(name="purpose", label=_purpose),
        ),
    ),
    "disputes": LineKind(
        made=DisputeStage,
        words=lambda: gettext("争议处理的层级"),
        parts=(
            WordsPart(name="body", label=lambda: gettext("由谁处理")),
            NumberPart(name="working_days", label=_days),
        ),
    ),
    "reviews": LineKind(
        made=LegalityReview,
        words=lambda: gettext("合法性审核"),
        parts=(
            PartyPart(name="party", label=lambda: gettext("哪一方")),
            WordsPart(name="office", label=lambda: gettext("审核机构")),
            TextPart(name="number", label=lambda: gettext("审核意见的编号")),
            DayPart(name="reviewed_on", label=lambda: gettext("哪天审核的")),
        ),
        of_head=True,
    ),
    "publications": LineKind(
        made=PublicationDuty,
        words=lambda: gettext("生效前的公布"),
        parts=(
            PartyPart(name="party", label=lambda: gettext("哪一方")),
            WordsPart(name="where", label=lambda: gettext("在哪里公布（网站、公报）")),
            DayPart(name="publish_by", label=lambda: gettext("最晚哪天公布")),
        ),
        of_head=True,
    ),
}
