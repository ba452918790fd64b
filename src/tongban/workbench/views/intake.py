"""收件 at the counter: choose the item, fill in one page, check it, take it in."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.entry import Basis
from tongban.core.items.item import Item
from tongban.core.items.place import Place
from tongban.core.refusal import Refusal
from tongban.core.words import Words
from tongban.pages.node_access import current_node
from tongban.pages.places import choose_pair, every_place, pair_of, place_of, served_places
from tongban.pages.pressing import pressed_on
from tongban.pages.refusals import refusal_view
from tongban.pages.search import find_items, found_item
from tongban.projections.clauses import chip_for
from tongban.search.finder import Wanted
from tongban.search.index import Filters
from tongban.workbench import applications, considering, drafts
from tongban.workbench.access import for_role, item_or_404, own_node
from tongban.workbench.answers import papered
from tongban.workbench.intakes import Intake, open_intake, read_intake
from tongban.workbench.missing_powers import missing_power
from tongban.workbench.models import CounterDraft

_EVERY_CITY = "all"
_CHOICES = 200
_FAULTY = 422
_REFUSED = 409


@require_GET
@for_role(Role.COUNTER_CLERK)
def choose_item(request: HttpRequest, clerk: Person) -> HttpResponseBase:  # noqa: ARG001 - every view gets its officer
    """Choose the competent city and the item."""
    text = request.GET.get("q", "").strip()[:100]
    city = _city_asked(request)
    wanted = Wanted(
        text=text,
        there=city.code if city else "",
        filters=Filters(mode=Mode.DELEGATED_INTAKE),
        limit=_CHOICES,
    )
    context = {
        "text": text,
        "city": city.code if city else _EVERY_CITY,
        "cities": [place for place in every_place() if place.node != own_node()],
        "found": [(item, place_of(item.place), unlike) for item, unlike in _fitting(wanted)],
    }
    return render(request, "workbench/choose_item.html", context)


@require_http_methods(["GET", "POST"])
@for_role(Role.COUNTER_CLERK)
def begin(request: HttpRequest, clerk: Person, code: str) -> HttpResponseBase:
    """Say before anything is typed whether the item can be taken in here; then begin."""
    item = item_or_404(code)
    if not _offered(item):
        raise Http404
    place = choose_pair(request, there=item.place).here.code
    basis = considering.intake_basis(clerk, item, place)
    if isinstance(basis, Refusal):
        context = {"item": item, **_standing(basis, item)}
        return render(request, "workbench/not_here.html", context, status=_REFUSED)
    if request.method == "GET":
        return HttpResponseRedirect(reverse("workbench:choose_item"))
    draft = drafts.begin_intake(clerk, item, place)
    return HttpResponseRedirect(reverse("workbench:intake", args=[draft.token]))


@require_http_methods(["GET", "POST"])
@for_role(Role.COUNTER_CLERK)
def intake(request: HttpRequest, clerk: Person, token: str) -> HttpResponseBase:
    """One page: the person, the form, the papers, the way of delivery."""
    draft, item = _open(clerk, token)
    if draft.sent_at is not None:
        return _receipt(draft)
    if request.method == "GET":
        return _intake_page(request, open_intake(draft, item))
    taken = read_intake(request, draft, item)
    if "save" in request.POST and not taken.unreadable:
        messages.success(request, gettext("已保存，可以放下，下次接着办。"))
        return HttpResponseRedirect(reverse("workbench:intake", args=[token]))
    if "tell" in request.POST and not taken.untellable():
        return HttpResponseRedirect(reverse("workbench:tell_at_intake", args=[token]))
    if taken.errors():
        return _intake_page(request, taken)
    return HttpResponseRedirect(reverse("workbench:check_intake", args=[token]))


@require_GET
@for_role(Role.COUNTER_CLERK)
def check_intake(request: HttpRequest, clerk: Person, token: str) -> HttpResponseBase:
    """Everything that will be taken in, and on which basis."""
    draft, item = _open(clerk, token)
    if draft.sent_at is not None:
        return _receipt(draft)
    here = open_intake(draft, item).complete()
    if here.errors():
        return HttpResponseRedirect(reverse("workbench:intake", args=[token]))
    answer = considering.basis_of(applications.take_in(draft, item, here.form.values))
    return _check_page(request, here, answer)


@pressed_on("workbench:check_intake", "token")
@for_role(Role.COUNTER_CLERK)
def take_in(request: HttpRequest, clerk: Person, token: str) -> HttpResponseBase:
    """Take it in once; pressing twice leads to the same receipt."""
    draft, item = _open(clerk, token)
    if draft.sent_at is None:
        here = open_intake(draft, item).complete()
        if here.errors():
            return _intake_page(request, here)
        command = papered(request, applications.take_in(draft, item, here.form.values))
        answer = current_node().execute(command, beside=lambda _: drafts.close(draft))
        if isinstance(answer, Refusal) and current_node().case_state(draft.case) is None:
            return _check_page(request, here, answer)
    return _receipt(draft)


@pressed_on("workbench:intake", "token")
@for_role(Role.COUNTER_CLERK)
def discard(request: HttpRequest, clerk: Person, token: str) -> HttpResponseBase:
    """Throw away what was begun, with everything in it."""
    draft, _ = _open(clerk, token)
    if draft.sent_at is not None:
        return _receipt(draft)
    draft.delete()
    messages.success(request, gettext("草稿已经删除，什么也没有收下。"))
    return HttpResponseRedirect(reverse("workbench:counter"))


def _city_asked(request: HttpRequest) -> Place | None:
    """The city that was chosen here, or else in the pair; None for every city."""
    city = request.GET.get("city", "")
    pair = pair_of(request)
    chosen = None if pair.same else pair.there
    return None if city == _EVERY_CITY else place_of(city) or chosen


def _fitting(wanted: Wanted) -> Iterator[tuple[Item, Words | None]]:
    """Items to choose from, each place's own; what the text says of a place goes before.

    With each, that it is for another act than was asked for, where it is.
    """
    found = find_items(wanted)
    for result in found.results:
        for entry in (result.entry, *result.others):
            item = found_item(entry.item)
            if _offered(item) and (not found.places or item.place in found.places):
                yield item, found.not_the_same(result)


def _offered(item: Item) -> bool:
    """Whether the item is another city's and may be taken in at a counter."""
    elsewhere = item.competent != own_node()
    return elsewhere and item.process_for(Mode.DELEGATED_INTAKE) is not None


