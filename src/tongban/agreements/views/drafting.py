"""Writing a text: begun from a file, an agreement or the table, and laid on the table."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.agreements.files import Mistake, read_agreement, size_mistake
from tongban.agreements.negotiations import drafts
from tongban.agreements.negotiations.drafting import DraftView, draft_view
from tongban.agreements.negotiations.drafts import Draft, draft_of, draft_or_404
from tongban.agreements.negotiations.forms.beginning import read_beginning
from tongban.agreements.negotiations.forms.reading import day_errors, read_number
from tongban.agreements.negotiations.talks import agreement_or_404, talk_of, talk_or_404
from tongban.agreements.negotiations.telling import laid_already, refused, tell_once
from tongban.agreements.register import register
from tongban.agreements.views.authority import officer_of
from tongban.agreements.views.talking import negotiator
from tongban.core.agreements.document import Agreement, document_digest
from tongban.core.china_time import read_day
from tongban.core.negotiations.state import MoveKind
from tongban.node import negotiation_acts
from tongban.node.agreement_acts import Answers
from tongban.node.negotiation_acts import Negotiator
from tongban.pages.components import FieldError
from tongban.pages.pressing import pressed_on
from tongban.pages.whole_node import whole_node

_FAULTY = 422


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def propose(request: HttpRequest) -> HttpResponseBase:
    """Begin a text: from a file, or from the words of an agreement that is known here."""
    if request.method == "GET":
        return _beginning(request)
    if request.POST.get("from") == "template":
        return _from_template(request)
    found = _source(request)
    if isinstance(found, Mistake):
        return _beginning(request, error_of(found))
    # A file is not the draft that a colleague may be writing for the same agreement.
    name = drafts.saying(found) or drafts.fresh_name() if "file" in request.FILES else ""
    return to_draft(drafts.begin(officer_of(request), found, negotiation=name))


@pressed_on("agreements:agreement", "document")
@for_roles(Role.AGREEMENT_OFFICER)
def amend(request: HttpRequest, document: str) -> HttpResponseBase:
    """Begin the next version of an agreement."""
    newer = drafts.amended(agreement_or_404(document))
    return to_draft(drafts.begin(officer_of(request), newer))


@pressed_on("agreements:agreement", "document")
@for_roles(Role.AGREEMENT_OFFICER)
def renew(request: HttpRequest, document: str) -> HttpResponseBase:
    """Begin the text that goes on where an agreement ends."""
    further = drafts.renewed(agreement_or_404(document))
    return to_draft(drafts.begin(officer_of(request), further))


@pressed_on("agreements:negotiation", "name")
@for_roles(Role.AGREEMENT_OFFICER)
def counter(request: HttpRequest, name: str) -> HttpResponseBase:
    """Begin an answer, from the text on the table or from one of this place that came to nothing.

    document: its digest, where it is another than the one on the table.
    """
    talk = talk_or_404(name)
    text = agreement_or_404(request.POST.get("document") or talk.table.document)
    if MoveKind.COUNTER in talk.may:
        drafts.begin(officer_of(request), text, negotiation=name, answers=talk.number)
    return to_draft(name)


@require_GET
@for_roles(Role.AGREEMENT_OFFICER)
def draft(request: HttpRequest, name: str) -> HttpResponseBase:
    """The text as it is now, beside what it answers or changes."""
    found = draft_of(name)
    if found is None:
        return _gone(request, name)
    return draft_page(request, draft_view(found))


@pressed_on("agreements:draft", "name")
@for_roles(Role.AGREEMENT_OFFICER)
def upload(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file takes the place of the whole text."""
    known = as_seen(request, draft_or_404(name))
    given = request.FILES.get("file")
    found = read_agreement(given.read() if given else b"")
    if isinstance(found, Mistake):
        return draft_page(request, draft_view(known), error_of(found))
    return kept_or_told(request, known, found)


@pressed_on("agreements:draft", "name")
@for_roles(Role.AGREEMENT_OFFICER)
def restore(request: HttpRequest, name: str) -> HttpResponseBase:
    """Put back a clause that was left out."""
    known = as_seen(request, draft_or_404(name))
    before = draft_view(known).before
    clause = before.clause(request.POST.get("clause", "")) if before else None
    if clause is None or known.agreement.clause(clause.number):
        return to_draft(name)
    clauses = (*known.agreement.clauses, clause)
    return kept_or_told(request, known, replace(known.agreement, clauses=clauses))


@pressed_on("agreements:draft", "name")
@for_roles(Role.AGREEMENT_OFFICER)
def catch_up(request: HttpRequest, name: str) -> HttpResponseBase:
    """Let the text answer what lies on the table by now."""
    known, talk = as_seen(request, draft_or_404(name)), talk_or_404(name)
    drafts.keep(known, officer_of(request), known.agreement, answers=talk.number)
    return to_draft(name)


