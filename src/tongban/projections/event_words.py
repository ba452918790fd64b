"""Words for the lines of a timeline, and the chip that says on what basis somebody acted."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext

from tongban.core.cases.events import Grade, Verdict
from tongban.core.entry import Basis, BasisKind
from tongban.core.grounds import words_for
from tongban.core.words import Words
from tongban.node.records import Side
from tongban.pages.components import BasisChip, LegEvent
from tongban.pages.sides import side_words
from tongban.pages.words import said
from tongban.projections.clauses import chip_for
from tongban.projections.models import TimelineRow

#: What happened; what the authority wrote, which stays in its language; what we add.
_Line = tuple[str, str, str]
#: What the steps of a case's process are called, by code.
StepWords = Mapping[str, Words]
_Teller = Callable[[TimelineRow, StepWords], _Line]


def leg_event(row: TimelineRow, steps: StepWords, side: Side | None = None) -> LegEvent:
    """One line of the timeline: what happened, what the authority wrote, what we add to it.

    side: where a keeper signed it.
    """
    said_words, detail, note = _WORDS.get(row.kind, _as_it_came)(row, steps)
    return LegEvent(
        at=row.at,
        words=said_words,
        detail=detail,
        note=" · ".join(part for part in (note, *_asides(row), side_words(side)) if part),
        chip=chip_of(row),
    )


def chip_of(row: TimelineRow) -> BasisChip | None:
    """On what the act rests; None for what an authority does in its own power."""
    if row.basis_kind not in set(BasisKind):
        return None
    return chip_for(
        Basis(
            kind=BasisKind(row.basis_kind),
            document=row.basis_document or None,
            clause=row.basis_clause or None,
        )
    )


def grade_words(grade: str) -> str:
    """好差评 in words; cities number the grades in opposite directions, so only words are shown."""
    known = _GRADES.get(grade)
    return known() if known else grade


def _asides(row: TimelineRow) -> tuple[str, ...]:
    refused = gettext("对方没有接受：%(why)s") % {"why": said(words_for(row.ground).why)}
    waiting = gettext("等待对方确认")
    return (
        refused if row.ground else "",
        waiting if not row.settled and not row.ground else "",
        gettext("由有权机关的系统报告") if row.reported_at else "",
    )


def _as_it_came(row: TimelineRow, _steps: StepWords) -> _Line:
    """An event of a newer version, which has no words here yet."""
    return row.kind, row.detail, ""


def _plain(words: Callable[[], str]) -> _Teller:
    return lambda _row, _steps: (words(), "", "")


def _with(words: Callable[[], str]) -> _Teller:
    return lambda row, _steps: (words(), row.detail, "")


def _step(row: TimelineRow, steps: StepWords) -> _Line:
    name = steps.get(row.detail)
    return gettext("办理环节"), "", said(name) if name else row.detail


def _decided(row: TimelineRow, _steps: StepWords) -> _Line:
    granted = row.detail == Verdict.GRANTED
    return (gettext("决定：准予") if granted else gettext("决定：不予办理")), "", ""


def _rated(row: TimelineRow, _steps: StepWords) -> _Line:
    return gettext("申请人评价"), "", grade_words(row.detail)


_WORDS: Mapping[str, _Teller] = {
    "CaseTakenIn": _plain(lambda: gettext("收件")),
    "CaseDispatched": _plain(lambda: gettext("发往有权机关")),
    "CaseOpened": _plain(lambda: gettext("有权机关已打开")),
    "CaseAccepted": _with(lambda: gettext("受理")),
    "CaseNotAccepted": _plain(lambda: gettext("不予受理")),
    "CaseDeemedAccepted": _plain(lambda: gettext("逾期未告知，视为受理")),
    "DeemedAcceptanceReversed": _plain(lambda: gettext("撤销视为受理：有权机关已按时处理")),
    "CorrectionNotified": _plain(lambda: gettext("一次性告知需要补正的内容")),
    "CorrectionCompleted": _plain(lambda: gettext("补正完成，交有权机关")),
    "StepReported": _step,
    "CaseDecided": _decided,
    "ResultDelivered": _plain(lambda: gettext("送达申请人")),
    "CaseRated": _rated,
    "WithdrawalRequested": _plain(lambda: gettext("申请人要求撤回")),
    "CaseWithdrawn": _plain(lambda: gettext("已撤回")),
    "HandoverRecalled": _plain(lambda: gettext("收回转送")),
    "IntentSettled": _plain(lambda: gettext("等待发出的一步没有办成")),
}

_GRADES: Mapping[str, Callable[[], str]] = {
    Grade.VERY_SATISFIED: lambda: gettext("非常满意"),
    Grade.SATISFIED: lambda: gettext("满意"),
    Grade.BASICALLY_SATISFIED: lambda: gettext("基本满意"),
    Grade.DISSATISFIED: lambda: gettext("不满意"),
    Grade.VERY_DISSATISFIED: lambda: gettext("非常不满意"),
}
