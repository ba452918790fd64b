"""What clauses agree in fields and people carry out: shown and compared, not enforced.

Offices and functions stand here, never persons (spec/agreements.md, "Provisions").
"""

from dataclasses import dataclass
from enum import StrEnum

from tongban.core.items.lists import Share
from tongban.core.words import Words


class PaperKind(StrEnum):
    """What travels on paper between two places."""

    APPLICATION = "application"  # 申请材料
    RESULT = "result"  # 办理结果
    ARCHIVE = "archive"  # 归档原件


class Carrier(StrEnum):
    """How paper travels."""

    POST = "post"  # 邮政寄递
    COURIER = "courier"  # 快递
    MESSENGER = "messenger"  # 专人递送


class Payer(StrEnum):
    """Who pays for the transport of paper."""

    SENDER = "sender"  # 寄出方
    RECEIVER = "receiver"  # 收件方
    APPLICANT = "applicant"  # 申请人


class DataList(StrEnum):
    """Which of the four lists (四清单) a line stands on; the names of an item's own lists."""

    DATA_USED = "data_used"  # 用数
    DATA_PRODUCED = "data_produced"  # 出数
    CERTIFICATES_USED = "certificates_used"  # 用证
    CERTIFICATES_ISSUED = "certificates_issued"  # 出证


class LiabilityMatter(StrEnum):
    """What somebody has to answer for."""

    IRREGULAR_INTAKE = "irregular_intake"  # 违规办件
    OVERDUE = "overdue"  # 办件超期
    LOST_IN_POST = "lost_in_post"  # 材料邮寄遗失
    COMPLAINT = "complaint"  # 投诉


class Bearer(StrEnum):
    """Who answers, seen from the case."""

    INTAKE = "intake"  # 收件方
    COMPETENT = "competent"  # 有权机关一方
    HOLDER = "holder"  # 当时的持件方
    SENDER = "sender"  # 寄出方


class Bound(StrEnum):
    """On which side of the threshold an indicator is met."""

    AT_LEAST = "at_least"  # 不低于
    AT_MOST = "at_most"  # 不超过


class IndicatorUnit(StrEnum):
    """What a threshold counts."""

    PERCENT = "percent"  # 百分比
    WORKING_DAYS = "working_days"  # 工作日
    CASES = "cases"  # 件


class IndicatorPeriod(StrEnum):
    """The time over which an indicator is taken."""

    MONTH = "month"  # 每月
    QUARTER = "quarter"  # 每季度
    YEAR = "year"  # 每年


class CompensationUnit(StrEnum):
    """What an amount is paid for."""

    CASE = "case"  # 每件
    YEAR = "year"  # 每年


class NoticeMatter(StrEnum):
    """What has to be announced before it happens."""

    AMENDMENT = "amendment"  # 变更
    RENEWAL = "renewal"  # 续签
    EXIT = "exit"  # 退出
    TERMINATION = "termination"  # 终止


@dataclass(frozen=True, kw_only=True, slots=True)
class Transport:
    """How papers go from one party to another (材料流转); sender, receiver: node names."""

    sender: str
    receiver: str
    papers: tuple[PaperKind, ...]
    carrier: Carrier
    payer: Payer


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowFunction:
    """A post (岗位) behind a window and its duties; who holds it stands nowhere."""

    name: Words
    duties: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """A counter for the partners' items (专窗)."""

    node: str
    name: Words
    address: Words
    functions: tuple[WindowFunction, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MaterialsStandard:
    """The common standard (统一材料标准) that all parties keep for one basic item.

    digest: of the standard's document, "" where only its version is agreed.
    """

    basic_code: str
    title: Words
    version: int
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DataLine:
    """A line of a party's four lists that the agreement opens.

    node: the party on whose list it stands. code: as items name the line. provider: the office
    that gives the data or certificate.
    """

    node: str
    list: DataList
    code: str
    name: Words
    provider: Words
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class SecurityDuty:
    """What these parties do for secrecy and personal data (安全责任)."""

    nodes: tuple[str, ...]
    duty: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class LiabilityLine:
    """Who answers for what, how it is made good, and within how many working days."""

    matter: LiabilityMatter
    bearer: Bearer
    remedy: Words
    working_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """A figure that the parties are measured by (考核指标), and its threshold."""

    name: Words
    bound: Bound
    threshold: int
    unit: IndicatorUnit
    period: IndicatorPeriod


@dataclass(frozen=True, kw_only=True, slots=True)
class Compensation:
    """What one party pays another for its work (补偿机制); amount_fen: in hundredths of a yuan."""

    payer: str
    payee: str
    per: CompensationUnit
    amount_fen: int
    purpose: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class JoiningCost:
    """What it took that a party joined (扩面成本), and who bore it; amount_fen: as above."""

    joining: str
    bearer: str
    amount_fen: int
    purpose: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeStage:
    """One level of the path of a dispute, in its order, and its working days."""

    body: Words
    working_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """How many calendar days before it happens this is announced to every party."""

    matter: NoticeMatter
    days: int

    @property
    def ends(self) -> bool:
        """Whether it is about a party that ends the agreement; the software holds it to that."""
        return self.matter in {NoticeMatter.EXIT, NoticeMatter.TERMINATION}
