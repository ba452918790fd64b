"""The head of a text: title, number, version, its days, and who keeps it for many."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.agreements.negotiations.forms.reading import (
    day_errors,
    missing,
    number_errors,
    text_of,
    words_of,
)
from tongban.core.agreements.document import Agreement
from tongban.pages.components import FieldError
from tongban.pages.places import name_of_node

_PAIR = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadForm:
    """As somebody filled it in."""

    title_zh: str
    title_en: str
    number: str
    version: str
    valid_from: str
    valid_until: str
    sign_by: str
    depositary: str

    def errors(self) -> tuple[FieldError, ...]:
        """What has to be mended before it can be kept."""
        found = [
            *missing("title_zh", self.title_zh, gettext("请写标题。")),
            *missing("number", self.number, gettext("请写编号。")),
            *missing("version", self.version, gettext("请写版本。")),
            *number_errors("version", self.version, least=1),
            *day_errors("valid_from", self.valid_from),
            *day_errors("valid_until", self.valid_until),
            *(day_errors("sign_by", self.sign_by) if self.sign_by else ()),
        ]
        if not found and self.valid_until < self.valid_from:
            words = gettext("最后一天在第一天之前。")
            found.append(FieldError(anchor="valid_until", words=words))
        if not found and self.sign_by > self.valid_until:
            words = gettext("签署截止日在最后一天之后，请改早一些。")
            found.append(FieldError(anchor="sign_by", words=words))
        return tuple(found)

    def applied(self, agreement: Agreement) -> Agreement:
        """The text with this head; only where nothing is wrong."""
        return replace(
            agreement,
            title=words_of(self.title_zh, self.title_en),
            number=self.number,
            version=int(self.version),
            valid_from=date.fromisoformat(self.valid_from),
            valid_until=date.fromisoformat(self.valid_until),
            sign_by=date.fromisoformat(self.sign_by) if self.sign_by else None,
            depositary=self._kept_by(agreement),
        )

    def _kept_by(self, agreement: Agreement) -> str:
        """Who was chosen; where nobody could be, as it was."""
        chosen = self.depositary in agreement.nodes
        return self.depositary if chosen else agreement.depositary

    def depositaries(self, agreement: Agreement) -> list[tuple[str, str, bool]]:
        """Which party can keep the signed text of three and more: node, name, and whether it does.

        Two put no steps in order, so there is nothing to choose.
        """
        if len(agreement.parties) <= _PAIR:
            return []
        nodes = (party.node for party in agreement.parties)
        return [(node, name_of_node(node), node == self.depositary) for node in nodes]


def head_form(agreement: Agreement) -> HeadForm:
    """As the text has it."""
    return HeadForm(
        title_zh=agreement.title.zh,
        title_en=agreement.title.en,
        number=agreement.number,
        version=str(agreement.version),
        valid_from=agreement.valid_from.isoformat(),
        valid_until=agreement.valid_until.isoformat(),
        sign_by=agreement.sign_by.isoformat() if agreement.sign_by else "",
        depositary=agreement.depositary,
    )


def read_head(given: QueryDict) -> HeadForm:
    """As it was sent."""
    return HeadForm(**{name: text_of(given, name) for name in HeadForm.__slots__})
