"""What an officer fills in to suspend: the ground, and which items or all of them."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.agreements.known import item_names
from tongban.agreements.labels import SUSPENSION_GROUNDS, ground_words
from tongban.core.agreements.document import Agreement
from tongban.core.agreements.standing import items_of
from tongban.pages.components import FieldError

_ALL, _SOME = "all", "some"


@dataclass(frozen=True, kw_only=True, slots=True)
class SuspensionAsked:
    """What somebody filled in; scope: "all", "some", or "" until chosen."""

    ground: str
    scope: str
    chosen: tuple[str, ...]
    names: tuple[tuple[str, str], ...]

    @property
    def items(self) -> tuple[str, ...]:
        """As the command takes them: none means all."""
        return self.chosen if self.scope == _SOME else ()

    @property
    def item_names(self) -> list[str]:
        """Names of the chosen items."""
        return [name for code, name in self.names if code in self.items]

    @property
    def ground_words(self) -> str:
        """The chosen ground."""
        return ground_words(self.ground)

    @property
    def grounds(self) -> list[tuple[str, str, bool]]:
        """What can be chosen: value, words, and whether it is."""
        return [(code, say(), code == self.ground) for code, say in SUSPENSION_GROUNDS.items()]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Items that can be chosen: code, name, and whether it is."""
        return [(code, name, code in self.chosen) for code, name in self.names]

    def errors(self) -> tuple[FieldError, ...]:
        """What has to be mended before it can be done."""
        found = []
        if self.ground not in SUSPENSION_GROUNDS:
            found.append(FieldError(anchor="ground", words=gettext("请选中止的原因。")))
        if self.scope not in {_ALL, _SOME}:
            found.append(FieldError(anchor="scope", words=gettext("请选中止全部还是部分事项。")))
        elif self.scope == _SOME and not self.items:
            found.append(FieldError(anchor="items", words=gettext("请选要中止的事项。")))
        return tuple(found)


def read_suspension(given: QueryDict, agreement: Agreement) -> SuspensionAsked:
    """What was filled in; items that the agreement does not name are left out."""
    known, names = items_of(agreement), item_names()
    return SuspensionAsked(
        ground=given.get("ground", ""),
        scope=given.get("scope", ""),
        chosen=tuple(code for code in known if code in given.getlist("item")),
        names=tuple((code, names.get(code, code)) for code in known),
    )
