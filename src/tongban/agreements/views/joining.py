"""A further city joins a text that is being written."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.negotiations.drafts import draft_or_404
from tongban.agreements.negotiations.forms.joining import joining_form, read_joining
from tongban.agreements.views.clauses import Editing


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def join(request: HttpRequest, name: str) -> HttpResponseBase:
    """Who joins, who keeps the text, which pilots it replaces; not of an answer to a table."""
    known = draft_or_404(name)
    if known.answers:
        raise Http404
    posted = request.method == "POST"
    agreement = known.agreement
    form = read_joining(request.POST, agreement) if posted else joining_form(agreement)
    editing = Editing(request=request, part="joining", known=known, context={"form": form})
    errors = form.errors() if posted else ()
    if not posted or errors:
        return editing.page(errors)
    return editing.keep(form.joined())
