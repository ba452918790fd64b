"""The one list of everything that has to be mended, as a form: chosen, and read again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tongban.core.cases.events import CorrectionLine
from tongban.core.items.item import Item
from tongban.core.words import Words
from tongban.pages.defects import DEFECTS
from tongban.pages.words import said
from tongban.workbench.letters import Defect

_REMARK_MAX = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A material or a question that may have to be mended; choices: defects with the chosen one."""

    code: str
    name: str
    is_material: bool
    choices: tuple[tuple[str, str, bool], ...]
    remark: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """What was chosen: as it travels, and in words for the letter."""

    lines: tuple[CorrectionLine, ...]
    defects: tuple[Defect, ...]


def targets(item: Item, posted: Mapping[str, str]) -> list[Target]:
    """Everything that could be on the list, with what was chosen."""
    return [
        Target(
            code=code,
            name=said(name),
            is_material=is_material,
            choices=tuple(
                (defect, said(words), posted.get(f"defect-{code}") == defect)
                for defect, words in DEFECTS.items()
            ),
            remark=posted.get(f"remark-{code}", ""),
        )
        for code, name, is_material in _names(item)
    ]


def listed(item: Item, posted: Mapping[str, str]) -> Listed:
    """What was chosen, in the order of the form."""
    chosen = [
        (code, name, defect)
        for code, name, _ in _names(item)
        if (defect := posted.get(f"defect-{code}", "").strip()) in DEFECTS
    ]
    return Listed(
        lines=tuple(CorrectionLine(code=code, defect=defect) for code, _, defect in chosen),
        defects=tuple(
            Defect(
                what=name.zh,
                defect=DEFECTS[defect].zh,
                remark=posted.get(f"remark-{code}", "").strip()[:_REMARK_MAX],
            )
            for code, name, defect in chosen
        ),
    )


def _names(item: Item) -> Iterator[tuple[str, Words, bool]]:
    for material in item.materials:
        yield material.code, material.name, True
    for field in item.form.fields:
        yield field.name, field.label, False
