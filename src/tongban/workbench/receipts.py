"""收件凭证: what the applicant takes home from the counter."""

from collections.abc import Iterator
from dataclasses import dataclass

import segno
from django.utils.translation import gettext, ngettext

from tongban.core.cases.events import Delivery
from tongban.core.items.classification import ItemType
from tongban.core.items.place import Place
from tongban.pages.places import place_of
from tongban.pages.words import said
from tongban.projections.case_view import CaseView
from tongban.workbench.delivering import is_delivered_here
from tongban.workbench.labels import check_words, delivery_words, form_words


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptLine:
    """One material that was taken in: its name, and in which form."""

    name: str
    form: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """Everything on the receipt beside the case; code: the number as a picture to scan."""

    place: Place | None
    code: str
    check: str
    delivery: str
    lines: tuple[ReceiptLine, ...]
    next_steps: tuple[str, ...]


def receipt_of(view: CaseView) -> Receipt:
    """The receipt of a case that a counter took in."""
    intake, item = view.state.intake, view.item
    named = ((item.material(line.code), line) for line in intake.materials)
    return Receipt(
        place=place_of(intake.place),
        code=segno.make(view.row.case, error="m").svg_data_uri(scale=4, border=2),
        check=check_words(intake.person_check),
        delivery=delivery_of(view),
        lines=tuple(
            ReceiptLine(
                name=said(material.name) if material else line.code, form=form_words(line.form)
            )
            for material, line in named
        ),
        next_steps=tuple(_next_steps(view)),
    )


def _next_steps(view: CaseView) -> Iterator[str]:
    item = view.item
    authority = {"authority": said(item.organisation.name)}
    if view.state.correction and not view.state.dispatched_on:
        words = gettext("先按一次性告知书补齐；补齐后由本窗口发给%(authority)s，它必须受理。")
        yield words % authority
    else:
        yield gettext("材料由本窗口发给%(authority)s；收件不等于受理，由它受理和决定。") % authority
        yield _limit(view) % authority
    yield gettext("要补正时，带齐补正的材料和本凭证到本窗口，一次补齐后必须受理。")
    days = item.limits.promised_days
    yield ngettext(
        "受理后承诺 %(days)s 个工作日内决定。", "受理后承诺 %(days)s 个工作日内决定。", days
    ) % {"days": days}
    yield (_DELIVERY_STEPS if is_delivered_here(view) else _OWN_STEPS)[view.state.delivery]()


def delivery_of(view: CaseView) -> str:
    """送达方式 as it is for this case: who hands over what is collected."""
    if view.state.delivery is Delivery.COUNTER and not is_delivered_here(view):
        return gettext("到决定机关领取")
    return delivery_words(view.state.delivery)


def _limit(view: CaseView) -> str:
    if view.item.type_code is not ItemType.LICENCE:
        return _no_limit()
    return _counter_limit() if view.state.intake.on_behalf else _licence_limit()


def _licence_limit() -> str:
    """行政许可法 32(1) 4 binds licences alone."""
    return gettext(
        "%(authority)s收到后五个工作日内受理，或者一次告知全部要补的内容；逾期不告知，"
        "自收到之日起视为受理。"
    )


def _counter_limit() -> str:
    """代为受理: the counter's receipt is the authority's."""
    return gettext(
        "本窗口以%(authority)s的名义收件：收件后五个工作日内受理，或者一次告知全部要补的内容；"
        "逾期不告知，自收件之日起视为受理。"
    )


def _no_limit() -> str:
    return gettext("%(authority)s收到后受理，或者一次告知全部要补的内容。")


_DELIVERY_STEPS = {
    Delivery.COUNTER: lambda: gettext("有结果后，带身份证和本凭证到本窗口领取。"),
    Delivery.POST: lambda: gettext("有结果后，由收件地邮寄给您，邮件号可以在本窗口查。"),
}

#: What the authority says that delivers by itself, since nobody may do so in its name.
_OWN_STEPS = {
    Delivery.COUNTER: lambda: gettext(
        "有结果后，带身份证和本凭证到决定机关领取；地址和电话写在下面。"
    ),
    Delivery.POST: lambda: gettext("有结果后，由决定机关邮寄给您，邮件号可以在本窗口查。"),
    Delivery.ONLINE: lambda: gettext("有结果后，由有权机关在网上送达。"),
}
