"""How a text calls the values that documents write as codes."""

from collections.abc import Mapping
from enum import StrEnum

from tongban.core.agreements.agreement import Level
from tongban.core.agreements.clauses import RunOff
from tongban.core.agreements.provisions import (
    Bearer,
    Bound,
    Carrier,
    CompensationUnit,
    DataList,
    IndicatorPeriod,
    IndicatorUnit,
    LiabilityMatter,
    NoticeMatter,
    PaperKind,
    Payer,
)
from tongban.core.cases.events import Mode
from tongban.core.cases.process import LegKind, Power
from tongban.core.items.lists import Share
from tongban.core.words import Words


def words_of(value: StrEnum) -> Words:
    """The value in words; every value of a kind that agreements use has some."""
    zh, en = _WORDS[type(value)][value]
    return Words(zh=zh, en=en)


#: By kind first: values of two kinds may be written alike.
_WORDS: Mapping[type[StrEnum], Mapping[StrEnum, tuple[str, str]]] = {
    Level: {
        Level.STATE: ("国家级", "state"),
        Level.PROVINCE: ("省级", "province"),
        Level.PREFECTURE: ("地市级", "prefecture"),
        Level.DISTRICT: ("区县级", "district"),
    },
    Mode: {
        Mode.ALL_ONLINE: ("全程网办", "all online"),
        Mode.DELEGATED_INTAKE: ("异地代收代办", "delegated intake"),
    },
    Power: {
        Power.RECEIVE: ("收件", "receive"),
        Power.NOTIFY: ("代为一次性告知", "give the one notice"),
        Power.CHECK_ORIGINALS: ("原件核验", "check originals"),
        Power.REVIEW: ("初审", "first review"),
        Power.DELIVER: ("送达", "deliver"),
        Power.PRINT: ("打印", "print"),
    },
    LegKind: {
        LegKind.INTAKE: ("收件", "intake"),
        LegKind.TRANSIT: ("转递", "transit"),
        LegKind.ACCEPTANCE: ("受理", "acceptance"),
        LegKind.CORRECTION: ("补正", "correction"),
        LegKind.REVIEW: ("审查", "review"),
        LegKind.DELIVERY: ("送达", "delivery"),
    },
    RunOff: {
        RunOff.FINISH: ("按照本协议办完为止", "are finished under this agreement"),
        RunOff.STOP: ("停止办理", "are stopped"),
    },
    PaperKind: {
        PaperKind.APPLICATION: ("申请材料", "application papers"),
        PaperKind.RESULT: ("办理结果", "results"),
        PaperKind.ARCHIVE: ("归档原件", "originals for the archive"),
    },
    Carrier: {
        Carrier.POST: ("邮政寄递", "post"),
        Carrier.COURIER: ("快递", "courier"),
        Carrier.MESSENGER: ("专人递送", "messenger"),
    },
    Payer: {
        Payer.SENDER: ("寄出方", "sender"),
        Payer.RECEIVER: ("接收方", "receiver"),
        Payer.APPLICANT: ("申请人", "applicant"),
    },
    DataList: {
        DataList.DATA_USED: ("用数清单", "data used"),
        DataList.DATA_PRODUCED: ("出数清单", "data produced"),
        DataList.CERTIFICATES_USED: ("用证清单", "certificates used"),
        DataList.CERTIFICATES_ISSUED: ("出证清单", "certificates issued"),
    },
    Share: {
        Share.UNCONDITIONAL: ("无条件共享", "unconditional"),
        Share.CONDITIONAL: ("有条件共享", "conditional"),
        Share.NOT_SHARED: ("不予共享", "not shared"),
    },
    LiabilityMatter: {
        LiabilityMatter.IRREGULAR_INTAKE: ("违规办件", "irregular intake"),
        LiabilityMatter.OVERDUE: ("办件超期", "overdue handling"),
        LiabilityMatter.LOST_IN_POST: ("材料邮寄遗失", "papers lost in the post"),
        LiabilityMatter.COMPLAINT: ("投诉", "complaint"),
    },
    Bearer: {
        Bearer.INTAKE: ("收件方", "intake party"),
        Bearer.COMPETENT: ("有权机关一方", "competent party"),
        Bearer.HOLDER: ("当时的持件方", "holder at the time"),
        Bearer.SENDER: ("寄出方", "sender"),
    },
    Bound: {
        Bound.AT_LEAST: ("不低于", "at least"),
        Bound.AT_MOST: ("不超过", "at most"),
    },
    IndicatorUnit: {
        IndicatorUnit.PERCENT: ("%", "%"),
        IndicatorUnit.WORKING_DAYS: ("个工作日", " working days"),
        IndicatorUnit.CASES: ("件", " cases"),
    },
    IndicatorPeriod: {
        IndicatorPeriod.MONTH: ("每月", "month"),
        IndicatorPeriod.QUARTER: ("每季度", "quarter"),
        IndicatorPeriod.YEAR: ("每年", "year"),
    },
    CompensationUnit: {
        CompensationUnit.CASE: ("每件", "case"),
        CompensationUnit.YEAR: ("每年", "year"),
    },
    NoticeMatter: {
        NoticeMatter.AMENDMENT: ("变更", "amendment"),
        NoticeMatter.RENEWAL: ("续签", "renewal"),
        NoticeMatter.EXIT: ("退出", "exit"),
        NoticeMatter.TERMINATION: ("终止", "termination"),
    },
}
