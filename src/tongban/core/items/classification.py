"""Code sets by which items are sorted (GB/T 39046-2020, appendix A)."""

from enum import StrEnum


class ItemType(StrEnum):
    """事项类型 (A.1); which legal clock runs depends on it."""

    POWER = "00"  # 行政权力事项
    LICENCE = "01"  # 行政许可
    PENALTY = "02"  # 行政处罚
    COERCION = "03"  # 行政强制
    LEVY = "04"  # 行政征收
    BENEFIT = "05"  # 行政给付
    INSPECTION = "06"  # 行政检查
    CONFIRMATION = "07"  # 行政确认
    REWARD = "08"  # 行政奖励
    ADJUDICATION = "09"  # 行政裁决
    OTHER_POWER = "10"  # 其他类别事项
    PUBLIC_SERVICE = "20"  # 公共服务事项


class ExerciseLevel(StrEnum):
    """行使层级 (A.2); the nineteenth character of an implementation code."""

    NATIONAL = "1"  # 国家级
    PROVINCIAL = "2"  # 省级
    CITY = "3"  # 市级
    COUNTY = "4"  # 县级
    TOWNSHIP = "5"  # 镇(乡、街道)级
    VILLAGE = "6"  # 村(社区)级
    GRADED = "7"  # 分级管理


class AuthorityNature(StrEnum):
    """实施主体性质 (A.3)."""

    STATUTORY = "1"  # 法定机关
    AUTHORISED = "2"  # 授权组织
    ENTRUSTED = "3"  # 受委托组织
    OTHER = "9"  # 其他


class Audience(StrEnum):
    """服务对象 (A.4)."""

    PERSON = "1"
    COMPANY = "2"
    INSTITUTION = "3"
    SOCIAL_ORGANISATION = "4"
    AUTHORITY = "5"
    OTHER = "6"


class HandlingForm(StrEnum):
    """办理形式 (A.5): by which door one may come in."""

    WINDOW = "1"  # 窗口办理
    WEB = "2"  # 电脑端网上办理
    MOBILE = "3"  # 移动端网上申请
    COURIER = "4"  # 快递申请
    OTHER = "9"  # 其他


class CaseType(StrEnum):
    """办件类型 (A.6): done while one waits, or promised for a day."""

    INSTANT = "1"  # 即办件
    PROMISED = "2"  # 承诺件
    OTHER = "9"  # 其他


class ProcedureKind(StrEnum):
    """特别程序种类 (A.7)."""

    EXTENSION = "1"  # 延长审批
    OTHER = "2"  # 除延长审批之外的情况


class HandlingScope(StrEnum):
    """通办范围: from how far away the item can be handled."""

    NATIONWIDE = "nationwide"  # 全国
    PROVINCES = "provinces"  # 跨省
    CITIES = "cities"  # 跨市
    COUNTIES = "counties"  # 跨县


class CodeKind(StrEnum):
    """Which rule a code follows; only national ones are checked strictly."""

    NATIONAL = "national"
    LOCAL = "local"
    LEGACY = "legacy"


class Service(StrEnum):
    """What the place offers beside the decision (GB/T 39046-2020, 实施清单扩展信息)."""

    HALL = "hall"  # 进驻政务大厅
    APPOINTMENT = "appointment"  # 预约办理
    ONLINE_PAYMENT = "online_payment"  # 网上支付
    COURIER = "courier"  # 物流快递
    TERMINAL = "terminal"  # 自助终端办理
