"""What the applicant must or may do on a case, most pressing first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from tongban.core.cases.events import Verdict
from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState
from tongban.pages.ratings import may_rate
from tongban.pages.words import said
from tongban.projections.case_view import CaseView


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One thing to do: why in words, and one button; pressing: it comes before everything else."""

    title: str
    words: str
    button: str
    href: str
    pressing: bool


def tasks_of(view: CaseView) -> list[Task]:
    """The tasks of the applicant, most pressing first."""
    return [task for find in _TASKS for task in find(view)]


def must_correct(state: CaseState) -> bool:
    """Whether the applicant owes what a correction list asks for."""
    leg = state.leg
    return state.transit is None and leg is not None and leg.kind is LegKind.CORRECTION


def has_result(state: CaseState) -> bool:
    """Whether there is a result to be shown."""
    decided = state.decided
    return bool(decided and decided.verdict is Verdict.GRANTED and state.delivered)


def _correction(view: CaseView) -> Iterator[Task]:
    if not must_correct(view.state):
        return
    count = len(view.state.correction)
    yield Task(
        title=gettext("需要您补正"),
        words=ngettext(
            "有 %(count)s 处需要补正。请一次补齐，补齐后必须受理，不会再要别的。",
            "有 %(count)s 处需要补正。请一次补齐，补齐后必须受理，不会再要别的。",
            count,
        )
        % {"count": count},
        button=gettext("去补正"),
        href=reverse("portal:correction", args=[view.row.case]),
        pressing=True,
    )


def _result(view: CaseView) -> Iterator[Task]:
    if has_result(view.state):
        yield Task(
            title=gettext("结果已经送达"),
            words=gettext("可以在这里查看和下载。"),
            button=gettext("查看结果"),
            href=reverse("portal:document", args=[view.row.case, "result"]),
            pressing=False,
        )


def _decision(view: CaseView) -> Iterator[Task]:
    """A refusal opens a door: why, and what can be done."""
    state = view.state
    refused = state.decided and state.decided.verdict is Verdict.REFUSED and state.delivered
    if state.not_accepted_at or refused:
        yield Task(
            title=gettext("为什么，还能怎么办"),
            words=gettext(
                "理由写在决定书里。不服可以在六十日内申请行政复议，或者在六个月内提起行政诉讼；"
                "也可以直接问%(authority)s，电话 %(phone)s。"
            )
            % {
                "authority": said(view.item.organisation.name),
                "phone": view.item.direct_way.phone,
            },
            button=gettext("看决定书"),
            href=reverse("portal:document", args=[view.row.case, "decision"]),
            pressing=True,
        )


def _rating(view: CaseView) -> Iterator[Task]:
    if may_rate(view.state):
        yield Task(
            title=gettext("这次办得怎么样"),
            words=gettext("请评一评，办理单位要对评价作出回应。"),
            button=gettext("去评价"),
            href=reverse("portal:rating", args=[view.row.case]),
            pressing=False,
        )


_TASKS: tuple[Callable[[CaseView], Iterator[Task]], ...] = (
    _correction,
    _decision,
    _result,
    _rating,
)