def _open(clerk: Person, token: str) -> tuple[CounterDraft, Item]:
    draft = drafts.intake_of(clerk, token)
    return draft, item_or_404(draft.item)


def _receipt(draft: CounterDraft) -> HttpResponseRedirect:
    """Where a clerk is led who goes back to what was taken in already."""
    return HttpResponseRedirect(reverse("workbench:receipt", args=[draft.case]))


def _intake_page(request: HttpRequest, here: Intake) -> HttpResponse:
    errors = here.errors()
    basis = considering.intake_basis(here.draft.clerk, here.item, here.draft.place)
    context = {
        "intake": here,
        "errors": errors,
        "deliveries": here.delivery_choices(
            considering.deliveries_offered(here.draft.clerk, here.item, here.draft.place)
        ),
        "may_tell": considering.may_tell(here.draft.clerk, here.item, here.draft.place),
        "city": place_of(here.item.place),
        "here": served_places()[0],
        **_standing(basis, here.item),
    }
    return render(request, "workbench/intake.html", context, status=_FAULTY if errors else 200)


def _check_page(request: HttpRequest, here: Intake, answer: Basis | Refusal | None) -> HttpResponse:
    context = {"intake": here, "city": place_of(here.item.place), **_standing(answer, here.item)}
    status = _REFUSED if isinstance(answer, Refusal) else 200
    return render(request, "workbench/check_intake.html", context, status=status)


def _standing(answer: Basis | Refusal | None, item: Item) -> dict[str, object]:
    """The chip of a basis, or the refusal in words with the power that no clause gives."""
    if isinstance(answer, Refusal):
        missing = missing_power(answer, item, Power.RECEIVE)
        return {"refusal": refusal_view(answer, item), "chip": None, "missing": missing}
    return {"refusal": None, "chip": chip_for(answer)}
