"""The catalogue officer's desk: own items, a file checked, what it would change, publishing it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.catalogue.sheets.csv_writing import write_csv, write_csv_template
from tongban.catalogue.sheets.differences import differences_of
from tongban.catalogue.sheets.mistakes import SheetFault
from tongban.catalogue.sheets.plans import TEMPLATE_VERSION
from tongban.catalogue.sheets.rows import book_of
from tongban.catalogue.sheets.xlsx_writing import write_export, write_template
from tongban.core.china_time import china_day
from tongban.node.faults import ItemsChanged
from tongban.pages.components import FieldError
from tongban.pages.node_access import current_node, now
from tongban.pages.places import name_of_node
from tongban.pages.pressing import pressed_on
from tongban.pages.words import said
from tongban.workbench import catalogue_imports
from tongban.workbench.access import for_role, own_node
from tongban.workbench.catalogue_imports import DraftGone
from tongban.workbench.item_acts import EVERY_PARTNER
from tongban.workbench.models import CatalogueImport, ImportState
from tongban.workbench.own_items import OwnItems

_ITEMS_A_PAGE, _MISTAKES_A_PAGE, _CHANGES_A_PAGE = 50, 100, 20
_HISTORY = 10
_FAULTY, _STALE = 422, 409
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MEDIA = {"xlsx": (_XLSX, "xlsx"), "csv": ("application/zip", "zip")}
_TEMPLATES = {"xlsx": write_template, "csv": write_csv_template}
_EXPORTS = {"xlsx": write_export, "csv": write_csv}


@require_GET
@for_role(Role.CATALOGUE_OFFICER)
def catalogue(request: HttpRequest, officer: Person) -> HttpResponseBase:  # noqa: ARG001 - every view gets its officer
    """Own items with version and state, and where a file is handed in."""
    return _catalogue_page(request, ())


@pressed_on("workbench:catalogue")
@for_role(Role.CATALOGUE_OFFICER)
def check(request: HttpRequest, officer: Person) -> HttpResponseBase:
    """Check a file; what is found has a page of its own."""
    given = request.FILES.get("file")
    if given is None:
        return _catalogue_page(request, (_file_error(gettext("请选择要检查的表格文件。")),))
    try:
        kept = catalogue_imports.import_file(
            given.read(), given.name or "", officer=officer, keep="draft" in request.POST
        )
    except SheetFault as fault:
        return _catalogue_page(request, (_file_error(said(fault.words)),))
    return _to_import(kept.token)


@require_GET
@for_role(Role.CATALOGUE_OFFICER)
def imported(request: HttpRequest, officer: Person, token: str) -> HttpResponseBase:  # noqa: ARG001 - every view gets its officer
    """What was found in a file: every mistake, or everything that it would change."""
    return _import_page(request, _kept(token))


@require_GET
@for_role(Role.CATALOGUE_OFFICER)
def report(request: HttpRequest, officer: Person, token: str) -> HttpResponseBase:  # noqa: ARG001 - every view gets its officer
    """The file as it came, with what is wrong beside its cells."""
    kept = _kept(token)
    if not kept.report:
        raise Http404
    return _download(bytes(kept.report), "xlsx", "items-to-mend")


@pressed_on("workbench:catalogue_import", "token")
@for_role(Role.CATALOGUE_OFFICER)
def publish(request: HttpRequest, officer: Person, token: str) -> HttpResponseBase:
    """Publish the draft once; pressing twice leads to the same page."""
    draft = _kept(token)
    if draft.state == ImportState.DRAFT:
        try:
            catalogue_imports.publish_draft(draft, actor_of(officer, Role.CATALOGUE_OFFICER))
        except ItemsChanged:
            return _import_page(request, draft, stale=True)
        except DraftGone:
            return _to_import(token)
        messages.success(
            request, gettext("已经发布，从现在起按新的版本办理；在办的件仍按原来的版本。")
        )
    return _to_import(token)


@pressed_on("workbench:catalogue_import", "token")
@for_role(Role.CATALOGUE_OFFICER)
def discard(request: HttpRequest, officer: Person, token: str) -> HttpResponseBase:  # noqa: ARG001 - every view gets its officer
    """Throw a draft away; the catalogue stays as it is."""
    catalogue_imports.discard_draft(_kept(token))
    messages.success(request, gettext("草稿已经删除，目录没有变化。"))
    return HttpResponseRedirect(reverse("workbench:catalogue"))


@require_GET
@for_role(Role.CATALOGUE_OFFICER)
def template(request: HttpRequest, officer: Person, kind: str) -> HttpResponseBase:  # noqa: ARG001 - every view gets request and officer
    """The empty template."""
    if kind not in _TEMPLATES:
        raise Http404
    return _download(_TEMPLATES[kind](), kind, f"items-template-{TEMPLATE_VERSION}")


@require_GET
@for_role(Role.CATALOGUE_OFFICER)
def export(request: HttpRequest, officer: Person, kind: str) -> HttpResponseBase:  # noqa: ARG001 - every view gets request and officer
    """Own items in a file that can be changed and handed in again."""
    if kind not in _EXPORTS:
        raise Http404
    own = current_node().own.newest()
    book = book_of([own[code] for code in sorted(own)])
    return _download(_EXPORTS[kind](book), kind, f"items-{own_node()}-{china_day(now())}")


def _kept(token: str) -> CatalogueImport:
    found = CatalogueImport.objects.filter(token=token).first()
    if found is None:
        raise Http404
    return found


def _to_import(token: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("workbench:catalogue_import", args=[token]))


def _file_error(words: str) -> FieldError:
    return FieldError(anchor="file", words=words)


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    media, ending = _MEDIA[kind]
    disposition = f'attachment; filename="{name}.{ending}"'
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": disposition})


def _catalogue_page(request: HttpRequest, errors: tuple[FieldError, ...]) -> HttpResponse:
    own = OwnItems()
    text, narrowed = request.GET.get("q", "").strip()[:100], request.GET.get("open", "")
    found = own.search(text, narrowed)
    page = Paginator(found, _ITEMS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "errors": errors,
        "text": text,
        "narrowed": narrowed,
        "narrowings": own.narrowings(),
        "page": page,
        "lines": [own.of(item) for item in page],
        "count": len(own.by_code),
        "partners": [(each.peer, name_of_node(each.peer)) for each in own.partners],
        "every_partner": EVERY_PARTNER,
        "draft": catalogue_imports.current_draft(),
        "history": CatalogueImport.objects.filter(state=ImportState.PUBLISHED)
        .select_related("officer")
        .order_by("-published_at")[:_HISTORY],
    }
    return render(request, "workbench/catalogue.html", context, status=_FAULTY if errors else 200)


def _import_page(
    request: HttpRequest, kept: CatalogueImport, *, stale: bool = False
) -> HttpResponse:
    number = request.GET.get("page")
    context: dict[str, object] = {"kept": kept, "stale": stale}
    if kept.mistakes:
        complaints = catalogue_imports.complaints_of(kept)
        page = Paginator(complaints, _MISTAKES_A_PAGE).get_page(number)
        context |= {"page": page, "complaints": list(page)}
    elif kept.documents:
        places = Paginator(range(kept.added + kept.changed), _CHANGES_A_PAGE).get_page(number)
        changes = catalogue_imports.changes_of(kept, places.start_index() - 1, _CHANGES_A_PAGE)
        shown = [(change, differences_of(change)) for change in changes]
        context |= {"page": places, "changes": shown}
    return render(
        request, "workbench/catalogue_import.html", context, status=_STALE if stale else 200
    )
