"""Papers on the counter: what the officer has in hand of each material, and its scan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext

from tongban.core.cases.events import MaterialForm
from tongban.core.items.material import Material, Necessity
from tongban.pages.components import FieldError, MaterialView
from tongban.pages.materials import material_view
from tongban.pages.uploads import NotTaken, take
from tongban.pages.words import said
from tongban.workbench import drafts
from tongban.workbench.labels import form_words
from tongban.workbench.models import CounterDraft, CounterFile

#: What stands in the list beside the forms of core: the applicant did not bring it.
NOT_BROUGHT = "none"

_FILE_NAME_MAX = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperLine:
    """One material as the counter asks for it.

    choices: value, words and whether it is chosen. file: what lies on the counter. defect: what
    a correction list says of it. anchor: id of the list of forms; the upload's ends in "-file".
    """

    view: MaterialView
    code: str
    anchor: str
    choices: tuple[tuple[str, str, bool], ...]
    file: CounterFile | None
    original_check: bool
    error: str
    defect: str = ""


def keep_papers(
    request: HttpRequest, draft: CounterDraft, wanted: Iterable[Material]
) -> dict[str, str]:
    """Keep what was chosen and scanned; of scans that were not taken, say why, by material."""
    errors = {}
    for line in wanted:
        _keep_form(request, draft, line)
        upload = request.FILES.get(f"scan-{line.code}")
        if upload is None:
            continue
        taken = take(upload)
        if isinstance(taken, NotTaken):
            errors[line.code] = f"{said(line.name)}：{taken.words}"
        else:
            drafts.keep_scan(draft, line.code, (upload.name or "")[:_FILE_NAME_MAX], taken)
    return errors


def complaints(
    draft: CounterDraft, wanted: Iterable[Material], required: frozenset[str]
) -> dict[str, str]:
    """What is still missing of the papers, by material; required: codes that must be there."""
    files = drafts.files_of(draft)
    found = ((line, _complaint(line, files.get(line.code), required)) for line in wanted)
    return {line.code: words % {"name": said(line.name)} for line, words in found if words}


def defects(draft: CounterDraft, wanted: Iterable[Material]) -> dict[str, str]:
    """What the applicant would have to be told of, as codes of defects by material."""
    files = drafts.files_of(draft)
    found = {line.code: _defect(line, files.get(line.code)) for line in wanted}
    return {code: defect for code, defect in found.items() if defect}


def required_of(materials: Iterable[Material]) -> frozenset[str]:
    """Codes of materials without which nothing can be taken in."""
    return frozenset(line.code for line in materials if line.necessity is Necessity.REQUIRED)


def paper_lines(
    draft: CounterDraft,
    wanted: Iterable[Material],
    errors: dict[str, str],
    defects: dict[str, str] | None = None,
) -> list[PaperLine]:
    """The materials with what lies on the counter; defects: words of a correction list."""
    files = drafts.files_of(draft)
    return [
        PaperLine(
            view=material_view(line),
            code=line.code,
            anchor=anchor_of(line.code),
            choices=tuple(_choices(line, files.get(line.code), optional=not defects)),
            file=files.get(line.code),
            original_check=line.original_check,
            error=errors.get(line.code, ""),
            defect=(defects or {}).get(line.code, ""),
        )
        for line in wanted
    ]


def listed_errors(errors: dict[str, str]) -> list[FieldError]:
    """Errors for the summary above the form."""
    return [FieldError(anchor=anchor_of(code), words=words) for code, words in errors.items()]


def anchor_of(code: str) -> str:
    """The id of the control that asks for this material."""
    return f"paper-{code.replace('_', '-')}"


def _keep_form(request: HttpRequest, draft: CounterDraft, line: Material) -> None:
    form = request.POST.get(f"form-{line.code}", "")
    if form == NOT_BROUGHT:
        drafts.put_aside(draft, line.code)
    elif form in set(MaterialForm):
        drafts.keep_form(draft, line.code, form)


def _complaint(line: Material, file: CounterFile | None, required: frozenset[str]) -> str:
    if file is None:
        missing = gettext("%(name)s：必须交，请核对后扫描上传。")
        return missing if line.code in required else ""
    if not file.form:
        return gettext("%(name)s：请选手里的是原件、复印件还是电子件。")
    if not file.size:
        return gettext("%(name)s：请扫描或拍照上传。")
    if line.original_check and file.form != MaterialForm.ORIGINAL_SEEN:
        return gettext("%(name)s：这一项必须核验原件，请申请人出示原件。")
    return ""


def _defect(line: Material, file: CounterFile | None) -> str:
    if file is None or not file.form or not file.size:
        return "missing" if line.necessity is Necessity.REQUIRED else ""
    unseen = line.original_check and file.form != MaterialForm.ORIGINAL_SEEN
    return "original_not_shown" if unseen else ""


def _choices(
    line: Material, file: CounterFile | None, *, optional: bool
) -> Iterator[tuple[str, str, bool]]:
    chosen = file.form if file else ""
    for form in MaterialForm:
        yield form.value, form_words(form), form.value == chosen
    if optional and line.necessity is not Necessity.REQUIRED:
        yield NOT_BROUGHT, gettext("没有交"), file is None
