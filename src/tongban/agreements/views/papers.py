"""The paper on which a guest's act rests, to be saved (原件)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from tongban.accounts.permissions import for_roles
from tongban.agreements.links import READERS
from tongban.core.entry import Subject, SubjectKind
from tongban.pages.contents import shown
from tongban.pages.whole_node import whole_node

_KINDS = {kind.value: kind for kind in (SubjectKind.AGREEMENT, SubjectKind.NEGOTIATION)}


@require_GET
@for_roles(*READERS)
def paper(
    request: HttpRequest,  # noqa: ARG001 - every view gets its request
    kind: str,
    name: str,
    entry: str,
) -> HttpResponseBase:
    """Never run: nothing that came from outside is shown from our own address."""
    if kind not in _KINDS:
        raise Http404
    found = whole_node().records.paper(Subject(kind=_KINDS[kind], id=name), entry)
    if found is None:
        raise Http404
    how = shown(found.content)
    answer = HttpResponse(found.content, content_type=how.media)
    answer["Content-Disposition"] = f'attachment; filename="{entry}.{how.suffix}"'
    return answer
