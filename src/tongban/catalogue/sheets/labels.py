"""Values of code sets as the standard's tables name them (GB/T 39046-2020, appendix A)."""

from collections.abc import Mapping
from types import MappingProxyType

from tongban.core.cases.events import Mode
from tongban.core.items.classification import (
    Audience,
    AuthorityNature,
    CaseType,
    CodeKind,
    ExerciseLevel,
    HandlingForm,
    HandlingScope,
    ItemType,
    ProcedureKind,
    Service,
)
from tongban.core.items.explanation import Aspect, Origin, Unit
from tongban.core.items.handling import ResultKind
from tongban.core.items.lists import ProviderPlace, Share
from tongban.core.items.material import MaterialKind, MaterialSource, Medium, Necessity

#: Value by the label that stands in the cell.
Labels = Mapping[str, str]


def _labels(values: Mapping[str, str]) -> Labels:
    return MappingProxyType({label: str(value) for value, label in values.items()})


CODE_KINDS = _labels({CodeKind.NATIONAL: "国标", CodeKind.LOCAL: "地方", CodeKind.LEGACY: "旧版"})
ITEM_TYPES = _labels(
    {
        ItemType.POWER: "行政权力事项",
        ItemType.LICENCE: "行政许可",
        ItemType.PENALTY: "行政处罚",
        ItemType.COERCION: "行政强制",
        ItemType.LEVY: "行政征收",
        ItemType.BENEFIT: "行政给付",
        ItemType.INSPECTION: "行政检查",
        ItemType.CONFIRMATION: "行政确认",
        ItemType.REWARD: "行政奖励",
        ItemType.ADJUDICATION: "行政裁决",
        ItemType.OTHER_POWER: "其他类别事项",
        ItemType.PUBLIC_SERVICE: "公共服务事项",
    }
)
LEVELS = _labels(
    {
        ExerciseLevel.NATIONAL: "国家级",
        ExerciseLevel.PROVINCIAL: "省级",
        ExerciseLevel.CITY: "市级",
        ExerciseLevel.COUNTY: "县级",
        ExerciseLevel.TOWNSHIP: "镇(乡、街道)级",
        ExerciseLevel.VILLAGE: "村(社区)级",
        ExerciseLevel.GRADED: "分级管理",
    }
)
NATURES = _labels(
    {
        AuthorityNature.STATUTORY: "法定机关",
        AuthorityNature.AUTHORISED: "授权组织",
        AuthorityNature.ENTRUSTED: "受委托组织",
        AuthorityNature.OTHER: "其他",
    }
)
AUDIENCES = _labels(
    {
        Audience.PERSON: "自然人",
        Audience.COMPANY: "企业法人",
        Audience.INSTITUTION: "事业法人",
        Audience.SOCIAL_ORGANISATION: "社会组织法人",
        Audience.AUTHORITY: "行政机关",
        Audience.OTHER: "其他组织",
    }
)
HANDLING_FORMS = _labels(
    {
        HandlingForm.WINDOW: "窗口办理",
        HandlingForm.WEB: "电脑端网上办理",
        HandlingForm.MOBILE: "移动端网上申请",
        HandlingForm.COURIER: "快递申请",
        HandlingForm.OTHER: "其他",
    }
)
CASE_TYPES = _labels(
    {CaseType.INSTANT: "即办件", CaseType.PROMISED: "承诺件", CaseType.OTHER: "其他"}
)
PROCEDURES = _labels(
    {ProcedureKind.EXTENSION: "延长审批", ProcedureKind.OTHER: "除延长审批之外的情况"}
)
SCOPES = _labels(
    {
        HandlingScope.NATIONWIDE: "全国",
        HandlingScope.PROVINCES: "跨省",
        HandlingScope.CITIES: "跨市",
        HandlingScope.COUNTIES: "跨县",
    }
)
#: Heading of the column of each service, and what it means.
SERVICES: Mapping[Service, tuple[str, str]] = MappingProxyType(
    {
        Service.HALL: ("是否进驻政务大厅", "In the service hall"),
        Service.APPOINTMENT: ("是否支持预约办理", "By appointment"),
        Service.ONLINE_PAYMENT: ("是否支持网上支付", "Paid online"),
        Service.COURIER: ("是否支持物流快递", "By courier"),
        Service.TERMINAL: ("是否支持自助终端办理", "At a terminal"),
    }
)
MODES = _labels({Mode.ALL_ONLINE: "全程网办", Mode.DELEGATED_INTAKE: "异地代收代办"})
MATERIAL_KINDS = _labels(
    {
        MaterialKind.ORIGINAL: "原件",
        MaterialKind.COPY: "复印件",
        MaterialKind.ORIGINAL_OR_COPY: "原件或复印件",
    }
)
MEDIUMS = _labels({Medium.PAPER: "纸质", Medium.ELECTRONIC: "电子", Medium.EITHER: "纸质或电子"})
NECESSITIES = _labels(
    {Necessity.REQUIRED: "必要", Necessity.OPTIONAL: "非必要", Necessity.MAY_FOLLOW: "容缺后补"}
)
SOURCES = _labels(
    {
        MaterialSource.APPLICANT: "申请人自备",
        MaterialSource.AUTHORITY: "政府部门核发",
        MaterialSource.OTHER: "其他",
    }
)
RESULT_KINDS = _labels(
    {
        ResultKind.LICENCE: "证照",
        ResultKind.CERTIFICATE: "证明",
        ResultKind.RECORD: "登记备案",
        ResultKind.PAYMENT: "款项",
    }
)
UNITS = _labels(
    {
        Unit.PERCENT: "百分比",
        Unit.YUAN: "元",
        Unit.MONTHS: "月",
        Unit.DAYS: "天",
        Unit.TIMES: "次",
    }
)
LISTS = _labels(
    {
        "data_used": "用数",
        "data_produced": "出数",
        "certificates_used": "用证",
        "certificates_issued": "出证",
    }
)
PROVIDER_PLACES = _labels(
    {
        ProviderPlace.NATION: "国家",
        ProviderPlace.PROVINCE: "本省",
        ProviderPlace.COMPETENT: "本地",
        ProviderPlace.ANYWHERE: "任何地方",
    }
)
SHARES = _labels(
    {
        Share.UNCONDITIONAL: "无条件共享",
        Share.CONDITIONAL: "有条件共享",
        Share.NOT_SHARED: "不予共享",
    }
)
ASPECTS = _labels({Aspect.NAME: "名称", Aspect.RULES: "规则", Aspect.LOCAL_VALUES: "本地数值"})
ORIGINS = _labels(
    {Origin.SOURCED: "有来源", Origin.MEMORY: "凭记忆", Origin.ILLUSTRATIVE: "演示用"}
)
