"""Beginning from a template: with whom, under which number, from when until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.agreements.negotiations.forms.reading import day_errors, missing, text_of
from tongban.agreements.negotiations.known_templates import known_templates
from tongban.agreements.register import register
from tongban.core.agreements.agreement import Agreement, Level, PartyLine
from tongban.core.agreements.template import Heading, draft_from
from tongban.core.words import Words
from tongban.pages.components import FieldError
from tongban.pages.places import name_of_node, place_of_node
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said

_PAIR = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class BeginningForm:
    """As somebody filled it in; template: its digest. depositary: "" while nobody is chosen."""

    template: str
    partners: tuple[str, ...]
    number: str
    first_day: str
    last_day: str
    depositary: str

    @property
    def templates(self) -> list[tuple[str, str, bool]]:
        """What can be chosen: value, words, and whether it is."""
        return [
            (digest, said(each.title), digest == self.template)
            for digest, each in known_templates().items()
        ]

    @property
    def places(self) -> list[tuple[str, str, bool]]:
        """With whom."""
        peers = whole_node().kernel.peers.names()
        return [(peer, name_of_node(peer), peer in self.partners) for peer in peers]

    @property
    def keepers(self) -> list[tuple[str, str, bool]]:
        """Who may keep the signed text of three and more."""
        nodes = (whole_node().name, *whole_node().kernel.peers.names())
        return [(node, name_of_node(node), node == self.depositary) for node in nodes]

    def errors(self) -> tuple[FieldError, ...]:
        """What has to be mended before a draft can be made."""
        template = self.template if self.template in known_templates() else ""
        found = [
            *missing("template", template, gettext("请选范本。")),
            *missing("partners", self.partners, gettext("请选与谁合作。")),
            *missing("number", self.number, gettext("请写编号。")),
            *day_errors("first_day", self.first_day),
            *day_errors("last_day", self.last_day),
        ]
        if not found and self.last_day < self.first_day:
            words = gettext("最后一天在第一天之前。")
            found.append(FieldError(anchor="last_day", words=words))
        if self._many and self.depositary not in {whole_node().name, *self.partners}:
            words = gettext("三方以上要选由哪一方保存签署文本。")
            found.append(FieldError(anchor="depositary", words=words))
        return tuple(found)

    def begun(self) -> Agreement:
        """The draft; only where nothing is wrong."""
        template, known = known_templates()[self.template], known_parties()
        heading = Heading(
            number=self.number,
            title=template.title,
            parties=tuple(known[node] for node in (whole_node().name, *self.partners)),
            valid_from=date.fromisoformat(self.first_day),
            valid_until=date.fromisoformat(self.last_day),
            depositary=self.depositary if self._many else "",
        )
        return draft_from(template, heading)

    @property
    def _many(self) -> bool:
        return len(self.partners) + 1 > _PAIR


def read_beginning(given: QueryDict) -> BeginningForm:
    """As it was sent."""
    peers = whole_node().kernel.peers.names()
    return BeginningForm(
        template=text_of(given, "template"),
        partners=tuple(peer for peer in peers if peer in given.getlist("partner")),
        number=text_of(given, "number"),
        first_day=text_of(given, "first_day"),
        last_day=text_of(given, "last_day"),
        depositary=text_of(given, "depositary"),
    )


def known_parties() -> Mapping[str, PartyLine]:
    """How this place and its partners stand in agreements; of who stands in none, by its place."""
    node = whole_node()
    every = (node.name, *node.kernel.peers.names())
    written = {
        party.node: party
        for line in register()
        if isinstance(line.document, Agreement)
        for party in line.document.parties
    }
    return {**{each: _by_place(each) for each in every}, **written}


def _by_place(node: str) -> PartyLine:
    """Whose holder of which office signs, somebody has to write (`Draft.mistake`)."""
    place = place_of_node(node)
    high = place.level if place else ""
    return PartyLine(
        node=node,
        place=place.code if place else "",
        name=place.name if place else Words(zh=node, en=node),
        level=Level(high) if high in set(Level) else Level.PREFECTURE,
        office=Words(zh="", en=""),
    )
