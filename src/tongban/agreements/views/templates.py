"""Templates (协议模板): those that are known here, and one more from a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.files import Mistake, read_template_file
from tongban.agreements.labels import scope_words
from tongban.agreements.negotiations.known_templates import keep_template, known_templates
from tongban.agreements.views.authority import officer_of
from tongban.agreements.views.drafting import error_of

_FAULTY = 422


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def templates(request: HttpRequest) -> HttpResponseBase:
    """Whence each is and for whom; a file adds one, from which drafts begin then."""
    found = None
    if request.method == "POST":
        given = request.FILES.get("file")
        found = read_template_file(given.read() if given else b"")
        if not isinstance(found, Mistake):
            if keep_template(officer_of(request), found):
                messages.success(request, gettext("范本已经存下，起草时可以选。"))
            else:
                messages.info(request, gettext("这份范本已经有了，没有重复存。"))
            return HttpResponseRedirect(reverse("agreements:templates"))
    known = [(digest, each, scope_words(each.scope)) for digest, each in known_templates().items()]
    errors = (error_of(found),) if isinstance(found, Mistake) else ()
    context = {"templates": known, "errors": errors}
    status = _FAULTY if errors else 200
    return render(request, "agreements/negotiations/templates.html", context, status=status)
