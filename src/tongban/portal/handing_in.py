"""Taking uploads of materials into a draft, and showing what was handed in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext

from tongban.core.items.item import Item
from tongban.core.items.material import Material
from tongban.pages.components import MaterialView
from tongban.pages.materials import material_view
from tongban.pages.uploads import NotTaken, take
from tongban.pages.words import said
from tongban.portal import drafts
from tongban.portal.models import Draft, DraftFile

_FILE_NAME_MAX = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class MaterialLine:
    """One material with the control that takes it; file: what was handed in, None so far."""

    view: MaterialView
    code: str
    anchor: str
    file: DraftFile | None
    error: str


def keep_uploads(request: HttpRequest, draft: Draft, lines: Iterable[Material]) -> dict[str, str]:
    """Keep the files that came, and say of the others why not, by the code of the material."""
    errors = {}
    for line in lines:
        upload = request.FILES.get(f"material-{line.code}")
        if upload is None:
            continue
        taken = take(upload)
        if isinstance(taken, NotTaken):
            errors[line.code] = gettext("%(name)s：%(why)s") % {
                "name": said(line.name),
                "why": taken.words,
            }
        else:
            drafts.keep_file(draft, line.code, (upload.name or "")[:_FILE_NAME_MAX], taken)
    return errors


def material_lines(
    draft: Draft, wanted: Iterable[Material], errors: dict[str, str]
) -> list[MaterialLine]:
    """The materials with what was handed in so far."""
    files = drafts.files_of(draft)
    return [
        MaterialLine(
            view=material_view(line),
            code=line.code,
            anchor=anchor_of(line.code),
            file=files.get(line.code),
            error=errors.get(line.code, ""),
        )
        for line in wanted
    ]


def anchor_of(code: str) -> str:
    """The id of the control that takes this material."""
    return f"material-{code.replace('_', '-')}"


def please_hand_in(item: Item, code: str) -> str:
    """Asks for a material by its name."""
    line = item.material(code)
    return gettext("请交：%(name)s。") % {"name": said(line.name) if line else code}
