"""A question about an agreement as a whole, asked from its page (口径咨询)."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tongban.accounts.actors import actor_of
from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.register import RegisterLine
from tongban.agreements.views.authority import officer_of
from tongban.agreements.views.records import found_or_404
from tongban.core.body import Body
from tongban.core.grounds import words_for
from tongban.core.inquiries.commands import AskQuestion
from tongban.core.refusal import Refusal
from tongban.pages.components import FieldError
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said

_FAULTY = 422


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def ask(request: HttpRequest, document: str) -> HttpResponseBase:
    """Whom to ask and the words; then the inquiry's own page, where everything else is said."""
    line = found_or_404(document)
    asked = _read(request, line)
    errors = asked.errors() if request.method == "POST" else ()
    if request.method == "GET" or errors:
        context = {"line": line, "choices": asked.choices, "words": asked.words, "errors": errors}
        status = _FAULTY if errors else 200
        return render(request, "agreements/ask.html", context, status=status)
    command = AskQuestion(
        inquiry=whole_node().inquiries.fresh_name(),
        actor=actor_of(officer_of(request), Role.AGREEMENT_OFFICER),
        bodies=(Body(name="question", media="text/plain", content=asked.words.encode()),),
        item="",
        agreement=document,
    )
    answer = whole_node().execute(command, partner=asked.partner)
    if isinstance(answer, Refusal):
        messages.error(request, said(words_for(answer.ground).why))
    elif answer.waiting:
        messages.warning(request, gettext("对方的系统暂时没有回应，已经记下时间，连上后自动发出。"))
    else:
        messages.success(request, gettext("已经提问，记录在案。"))
        return HttpResponseRedirect(reverse("workbench:inquiry", args=[command.inquiry]))
    return HttpResponseRedirect(reverse("agreements:agreement", args=[document]))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """What the form says; partners: node and name of those with whom the text stands."""

    partners: tuple[tuple[str, str], ...]
    partner: str
    words: str

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        return [(node, name, node == self.partner) for node, name in self.partners]

    def errors(self) -> tuple[FieldError, ...]:
        found = []
        if self.partner not in dict(self.partners):
            found.append(FieldError(anchor="partner", words=gettext("请选问哪一方。")))
        if not self.words:
            found.append(FieldError(anchor="words", words=gettext("请写上内容。")))
        return tuple(found)


def _read(request: HttpRequest, line: RegisterLine) -> _Asked:
    """Where there is one partner alone, nobody has to choose."""
    known = tuple((each.between.peer, each.partner) for each in line.at if each.state is not None)
    only = known[0][0] if len(known) == 1 else ""
    return _Asked(
        partners=known,
        partner=request.POST.get("partner", only),
        words=request.POST.get("words", "").replace("\r\n", "\n").strip(),
    )
