"""Materials (申请材料) as lists show them."""

from collections.abc import Iterator

from django.utils.translation import gettext

from tongban.core.items.material import Material, MaterialKind, MaterialSource, Medium, Necessity
from tongban.core.words import Language
from tongban.pages.components import MaterialView, Tone
from tongban.pages.words import reading_language, said


def material_view(line: Material) -> MaterialView:
    """One material as a list shows it."""
    english = reading_language() is Language.ENGLISH
    required = line.necessity is Necessity.REQUIRED
    return MaterialView(
        name=said(line.name),
        chinese=line.name.zh if english else "",
        tag=_NECESSITY[line.necessity](),
        tone=Tone.HERE if required else Tone.PLAIN,
        notes=tuple(_material_notes(line)),
    )


def _material_notes(line: Material) -> Iterator[str]:
    if line.needed_when is not None:
        yield gettext("什么时候要：%(when)s") % {"when": said(line.needed_when)}
    yield said(line.acceptance_standard)
    if line.filling_notes is not None:
        yield said(line.filling_notes)
    where = " · ".join(_where(line))
    basis = gettext("依据 %(label)s") % {"label": said(line.legal_basis)}
    yield f"{where} · {basis}"


def _where(line: Material) -> Iterator[str]:
    """From whom, in which form, how many, and what helps to make it."""
    yield said(line.source_note) if line.source_note else _SOURCE[line.source]()
    yield _MEDIUM[line.medium]()
    if line.kind is not None:
        yield _KIND[line.kind]()
    if line.originals:
        yield gettext("原件 %(count)s 份") % {"count": line.originals}
    if line.copies:
        yield gettext("复印件 %(count)s 份") % {"count": line.copies}
    if line.blank_form:
        yield gettext("有空白表格")
    if line.sample:
        yield gettext("有示例样表")


_KIND = {
    MaterialKind.ORIGINAL: lambda: gettext("原件"),
    MaterialKind.COPY: lambda: gettext("复印件"),
    MaterialKind.ORIGINAL_OR_COPY: lambda: gettext("原件或者复印件"),
}
_NECESSITY = {
    Necessity.REQUIRED: lambda: gettext("必须交"),
    Necessity.OPTIONAL: lambda: gettext("可不交"),
    Necessity.MAY_FOLLOW: lambda: gettext("可以后补"),
}
_SOURCE = {
    MaterialSource.APPLICANT: lambda: gettext("自己准备"),
    MaterialSource.AUTHORITY: lambda: gettext("政府部门核发"),
    MaterialSource.OTHER: lambda: gettext("其他单位出具"),
}
_MEDIUM = {
    Medium.PAPER: lambda: gettext("纸质"),
    Medium.ELECTRONIC: lambda: gettext("电子"),
    Medium.EITHER: lambda: gettext("纸质或电子"),
}
