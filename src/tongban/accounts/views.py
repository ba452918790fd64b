"""Logging in by link, the first page after logging in, and one's own account."""

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tongban.accounts.landing import landing_path
from tongban.accounts.links import person_behind, use_link
from tongban.accounts.models import Person
from tongban.accounts.permissions import roles_of
from tongban.pages.node_access import now


@never_cache
@require_http_methods(["GET", "POST"])
def log_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, log in on POST: a link that a mail program fetches ahead is not used up."""
    if request.method == "GET":
        person = person_behind(token, now())
        return _link_page(request, person)
    person = use_link(token, now())
    if person is None:
        return _link_page(request, None)
    # The second factor, where the person has one, is still asked for.
    done: HttpResponse = perform_login(request, person, redirect_url=landing_path(person))
    return done


def _link_page(request: HttpRequest, person: Person | None) -> HttpResponse:
    status = 200 if person else 410
    return render(request, "accounts/link.html", {"person": person}, status=status)


@require_GET
@login_required
def land(request: HttpRequest) -> HttpResponse:
    """Send somebody who has just logged in to where the work is."""
    return HttpResponseRedirect(landing_path(_person(request)))


@require_GET
@login_required
def my_account(request: HttpRequest) -> HttpResponse:
    """What this node knows of the person, and how the account is protected."""
    person = _person(request)
    roles = sorted(str(role.label) for role in roles_of(person))
    return render(request, "accounts/me.html", {"person": person, "roles": roles})


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise TypeError("login_required let somebody in who is not logged in")
    return request.user
