"""Materials (申请材料) as lists show them."""

from collections.abc import Iterator

from django.utils.translation import gettext

from tongban.core.items.material import Material, MaterialSource, Medium, Necessity
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
    yield said(line.acceptance_standard)
    where = " · ".join((_SOURCE[line.source](), _MEDIUM[line.medium]()))
    basis = gettext("依据 %(label)s") % {"label": said(line.legal_basis)}
    yield f"{where} · {basis}"


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
