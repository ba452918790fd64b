"""From what is lacking to a draft: of a list, of answers that are alike, of owners' consents."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.negotiations import drafts
from tongban.agreements.negotiations.drafting import draft_view
from tongban.agreements.negotiations.drafts import draft_or_404
from tongban.agreements.negotiations.forms.reading import day_errors
from tongban.agreements.negotiations.suggested import suggestion, written
from tongban.agreements.views.authority import officer_of
from tongban.agreements.views.drafting import as_seen, draft_page, kept_or_told, to_draft
from tongban.catalogue.regulation import every_mandate
from tongban.core.agreements.consents import with_consent
from tongban.core.agreements.document import Agreement
from tongban.core.catalogues.rule_forms import MANDATE
from tongban.core.china_time import read_day
from tongban.core.items.place import Place
from tongban.core.mandates.mandate import Mandate
from tongban.core.mandates.proposal import proposal_of
from tongban.node.pair_evidence import pair_evidence
from tongban.pages.node_access import now
from tongban.pages.places import every_place
from tongban.pages.pressing import pressed_on
from tongban.pages.whole_node import whole_node


@pressed_on("agreements:inbox")
@for_roles(Role.AGREEMENT_OFFICER)
def propose_from_list(request: HttpRequest) -> HttpResponseBase:
    """Begin a draft that would close what a list lacks with a partner; twice is once.

    number, publisher: of the list; publisher "" for one that comes with the software.
    """
    given, partner = request.POST, request.POST.get("partner", "")
    mandate = _mandate_or_404(given.get("publisher", ""), given.get("number", ""))
    if whole_node().kernel.peers.get(partner) is None:
        raise Http404
    evidence = pair_evidence(whole_node().kernel, partner)
    proposal = proposal_of(mandate, evidence, _places(), at=now())
    if proposal is None:
        messages.info(request, gettext("没有缺依据的事项，不用起草。"))
        return HttpResponseRedirect(reverse("agreements:inbox"))
    already = drafts.alike(proposal)
    return to_draft(already or drafts.begin(officer_of(request), proposal))


@pressed_on("agreements:inbox")
@for_roles(Role.AGREEMENT_OFFICER)
def propose_from_answers(request: HttpRequest) -> HttpResponseBase:
    """Open a draft that says what answers alike say, in a clause more; twice is once.

    partner, item, topic, answerer: name the answers.
    """
    key = tuple(request.POST.get(name, "") for name in ("partner", "item", "topic", "answerer"))
    found = suggestion(key)
    if found is None:
        messages.info(request, gettext("这些答复已经写进协议，或者已经撤回，不用起草。"))
        return HttpResponseRedirect(reverse("agreements:inbox"))
    if found.talk:
        return HttpResponseRedirect(reverse("agreements:negotiation", args=[found.talk]))
    document = found.line.document if found.line else None
    if not isinstance(document, Agreement):
        words = gettext("与%(name)s之间没有生效的双方协议可以修改。请先起草一份协议。")
        messages.error(request, words % {"name": found.place})
        return HttpResponseRedirect(reverse("agreements:inbox"))
    name = written(officer_of(request), found, document)
    if not name:
        messages.error(request, gettext("同事正在改这份草稿，刚才没有写进去。请再按一次。"))
        return HttpResponseRedirect(reverse("agreements:inbox"))
    return to_draft(name)


@pressed_on("agreements:draft", "name")
@for_roles(Role.AGREEMENT_OFFICER)
def consent(request: HttpRequest, name: str) -> HttpResponseBase:
    """Write into the text that an owner of items agreed, and on which day."""
    known = as_seen(request, draft_or_404(name))
    given = request.POST
    chosen = given.get("granter", ""), given.get("organisation", "")
    owed = next((e for e in known.owed if (e.granter, e.organisation) == chosen), None)
    if owed is None:
        return to_draft(name)
    anchor = f"given_on_{owed.organisation}"
    errors = tuple(day_errors(anchor, given.get(anchor, "")))
    day = read_day(given.get(anchor, ""))
    if day is None:
        return draft_page(request, draft_view(known), *errors)
    return kept_or_told(request, known, with_consent(known.agreement, owed, day))


def _mandate_or_404(publisher: str, number: str) -> Mandate:
    published = (each.rule for each in whole_node().rules.standing(MANDATE))
    for mandate in every_mandate(published):
        if (mandate.publisher, mandate.number) == (publisher, number):
            return mandate
    raise Http404


def _places() -> Mapping[str, Place]:
    return {place.node: place for place in every_place()}
