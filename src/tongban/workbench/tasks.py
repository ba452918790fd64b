"""What the counter must or may do on a case, as the node would allow it now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.body import Body
from tongban.core.cases.commands import (
    CaseCommand,
    CompleteCorrection,
    ConfirmWithdrawal,
    Deliver,
    Dispatch,
)
from tongban.core.cases.events import MaterialForm, MaterialLine, PersonCheck
from tongban.core.cases.process import LegKind, Power
from tongban.core.cases.state import CaseState
from tongban.core.entry import Actor, ActorKind
from tongban.core.refusal import Refusal
from tongban.pages.components import BasisChip, RefusalView
from tongban.pages.node_access import current_node, now
from tongban.pages.ratings import may_rate
from tongban.pages.refusals import refusal_view
from tongban.projections.case_view import CaseView
from tongban.projections.clauses import chip_for
from tongban.workbench.considering import basis_of
from tongban.workbench.missing_powers import MissingPower, missing_power

#: The applicant, who stands at the counter and says so there.
AT_THE_COUNTER = Actor(kind=ActorKind.APPLICANT)
#: Why bodies are read back before they are sent again.
_SENDING = "再次发出"


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One thing to do: why in words, one button, and its basis.

    posts: the button acts at once, otherwise it leads to a page. pressing: the counter owes it.
    refusal: why it cannot be done although it is owed. missing: the power that no clause gives.
    """

    title: str
    words: str
    button: str
    href: str
    posts: bool = False
    pressing: bool = True
    chip: BasisChip | None = None
    refusal: RefusalView | None = None
    missing: MissingPower | None = None


def tasks_of(view: CaseView, clerk: Person) -> list[Task]:
    """The tasks of the counter, most pressing first."""
    actor = actor_of(clerk, Role.COUNTER_CLERK)
    return [task for find in _TASKS for task in find(view, actor)]


def correction_sample(view: CaseView, actor: Actor) -> CaseCommand:
    """A correction with everything that the list asks for; it is never executed."""
    lines = tuple(
        MaterialLine(code=line.code, form=MaterialForm.ORIGINAL_SEEN)
        for line in view.state.correction
        if view.item.material(line.code)
    )
    return CompleteCorrection(
        case=view.row.case,
        actor=actor,
        bodies=(Body(name="application", media="application/json", content=b""),),
        materials=lines,
        completed_at=now(),
    )


def delivery_sample(view: CaseView, actor: Actor) -> CaseCommand:
    """A delivery in the way that was chosen; it is never executed."""
    return Deliver(
        case=view.row.case,
        actor=actor,
        method=view.state.delivery,
        person_check=PersonCheck.ID_CARD_SEEN,
        tracking="SAMPLE",
    )


def stop(number: str, actor: Actor) -> CaseCommand:
    """The holder's answer to a request for withdrawal."""
    return ConfirmWithdrawal(case=number, actor=actor)


def dispatch_again(view: CaseView, clerk: Person) -> Dispatch:
    """The same hand-over with the same papers; reading them back is recorded."""
    actor = actor_of(clerk, Role.COUNTER_CLERK)
    found = (
        current_node().find_body(view.row.case, name, reader=actor, purpose=_SENDING)
        for name in view.state.bodies
    )
    return Dispatch(
        case=view.row.case,
        actor=actor,
        bodies=tuple(body for body in found if body is not None),
    )


def _correct(view: CaseView, actor: Actor) -> Iterator[Task]:
    leg = view.state.leg
    if view.state.transit or leg is None or leg.kind is not LegKind.CORRECTION:
        return
    count = len(view.state.correction)
    yield _task(
        view,
        correction_sample(view, actor),
        Task(
            title=gettext("等申请人来补正"),
            words=ngettext(
                "有 %(count)s 处要补。请打电话通知申请人；带来后在这里核对、扫描，一次交齐。",
                "有 %(count)s 处要补。请打电话通知申请人；带来后在这里核对、扫描，一次交齐。",
                count,
            )
            % {"count": count},
            button=gettext("收补正材料"),
            href=reverse("workbench:correction", args=[view.row.case]),
        ),
    )


