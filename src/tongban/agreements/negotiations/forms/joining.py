"""Letting further cities join a text: which, who keeps it then, and which pilots it replaces."""

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.agreements.negotiations.forms.beginning import known_parties
from tongban.agreements.negotiations.forms.reading import missing, text_of
from tongban.agreements.register import register
from tongban.core.agreements.agreement import Agreement
from tongban.pages.components import FieldError
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said

_PAIR = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class JoiningForm:
    """As somebody filled it in; depositary: "" while nobody is chosen. replaced: digests."""

    agreement: Agreement
    partners: tuple[str, ...]
    depositary: str
    replaced: tuple[str, ...]

    @property
    def places(self) -> list[tuple[str, str, bool]]:
        """Who may join: partners of this place that are no party yet."""
        return [(node, name_of_node(node), node in self.partners) for node in self._free]

    @property
    def keepers(self) -> list[tuple[str, str, bool]]:
        """Who may keep the signed text: this place, which lays it before the others, or another."""
        nodes = (*(party.node for party in self.agreement.parties), *self._free)
        return [(node, name_of_node(node), node == self.depositary) for node in nodes]

    @property
    def pilots(self) -> list[tuple[str, str, bool]]:
        """Agreements in force that this text could take the place of, too: value, words, chosen."""
        named = self.agreement.replaces
        nodes = {party.node for party in self.agreement.parties} | set(self._free)
        return [
            (line.digest, said(line.document.title), line.digest in self.replaced)
            for line in register()
            if isinstance(line.document, Agreement)
            if line.digest not in named and line.document.nodes <= nodes
            if line.standing is not None and line.standing.in_force
        ]

    def errors(self) -> tuple[FieldError, ...]:
        """What has to be mended before it is kept."""
        found = [*missing("partners", self.partners, gettext("请选谁加入。"))]
        nodes = {party.node for party in self.agreement.parties} | set(self.partners)
        if self.partners and len(nodes) > _PAIR and self.depositary not in nodes:
            words = gettext("三方以上要选由哪一方保存签署文本。")
            found.append(FieldError(anchor="depositary", words=words))
        return tuple(found)

    def joined(self) -> Agreement:
        """The text with its new parties; only where nothing is wrong."""
        known, before = known_parties(), self.agreement
        chosen = [digest for digest, _, is_chosen in self.pilots if is_chosen]
        first, *others = (*before.replaces, *chosen) or ("",)
        return replace(
            before,
            parties=(*before.parties, *(known[node] for node in self.partners)),
            depositary=self.depositary,
            supersedes=first,
            supersedes_also=tuple(others),
        )

    @property
    def _free(self) -> tuple[str, ...]:
        peers = whole_node().kernel.peers.names()
        return tuple(peer for peer in peers if peer not in self.agreement.nodes)


def joining_form(agreement: Agreement) -> JoiningForm:
    """Before anybody filled it in."""
    return JoiningForm(
        agreement=agreement,
        partners=(),
        depositary=agreement.depositary or whole_node().name,
        replaced=(),
    )


def read_joining(given: QueryDict, agreement: Agreement) -> JoiningForm:
    """As it was sent."""
    peers = whole_node().kernel.peers.names()
    chosen = given.getlist("partner")
    return JoiningForm(
        agreement=agreement,
        partners=tuple(p for p in peers if p in chosen and p not in agreement.nodes),
        depositary=text_of(given, "depositary"),
        replaced=tuple(given.getlist("replaced")),
    )
