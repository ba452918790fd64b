"""Items that their authorities agree to open: more of them, so that grants can name them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.agreements.negotiations.forms.grant import BOXES_MAX, read_items
from tongban.agreements.negotiations.forms.reading import day_errors, missing, text_of
from tongban.core.agreements.agreement import Consent
from tongban.core.agreements.document import Agreement
from tongban.core.items.codes import is_implementation_code, owner_of
from tongban.core.items.item import Item
from tongban.core.words import Words
from tongban.pages.components import FieldError
from tongban.pages.places import name_of_node
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class OpeningForm:
    """As somebody filled it in; granter: the party under which the authorities stand."""

    granter: str
    items: tuple[str, ...]
    given_on: str

    def errors(self, agreement: Agreement, known: Mapping[str, Item]) -> tuple[FieldError, ...]:
        """What has to be mended before it can be kept."""
        granter = self.granter if self.granter in agreement.nodes else ""
        return (
            *missing("granter", granter, gettext("请选由哪一方开放。")),
            *missing("items", self.items, gettext("请至少选一个事项。")),
            *day_errors("given_on", self.given_on),
            *self._strange(agreement, known),
        )

    def applied(self, agreement: Agreement, known: Mapping[str, Item]) -> Agreement:
        """The text with a consent more for each authority; only where nothing is wrong."""
        opened = {(each.granter, item) for each in agreement.consents for item in each.items}
        by_owner: dict[str, list[str]] = {}
        for item in self.items:
            if (self.granter, item) not in opened:
                by_owner.setdefault(owner_of(item), []).append(item)
        more = tuple(
            Consent(
                organisation=owner,
                name=_owners(agreement, known)[owner],
                granter=self.granter,
                items=tuple(items),
                given_on=date.fromisoformat(self.given_on),
            )
            for owner, items in by_owner.items()
        )
        return replace(agreement, consents=(*agreement.consents, *more))

    def _strange(self, agreement: Agreement, known: Mapping[str, Item]) -> Iterator[FieldError]:
        """The first that is no item's code, or whose authority nobody here knows."""
        owners = _owners(agreement, known)
        for item in self.items:
            if not is_implementation_code(item):
                words = gettext("%(item)s 不是实施编码。")
            elif owner_of(item) not in owners:
                words = gettext("不知道 %(item)s 是哪个机关的；请先在目录里公布，或者用文件写。")
            elif item in known and known[item].competent != self.granter:
                words = gettext("%(item)s 不是这一方的事项。")
            else:
                continue
            yield FieldError(anchor="items", words=words % {"item": item})
            return


@dataclass(frozen=True, kw_only=True, slots=True)
class OpeningChoices:
    """What a page offers: each choice with its value, its words, and whether it is chosen."""

    granters: tuple[tuple[str, str, bool], ...]
    items: tuple[tuple[str, str, bool], ...]
    listed: str


def read_opening(given: QueryDict) -> OpeningForm:
    """As it was sent."""
    return OpeningForm(
        granter=text_of(given, "granter"),
        items=read_items(given),
        given_on=text_of(given, "given_on"),
    )


def opening_choices(
    form: OpeningForm, agreement: Agreement, known: Mapping[str, Item]
) -> OpeningChoices:
    """Items that are known here and not open yet, as boxes where there are not too many."""
    opened = {item for consent in agreement.consents for item in consent.items}
    theirs = [item for item in known.values() if item.competent in agreement.nodes]
    left = [item for item in theirs if item.code not in opened]
    boxes = left if len(left) <= BOXES_MAX else []
    shown = {item.code for item in boxes}
    return OpeningChoices(
        granters=tuple(
            (party.node, name_of_node(party.node), party.node == form.granter)
            for party in agreement.parties
        ),
        items=tuple((item.code, _named(item), item.code in form.items) for item in boxes),
        listed="\n".join(item for item in form.items if item not in shown),
    )


def _named(item: Item) -> str:
    names = (said(item.name), said(item.organisation.name), name_of_node(item.competent))
    return " · ".join(names)


def _owners(agreement: Agreement, known: Mapping[str, Item]) -> Mapping[str, Words]:
    """Names of authorities by their code: as the text has them, otherwise as the catalogue does."""
    written = {consent.organisation: consent.name for consent in agreement.consents}
    listed = {item.organisation.code: item.organisation.name for item in known.values()}
    return {**listed, **written}
