"""One party of a text: its name, how high it stands, and the office whose holder signs."""

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.agreements.labels import level_words
from tongban.agreements.negotiations.forms.reading import missing, text_of, words_of
from tongban.core.agreements.agreement import Level, PartyLine
from tongban.pages.components import FieldError


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyForm:
    """As somebody filled it in."""

    name_zh: str
    name_en: str
    office_zh: str
    office_en: str
    level: str

    @property
    def levels(self) -> list[tuple[str, str, bool]]:
        """What can be chosen: value, words, and whether it is."""
        return [(each.value, level_words(each), each == self.level) for each in Level]

    def errors(self) -> tuple[FieldError, ...]:
        """What has to be mended before it can be kept."""
        level = self.level if self.level in set(Level) else ""
        return (
            *missing("name_zh", self.name_zh, gettext("请写缔约方的名称。")),
            *missing("office_zh", self.office_zh, gettext("请写签署人的职务，不要写姓名。")),
            *missing("level", level, gettext("请选级别。")),
        )

    def applied(self, party: PartyLine) -> PartyLine:
        """The party with what is filled in; only where nothing is wrong."""
        return replace(
            party,
            name=words_of(self.name_zh, self.name_en),
            office=words_of(self.office_zh, self.office_en),
            level=Level(self.level),
        )


def party_form(party: PartyLine) -> PartyForm:
    """As the text has it."""
    return PartyForm(
        name_zh=party.name.zh,
        name_en=party.name.en,
        office_zh=party.office.zh,
        office_en=party.office.en,
        level=party.level,
    )


def read_party(given: QueryDict) -> PartyForm:
    """As it was sent."""
    return PartyForm(**{name: text_of(given, name) for name in PartyForm.__slots__})
