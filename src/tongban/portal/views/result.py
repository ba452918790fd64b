"""Opening the documents of one's case, and rating how it was handled (好差评)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.cases.events import Grade
from tongban.core.refusal import Refusal
from tongban.pages.contents import answers_of, inline
from tongban.pages.downloads import as_file, opened
from tongban.pages.node_access import current_node
from tongban.pages.ratings import may_rate, read_rating
from tongban.pages.refusals import refusal_view
from tongban.portal.cases import own_case
from tongban.portal.documents import documents_of
from tongban.portal.requests import for_person
from tongban.projections.event_words import grade_words

#: Shown to the applicant among the reads of his own data.
_PURPOSE = "申请人查看"


@require_GET
@for_person
def document(request: HttpRequest, person: Person, number: str, name: str) -> HttpResponseBase:
    """One document on a page, or as a file with `?file`; the read is recorded."""
    view = own_case(person, number)
    line = next((each for each in documents_of(view.state, view.item) if each.body == name), None)
    if line is None:
        raise Http404
    reading = current_node().read_file(
        number, name, reader=actor_of(person, Role.RESIDENT), purpose=_PURPOSE
    )
    if reading is None:
        return render(request, "portal/erased.html", {"view": view, "line": line}, status=410)
    body = opened(reading)
    if "file" in request.GET:
        return as_file(body, f"{number}-{line.words}")
    how, content = body.how, body.content
    context = {
        "view": view,
        "line": line,
        "shown": how,
        "body": body,
        "picture": inline(content, how) if how.is_picture and content else "",
        "result": name == "result",
        "answers": answers_of(content, view.item) if name == "application" else [],
    }
    return render(request, "portal/document.html", context)


@require_http_methods(["GET", "POST"])
@for_person
def rate(request: HttpRequest, person: Person, number: str) -> HttpResponseBase:
    """Five grades by name and, if one likes, words; once for each case."""
    view = own_case(person, number)
    if not may_rate(view.state):
        return HttpResponseRedirect(reverse("portal:case", args=[number]))
    rating, refusal = read_rating(request), None
    errors = rating.errors()
    if rating.sent and not errors:
        answer = current_node().execute(rating.command(number, actor_of(person, Role.RESIDENT)))
        if not isinstance(answer, Refusal):
            messages.success(request, gettext("谢谢，评价已经交给办理单位。"))
            return HttpResponseRedirect(reverse("portal:case", args=[number]))
        refusal = refusal_view(answer, view.item)
    context = {
        "view": view,
        "grades": [(each.value, grade_words(each)) for each in Grade],
        "rating": rating,
        "errors": errors,
        "refusal": refusal,
    }
    return render(request, "portal/rating.html", context, status=422 if errors else 200)
