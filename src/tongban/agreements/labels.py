"""Codes of agreements in words."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext

from tongban.core.agreements.document import Level, RunOff
from tongban.core.agreements.template import TemplateScope
from tongban.core.cases.events import Mode
from tongban.core.cases.process import LegKind, Power

Say = Callable[[], str]


def scope_words(scope: TemplateScope) -> str:
    """For whom a template is meant."""
    return _SCOPES[scope]()


def power_words(power: Power) -> str:
    """One power."""
    return _POWERS[power]()


def mode_words(mode: Mode) -> str:
    """One way of handling."""
    return _MODES[mode]()


def level_words(level: Level) -> str:
    """How high a party stands."""
    return _LEVELS[level]()


def leg_words(leg: LegKind) -> str:
    """One leg of a case."""
    return _LEGS[leg]()


def run_off_words(run_off: RunOff) -> str:
    """What becomes of cases under way."""
    return _RUN_OFFS[run_off]()


def ground_words(code: str) -> str:
    """Why somebody suspended; a code that only the partner uses is shown as it is."""
    say = SUSPENSION_GROUNDS.get(code)
    return say() if say else code


def termination_words(code: str) -> str:
    """Why somebody ended it; a code that only the partner uses is shown as it is."""
    say = TERMINATION_GROUNDS.get(code)
    return say() if say else code


def listed(names: Iterable[str]) -> str:
    """One after the other."""
    return gettext("、").join(names)


#: Grounds that officers choose from; the log keeps the code, which names nobody.
SUSPENSION_GROUNDS: Mapping[str, Say] = {
    "irregular_intake": lambda: gettext("收件不规范"),
    "overdue_handling": lambda: gettext("多次超期"),
    "lost_papers": lambda: gettext("材料或者邮件遗失"),
    "data_security": lambda: gettext("数据安全问题"),
    "law_changed": lambda: gettext("法律法规或者清单有变化"),
    "audit": lambda: gettext("等待审计或者检查"),
}
TERMINATION_GROUNDS: Mapping[str, Say] = {
    "changed_policy": lambda: gettext("政策有变化"),
    "law_changed": lambda: gettext("法律法规或者清单有变化"),
    "no_demand": lambda: gettext("没有需求了"),
    "by_consent": lambda: gettext("各方商定不再合作"),
    "not_kept": lambda: gettext("对方没有照协议办"),
}
WITHDRAWAL_GROUNDS: Mapping[str, Say] = {
    "text_flawed": lambda: gettext("文本有错"),
    "changed_policy": lambda: gettext("政策有变化"),
    "law_changed": lambda: gettext("法律法规或者清单有变化"),
    "no_demand": lambda: gettext("没有需求了"),
}
_SCOPES: Mapping[TemplateScope, Say] = {
    TemplateScope.NATIONAL: lambda: gettext("全国通用"),
    TemplateScope.ALLIANCE: lambda: gettext("联盟内用"),
    TemplateScope.OWN: lambda: gettext("本地自用"),
}
_POWERS: Mapping[Power, Say] = {
    Power.RECEIVE: lambda: gettext("代为收件"),
    Power.NOTIFY: lambda: gettext("代为一次性告知"),
    Power.CHECK_ORIGINALS: lambda: gettext("原件核验"),
    Power.REVIEW: lambda: gettext("初审"),
    Power.DELIVER: lambda: gettext("代为送达"),
    Power.PRINT: lambda: gettext("代为打印"),
}
_MODES: Mapping[Mode, Say] = {
    Mode.ALL_ONLINE: lambda: gettext("全程网办"),
    Mode.DELEGATED_INTAKE: lambda: gettext("异地代收代办"),
}
_LEVELS: Mapping[Level, Say] = {
    Level.STATE: lambda: gettext("国家"),
    Level.PROVINCE: lambda: gettext("省级"),
    Level.PREFECTURE: lambda: gettext("市级"),
    Level.DISTRICT: lambda: gettext("区县级"),
}
_LEGS: Mapping[LegKind, Say] = {
    LegKind.INTAKE: lambda: gettext("收件后转交"),
    LegKind.TRANSIT: lambda: gettext("在途"),
    LegKind.ACCEPTANCE: lambda: gettext("受理或者一次性告知"),
    LegKind.CORRECTION: lambda: gettext("等申请人补正"),
    LegKind.REVIEW: lambda: gettext("审查决定"),
    LegKind.DELIVERY: lambda: gettext("送达结果"),
}
_RUN_OFFS: Mapping[RunOff, Say] = {
    RunOff.FINISH: lambda: gettext("在办的件照常办完"),
    RunOff.STOP: lambda: gettext("在办的件也停办"),
}
