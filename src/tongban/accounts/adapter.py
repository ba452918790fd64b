"""How log-in by allauth differs here: nobody makes an account for himself."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from tongban.accounts.models import Person


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth carries no types
    """Accounts are entered by the node, after the person was identified."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Closed."""
        return False

    def respond_user_inactive(
        self,
        request: HttpRequest,
        user: Person,  # noqa: ARG002 - allauth's signature
    ) -> HttpResponse:
        """Back to the log-in page, which says no more than after a wrong password."""
        messages.error(request, gettext("没有登录成功"))
        return HttpResponseRedirect(reverse("account_login"))
