"""Common standards: which there are, which places keep them, and writing and publishing one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.permissions import for_roles, has_role
from tongban.core.catalogues.rule_forms import STANDARD
from tongban.core.entry import Actor
from tongban.core.items.standard import Standard
from tongban.node.faults import RuleChanged, RuleUnchanged
from tongban.node.rules import KnownRule
from tongban.oversight.comparing import choices
from tongban.oversight.links import READERS
from tongban.oversight.standard_drafts import Draft, begun, carried_on
from tongban.oversight.standard_lines import standard_line, standard_lines, told_lines
from tongban.pages.components import FieldError
from tongban.pages.whole_node import whole_node

_FAULTY = 422
_STALE = 409


@require_GET
@for_roles(*READERS)
def standards(request: HttpRequest) -> HttpResponseBase:
    """Which place keeps which common standard, and where not."""
    context = {"lines": standard_lines(), "items": choices("")}
    return render(request, "oversight/standards.html", context)


@require_GET
@for_roles(*READERS)
def standard(request: HttpRequest) -> HttpResponseBase:
    """One version of a standard: what it says, whose it is, and who keeps it."""
    given = request.GET
    line = standard_line(
        given.get("publisher", ""), given.get("number", ""), given.get("version", "")
    )
    if line is None:
        raise Http404
    context = {"line": line, "told": list(told_lines(line)) if line.own else []}
    return render(request, "oversight/standard.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(*READERS)
def edit_standard(request: HttpRequest) -> HttpResponseBase:
    """The form, then who would keep it, then on a press the publication."""
    posted = request.method == "POST"
    draft = carried_on(request.POST) if posted else begun(request.GET)
    if draft is None:
        raise Http404
    step = request.POST.get("step", "edit")
    if step == "edit":
        return _form(request, draft)
    done = draft.published() if step == "publish" else None
    if done is not None:
        return HttpResponseRedirect(_address(done))
    errors = draft.errors()
    if errors:
        return _form(request, draft, errors, status=_FAULTY)
    if step == "publish":
        return _publish(request, draft)
    return render(request, "oversight/check_standard.html", {"draft": draft})


def _publish(request: HttpRequest, draft: Draft) -> HttpResponseBase:
    node = whole_node()
    try:
        issued = node.rules.issue(
            STANDARD,
            draft.standard(),
            after=draft.after,
            actor=publisher_of(request),
        )
    except (RuleChanged, RuleUnchanged):
        words = gettext("别人刚才发布了另外一版；看一看现在的标准，再决定要不要写下一版。")
        error = FieldError(anchor="", words=words)
        return _form(request, draft, (error,), status=_STALE)
    node.openings.tell_all()
    messages.success(request, gettext("已经发布，线路通着的伙伴马上就会知道；这一版不会再改。"))
    return HttpResponseRedirect(_address(issued))


def _form(
    request: HttpRequest, draft: Draft, errors: tuple[FieldError, ...] = (), *, status: int = 200
) -> HttpResponseBase:
    context = {"draft": draft, "errors": errors}
    return render(request, "oversight/edit_standard.html", context, status=status)


def _address(issued: KnownRule[Standard]) -> str:
    query = QueryDict(mutable=True)
    query["publisher"] = issued.rule.publisher
    query["number"] = issued.rule.number
    return f"{reverse('oversight:standard')}?{query.urlencode()}"


def publisher_of(request: HttpRequest) -> Actor:
    """Who publishes, and as what; who has both roles does it for the joint office."""
    if not isinstance(request.user, Person):
        raise Http404
    role = next(role for role in reversed(READERS) if has_role(request.user, role))
    return actor_of(request.user, role)
