"""One grant of a clause: who lets whom do what, for which items, in which ways."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations
from typing import TypeVar

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.agreements.known import direction_words
from tongban.agreements.labels import mode_words, power_words
from tongban.agreements.negotiations.forms.reading import missing, number_errors, text_of
from tongban.core.agreements.clauses import Grant
from tongban.core.agreements.document import Agreement
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.words import Words
from tongban.pages.components import FieldError
from tongban.pages.words import said

Code = TypeVar("Code", bound=StrEnum)

#: Beyond so many items nobody ticks boxes: a list of lines is quicker to read and to paste.
BOXES_MAX = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantForm:
    """As somebody filled it in; direction: granter and grantee with ">" between them."""

    direction: str
    modes: tuple[str, ...]
    powers: tuple[str, ...]
    items: tuple[str, ...]
    daily_limit: str

    def errors(self, agreement: Agreement) -> tuple[FieldError, ...]:
        """What has to be mended before it can be kept."""
        found = [
            *missing("direction", self._known_direction(agreement), gettext("请选谁替谁办。")),
            *missing("modes", self.modes, gettext("请至少选一种方式。")),
            *missing("powers", self.powers, gettext("请至少选一项权限。")),
            *missing("items", self.items, gettext("请至少选一个事项。")),
            *number_errors("daily_limit", self.daily_limit, least=1),
        ]
        return tuple(found) or tuple(self._strange(agreement))

    def applied(self) -> Grant:
        """The grant; only where nothing is wrong."""
        granter, _, grantee = self.direction.partition(">")
        return Grant(
            granter=granter,
            grantee=grantee,
            items=self.items,
            modes=tuple(Mode(each) for each in self.modes),
            powers=tuple(Power(each) for each in self.powers),
            daily_limit=int(self.daily_limit or 0),
        )

    def _known_direction(self, agreement: Agreement) -> str:
        return self.direction if self.direction in _pairs(agreement) else ""

    def _strange(self, agreement: Agreement) -> Iterator[FieldError]:
        """Items whose owner has not consented under this granter."""
        granter = self.direction.partition(">")[0]
        opened = _opened(agreement, granter)
        strange = next((item for item in self.items if item not in opened), None)
        if strange:
            words = gettext("%(item)s 的实施机关没有在这份文本里同意由这一方开放。")
            yield FieldError(anchor="items", words=words % {"item": strange})


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantChoices:
    """What a page offers: each choice with its value, its words, and whether it is chosen.

    listed: chosen items as lines of a text, where there are too many for boxes.
    """

    directions: tuple[tuple[str, str, bool], ...]
    modes: tuple[tuple[str, str, bool], ...]
    powers: tuple[tuple[str, str, bool], ...]
    items: tuple[tuple[str, str, bool], ...]
    listed: str
    as_lines: bool


def grant_form(grant: Grant) -> GrantForm:
    """As the text has it."""
    return GrantForm(
        direction=f"{grant.granter}>{grant.grantee}",
        modes=tuple(each.value for each in grant.modes),
        powers=tuple(each.value for each in grant.powers),
        items=grant.items,
        daily_limit=str(grant.daily_limit or ""),
    )


def empty_grant() -> GrantForm:
    """For a grant more."""
    return GrantForm(direction="", modes=(), powers=(), items=(), daily_limit="")


def read_items(given: QueryDict) -> tuple[str, ...]:
    """Codes of items that were ticked or listed; of a line in a list the last word is the code."""
    lines = [line.split()[-1] for line in text_of(given, "item_lines").splitlines() if line.split()]
    return tuple(dict.fromkeys([*given.getlist("item"), *lines]))


def read_grant(given: QueryDict) -> GrantForm:
    """As it was sent."""
    return GrantForm(
        direction=text_of(given, "direction"),
        modes=tuple(each for each in given.getlist("mode") if each in set(Mode)),
        powers=tuple(each for each in given.getlist("power") if each in set(Power)),
        items=read_items(given),
        daily_limit=text_of(given, "daily_limit"),
    )


def choices_of(form: GrantForm, agreement: Agreement, names: Mapping[str, Words]) -> GrantChoices:
    """Everything that can be chosen: items that their owners opened, for whichever party."""
    opened = list(dict.fromkeys(item for consent in agreement.consents for item in consent.items))
    as_lines = len(opened) > BOXES_MAX
    named = {item: _named(item, names) for item in (*opened, *form.items)}
    return GrantChoices(
        directions=tuple(_directions(form, agreement)),
        modes=tuple(_chosen(Mode, form.modes, mode_words)),
        powers=tuple(_chosen(Power, form.powers, power_words)),
        items=() if as_lines else tuple((i, named[i], i in form.items) for i in opened),
        listed="\n".join(f"{named[item]} {item}".strip() for item in form.items),
        as_lines=as_lines,
    )


def _directions(form: GrantForm, agreement: Agreement) -> Iterator[tuple[str, str, bool]]:
    for pair in _pairs(agreement):
        granter, _, grantee = pair.partition(">")
        yield pair, direction_words(granter, grantee), pair == form.direction


def _chosen(
    codes: Iterable[Code], chosen: tuple[str, ...], say: Callable[[Code], str]
) -> Iterator[tuple[str, str, bool]]:
    for code in codes:
        yield code.value, say(code), code.value in chosen


def _pairs(agreement: Agreement) -> list[str]:
    nodes = [party.node for party in agreement.parties]
    return [f"{granter}>{grantee}" for granter, grantee in permutations(nodes, 2)]


def _opened(agreement: Agreement, granter: str) -> frozenset[str]:
    return frozenset(
        item
        for consent in agreement.consents
        if consent.granter == granter
        for item in consent.items
    )


def _named(item: str, names: Mapping[str, Words]) -> str:
    name = names.get(item)
    return said(name) if name else ""
