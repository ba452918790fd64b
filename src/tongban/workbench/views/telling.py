"""代为一次性告知: the counter tells in the authority's name what has to be supplied first."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.refusal import Refusal
from tongban.pages.components import FieldError
from tongban.pages.node_access import current_node
from tongban.pages.refusals import refusal_view
from tongban.workbench import applications, drafts
from tongban.workbench.access import for_role, item_or_404
from tongban.workbench.answers import papered
from tongban.workbench.defect_lists import listed, targets
from tongban.workbench.intakes import Intake, open_intake

_REMARK_MAX = 2000


@require_http_methods(["GET", "POST"])
@for_role(Role.COUNTER_CLERK)
def tell(request: HttpRequest, clerk: Person, token: str) -> HttpResponseBase:
    """The list, filled in with what is missing on the counter; on POST taken in and told."""
    draft = drafts.intake_of(clerk, token)
    if draft.sent_at is not None:
        return HttpResponseRedirect(reverse("workbench:receipt", args=[draft.case]))
    here = open_intake(draft, item_or_404(draft.item)).complete()
    if here.untellable():
        return HttpResponseRedirect(reverse("workbench:intake", args=[token]))
    if request.method == "GET":
        return _page(request, here, {f"defect-{code}": why for code, why in here.lacking().items()})
    return _told(request, here)


def _told(request: HttpRequest, here: Intake) -> HttpResponse:
    posted = request.POST.dict()
    chosen = listed(here.item, posted)
    if not chosen.lines:
        words = gettext("请至少选一处要补正的内容，并选缺什么。")
        return _page(request, here, posted, FieldError(anchor="notify-correction", words=words))
    remark = posted.get("remark", "").strip()[:_REMARK_MAX]
    command = applications.tell(here.draft, here.item, here.form.values, chosen, remark)
    answer = current_node().execute(
        papered(request, command), beside=lambda _: drafts.close(here.draft)
    )
    if isinstance(answer, Refusal):
        return _page(request, here, posted, answer)
    messages.success(request, gettext("已经收件，并以有权机关名义一次性告知；补齐后自动发出。"))
    return HttpResponseRedirect(reverse("workbench:counter_case", args=[here.draft.case]))


def _page(
    request: HttpRequest,
    here: Intake,
    posted: Mapping[str, str],
    wrong: FieldError | Refusal | None = None,
) -> HttpResponse:
    errors = [wrong] if isinstance(wrong, FieldError) else []
    refusal = wrong if isinstance(wrong, Refusal) else None
    context = {
        "intake": here,
        "errors": errors,
        "refusal": refusal_view(refusal, here.item) if refusal else None,
        "fields": {"targets": targets(here.item, posted), "remark": posted.get("remark", "")},
    }
    status = 409 if refusal else (422 if errors else 200)
    return render(request, "workbench/tell.html", context, status=status)