@pressed_on("agreements:draft", "name")
@for_roles(Role.AGREEMENT_OFFICER)
def discard(request: HttpRequest, name: str) -> HttpResponseBase:
    """Write no further."""
    found = draft_of(name)
    if found is not None:
        drafts.drop(found)
        messages.info(request, gettext("草稿已经删去，什么也没有提出。"))
    return _back(name)


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGREEMENT_OFFICER)
def lay(request: HttpRequest, name: str) -> HttpResponseBase:
    """What is about to be laid, to whom and until when; then, on a press, it lies on the table."""
    found = draft_of(name)
    if found is None:
        return _gone(request, name)
    given = request.POST if request.method == "POST" else request.GET
    answer_by = given.get("answer_by", "")
    view = draft_view(as_seen(request, found))
    errors = (*day_errors("answer_by", answer_by), *view.errors)
    if errors or view.stale:
        return draft_page(request, view, *errors)
    if request.method == "GET":
        context = {"view": view, "answer_by": read_day(answer_by)}
        return render(request, "agreements/negotiations/lay.html", context)
    if view.draft.revision != found.revision:
        return draft_page(request, draft_view(found), _changed_meanwhile())
    too_large = size_mistake(found.agreement)
    if too_large is not None:
        return draft_page(request, draft_view(found), error_of(too_large))
    return _laid(request, found, answer_by)


def draft_page(request: HttpRequest, view: DraftView, *errors: FieldError) -> HttpResponse:
    """The page of a draft; errors: why what was asked was not done."""
    context = {"view": view, "errors": errors or view.errors}
    status = _FAULTY if errors else 200
    return render(request, "agreements/negotiations/draft.html", context, status=status)


def kept_or_told(
    request: HttpRequest, known: Draft, agreement: Agreement, clause: str = ""
) -> HttpResponseBase:
    """Keep a changed text and go on; where somebody changed it meanwhile, say so and keep nothing.

    clause: where on the draft's page to go on.
    """
    if drafts.keep(known, officer_of(request), agreement):
        return to_draft(known.negotiation, clause)
    fresh = draft_or_404(known.negotiation)
    return draft_page(request, draft_view(fresh), _changed_meanwhile())


def as_seen(request: HttpRequest, known: Draft) -> Draft:
    """The draft under the revision that the page had, so that what changed since is noticed."""
    shown = read_number(request.POST.get("revision", ""))
    return known if shown is None else replace(known, revision=shown)


def error_of(mistake: Mistake) -> FieldError:
    """What is wrong with a file."""
    where = f"{mistake.field}{gettext('：')}" if mistake.field else ""
    return FieldError(anchor="file", words=f"{where}{mistake.words}")


def to_draft(name: str, clause: str = "") -> HttpResponseRedirect:
    """The page of the draft, at a clause where one is named."""
    place = f"#clause-{clause}" if clause else ""
    return HttpResponseRedirect(f"{reverse('agreements:draft', args=[name])}{place}")


def _laid(request: HttpRequest, found: Draft, answer_by: str) -> HttpResponseBase:
    who = replace(negotiator(request, found.negotiation), version=found.answers)
    answers = _put_on_the_table(who, found, answer_by)
    document = document_digest(found.agreement)
    already = laid_already(found.negotiation, document)
    tell_once(request, answers, gettext("文本已经放到桌上。"), already=already)
    if refused(answers) is not None and not already:
        return to_draft(found.negotiation)
    return _back(found.negotiation)


def _put_on_the_table(who: Negotiator, found: Draft, answer_by: str) -> Answers:
    node, text = whole_node(), found.agreement

    def beside(_: object) -> None:
        drafts.drop(found)

    if not found.answers:
        return negotiation_acts.propose(node, who, text, answer_by=answer_by, beside=beside)
    known = talk_or_404(found.negotiation).known
    return negotiation_acts.counter(node, who, known, text, answer_by=answer_by, beside=beside)


def _changed_meanwhile() -> FieldError:
    words = gettext(
        "您打开以后，同事改过这份草稿，刚才的改动没有存。下面是现在的草稿，请再改一次。"
    )
    return FieldError(anchor="clauses", words=words)


def _gone(request: HttpRequest, name: str) -> HttpResponseBase:
    messages.info(request, gettext("这份草稿已经提出或者删去了，没有重复办。"))
    return _back(name)


def _back(name: str) -> HttpResponseRedirect:
    """The negotiation, once there is one."""
    if talk_of(name) is None:
        return HttpResponseRedirect(reverse("agreements:inbox"))
    return HttpResponseRedirect(reverse("agreements:negotiation", args=[name]))


def _beginning(request: HttpRequest, *errors: FieldError) -> HttpResponse:
    lines = [line for line in register() if isinstance(line.document, Agreement)]
    context = {
        "lines": lines,
        "errors": errors,
        "chosen": request.POST.get("document", ""),
        "form": read_beginning(request.POST),
    }
    status = _FAULTY if errors else 200
    return render(request, "agreements/negotiations/propose.html", context, status=status)


def _from_template(request: HttpRequest) -> HttpResponseBase:
    form = read_beginning(request.POST)
    if errors := form.errors():
        return _beginning(request, *errors)
    return to_draft(drafts.begin(officer_of(request), form.begun()))


def _source(request: HttpRequest) -> Agreement | Mistake:
    """The text from which somebody begins."""
    given = request.FILES.get("file")
    if given is not None:
        return read_agreement(given.read())
    document = request.POST.get("document", "")
    if not document:
        return Mistake(field="", words=gettext("请选一个文件，或者选一份协议。"))
    known = agreement_or_404(document)
    return drafts.amended(known) if request.POST.get("way") == "amend" else drafts.copied(known)