def _deliver(view: CaseView, actor: Actor) -> Iterator[Task]:
    state = view.state
    if not state.decided or state.delivered or state.transit or state.holder != state.intake_party:
        return
    yield _task(
        view,
        delivery_sample(view, actor),
        Task(
            title=gettext("结果等着送达"),
            words=gettext("有权机关已经决定。按申请人选的方式送达，送达后办结。"),
            button=gettext("办理送达"),
            href=reverse("workbench:delivery", args=[view.row.case]),
        ),
        Power.DELIVER,
    )


def _send(view: CaseView, actor: Actor) -> Iterator[Task]:
    state = view.state
    if state.dispatched_on or state.transit or view.row.waiting or not _at_counter(state):
        return
    command = Dispatch(case=view.row.case, actor=actor)
    task = Task(
        title=gettext("还没有发到有权机关"),
        words=gettext("收件时间已经记下，不会因此变晚。"),
        button=gettext("再次发出"),
        href=reverse("workbench:send_again", args=[view.row.case]),
        posts=True,
    )
    found = basis_of(command)
    if isinstance(found, Refusal) and found.ground == AgreementGround.DAILY_LIMIT_REACHED:
        yield replace(task, words=gettext("今天已经到了协议约定的上限，按下后明天自动发出。"))
    else:
        yield _task(view, command, task)
    if isinstance(found, Refusal):
        yield from _send_as_own(view)


def _at_counter(state: CaseState) -> bool:
    """Whether nothing stops it here; not while the applicant has to supply something first."""
    return state.leg is not None and state.leg.kind is LegKind.INTAKE


def _send_as_own(view: CaseView) -> Iterator[Task]:
    """What no agreement carries, applicants may hand in by themselves; the instant stays."""
    command = Dispatch(case=view.row.case, actor=AT_THE_COUNTER)
    if isinstance(basis_of(command), Refusal):
        return
    task = Task(
        title=gettext("申请人可以以本人名义递交"),
        words=gettext(
            "本人申请任何协议都不能拒绝。窗口收件的时间随件送到；有权机关是否从那时起算，"
            "看收件所依据条款所在协议的收尾规则：照常办完的算，停办的不算。请申请人在窗口确认后再按。"
        ),
        button=gettext("以本人名义递交"),
        href=reverse("workbench:send_as_own", args=[view.row.case]),
        posts=True,
        pressing=False,
    )
    yield _task(view, command, task)


def _withdraw(view: CaseView, actor: Actor) -> Iterator[Task]:
    if not view.state.withdrawal_requested_at or view.state.withdrawn_at:
        return
    command = stop(view.row.case, actor)
    if isinstance(basis_of(command), Refusal):
        return
    yield Task(
        title=gettext("申请人要求撤回"),
        words=gettext("确认后办件停止，申请人可以重新申请。"),
        button=gettext("确认撤回"),
        href=reverse("workbench:confirm_withdrawal", args=[view.row.case]),
        posts=True,
    )


def _rate(view: CaseView, _actor: Actor) -> Iterator[Task]:
    if view.state.ended and may_rate(view.state):
        yield Task(
            title=gettext("申请人可以评价"),
            words=gettext("申请人还在窗口的，请评一评；办理单位要对评价作出回应。"),
            button=gettext("请申请人评价"),
            href=reverse("workbench:rating", args=[view.row.case]),
            pressing=False,
        )


def _task(view: CaseView, sample: CaseCommand, task: Task, power: Power = Power.RECEIVE) -> Task:
    """The task with its basis; where the node would refuse it, with the reason instead.

    power: that under which the act falls.
    """
    answer = basis_of(sample)
    if isinstance(answer, Refusal):
        missing = missing_power(answer, view.item, power, view.state.mode)
        return replace(task, refusal=refusal_view(answer, view.item), missing=missing)
    return replace(task, chip=chip_for(answer))


_TASKS: tuple[Callable[[CaseView, Actor], Iterator[Task]], ...] = (
    _correct,
    _deliver,
    _send,
    _withdraw,
    _rate,
)
