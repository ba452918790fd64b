"""An agreement as officials read it on paper: web page, PDF, Word; and the document itself."""

import hashlib
import re
from base64 import b64encode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from tongban.accounts.permissions import for_roles
from tongban.agreement_text.composing import compose
from tongban.agreement_text.formats import FORMATS
from tongban.agreement_text.text import Format
from tongban.agreements.links import READERS
from tongban.agreements.negotiations.talks import agreement_or_404
from tongban.agreements.wording import names_of_items
from tongban.core.agreements.document import Agreement, document_bytes
from tongban.core.words import Language
from tongban.pages.words import reading_language

_DOCUMENT = "json"
_MEDIA = {
    Format.HTML: "text/html; charset=utf-8",
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


@require_GET
@for_roles(*READERS)
def text(request: HttpRequest, document: str, kind: str) -> HttpResponseBase:
    """The text in the reader's language, or in the one that the address asks for."""
    agreement = agreement_or_404(document)
    if kind == _DOCUMENT:
        return _file(document_bytes(agreement), "application/json", agreement, kind)
    if kind not in set(Format):
        raise Http404
    asked = request.GET.get("language", "")
    language = Language(asked) if asked in set(Language) else reading_language()
    form = Format(kind)
    content = FORMATS[form](compose(agreement, language, names_of_items()))
    if form is Format.HTML:
        return _page(content)
    return _file(content, _MEDIA[form], agreement, kind)


def _page(content: bytes) -> HttpResponse:
    """Its style stands in it, so the policy of the pages lets in just that style."""
    response = HttpResponse(content, content_type=_MEDIA[Format.HTML])
    style = _STYLE.search(content)
    known = b64encode(hashlib.sha256(style[1] if style else b"").digest()).decode()
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'sha256-{known}'; base-uri 'none'; frame-ancestors 'none'"
    )
    return response


def _file(content: bytes, media: str, agreement: Agreement, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    name = re.sub(r"[^A-Za-z0-9._-]", "-", f"{agreement.number}-v{agreement.version}")
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
