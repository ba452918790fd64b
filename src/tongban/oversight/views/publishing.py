"""Writing and publishing lists of items to open, and advice: the form, a look, then the press."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.permissions import for_roles
from tongban.core.catalogues.rule_forms import ADVICE, MANDATE
from tongban.core.faults import DocumentInvalid
from tongban.core.mandates.mandate import Mandate
from tongban.node.faults import DocumentTooLarge, RuleChanged, RuleUnchanged
from tongban.oversight.advice_drafts import AdviceDraft, begun_advice, carried_on_advice
from tongban.oversight.links import READERS
from tongban.oversight.mandate_drafts import MandateDraft, begun_mandate, carried_on_mandate
from tongban.oversight.progress_lines import mandate_links
from tongban.oversight.views.standards import publisher_of
from tongban.pages.components import FieldError
from tongban.pages.whole_node import whole_node

_FAULTY, _STALE = 422, 409
_VERSION = re.compile(r"[0-9]{1,4}")


@require_http_methods(["GET", "POST"])
@for_roles(*READERS)
def edit_mandate(request: HttpRequest) -> HttpResponseBase:
    """A list of this place; number: of an own one whose next version is written."""
    if request.method == "GET":
        return _page(request, "edit_mandate", begun_mandate(request.GET.get("number", "")))
    draft = carried_on_mandate(request.POST, _after(request))
    return _step(request, "mandate", draft)


@require_http_methods(["GET", "POST"])
@for_roles(*READERS)
def edit_advice(request: HttpRequest) -> HttpResponseBase:
    """Advice of this place; number: of an own one whose next version is written."""
    if request.method == "GET":
        return _page(request, "edit_advice", begun_advice(request.GET.get("number", "")))
    draft = carried_on_advice(request.POST, _after(request))
    return _step(request, "advice", draft)


def _step(request: HttpRequest, kind: str, draft: MandateDraft | AdviceDraft) -> HttpResponseBase:
    step = request.POST.get("step", "edit")
    if step == "edit":
        return _page(request, f"edit_{kind}", draft)
    if step == "publish" and (done := draft.published()):
        return HttpResponseRedirect(_address(done.rule))
    if errors := draft.errors():
        return _page(request, f"edit_{kind}", draft, *errors)
    if step == "publish":
        return _publish(request, kind, draft)
    return _page(request, f"check_{kind}", draft)


def _publish(
    request: HttpRequest, kind: str, draft: MandateDraft | AdviceDraft
) -> HttpResponseBase:
    node, actor, rule = whole_node(), publisher_of(request), draft.rule()
    try:
        if isinstance(rule, Mandate):
            node.rules.issue(MANDATE, rule, after=draft.after, actor=actor)
        else:
            node.rules.issue(ADVICE, rule, after=draft.after, actor=actor)
    except (RuleChanged, RuleUnchanged):
        words = gettext("别人刚才发布了另外一版；看一看现在的，再决定要不要写下一版。")
        return _page(
            request, f"edit_{kind}", draft, FieldError(anchor="", words=words), status=_STALE
        )
    except (DocumentTooLarge, DocumentInvalid) as fault:
        words = gettext("写的内容不能发布：%(reason)s") % {"reason": fault}
        return _page(request, f"edit_{kind}", draft, FieldError(anchor="", words=words))
    node.openings.tell_all()
    messages.success(request, gettext("已经发布，线路通着的伙伴马上就会知道；这一版不会再改。"))
    return HttpResponseRedirect(_address(rule))


def _page(
    request: HttpRequest,
    name: str,
    draft: MandateDraft | AdviceDraft,
    *errors: FieldError,
    status: int = _FAULTY,
) -> HttpResponseBase:
    context = {"draft": draft, "errors": errors}
    return render(request, f"oversight/{name}.html", context, status=status if errors else 200)


def _after(request: HttpRequest) -> int:
    given = request.POST.get("after", "")
    if not _VERSION.fullmatch(given):
        raise Http404
    return int(given)


def _address(rule: object) -> str:
    """The list's own page; advice stands beside the lists."""
    if isinstance(rule, Mandate):
        place = (whole_node().name, rule.number)
        for link in mandate_links():
            if (link.mandate.publisher, link.mandate.number) == place:
                return reverse("oversight:matrix", args=[link.key])
    return reverse("oversight:mandates")
