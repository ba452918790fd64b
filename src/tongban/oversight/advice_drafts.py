"""Advice while an officer writes it; nothing is kept between two pages but the form."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.core.catalogues.rule_forms import ADVICE, says_the_same
from tongban.core.china_time import china_day
from tongban.core.items.codes import is_basic_code
from tongban.core.items.comparison import basic_code_of
from tongban.core.mandates.advice import Advice
from tongban.core.plain_codes import is_number
from tongban.node.rules import KnownRule
from tongban.oversight.rule_heads import RuleHead, both, head_of, number_taken, read_head, unchanged
from tongban.pages.components import FieldError
from tongban.pages.node_access import now
from tongban.pages.whole_node import whole_node

_TEXT_MAX = 4000


@dataclass(frozen=True, kw_only=True, slots=True)
class AdviceDraft:
    """Advice that is being written; after: the own version that it changes, 0 for a first one.

    about: a basic code of 12 digits, or the number of an agreement.
    """

    after: int
    head: RuleHead
    about: str
    text_zh: str
    text_en: str

    @property
    def version(self) -> int:
        """What it will be."""
        return self.after + 1

    @property
    def on_item(self) -> bool:
        """Whether it is on a basic item, and not on an agreement."""
        return is_basic_code(self.about)

    @property
    def known(self) -> bool:
        """Whether an item that is known here falls under the basic code; a slip would miss all."""
        items = whole_node().items()
        return not self.on_item or any(basic_code_of(item) == self.about for item in items)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What a page carries on to the next one, as names and values of the form."""
        own = [("about", self.about), ("text_zh", self.text_zh), ("text_en", self.text_en)]
        return [("after", str(self.after)), *self.head.fields, *own]

    def errors(self) -> tuple[FieldError, ...]:
        """What has to be mended before it can be published."""
        misfilled = tuple(self._misfilled())
        if misfilled:
            return misfilled
        before = _own(self.head.number, self.after)
        if not self.after and _own(self.head.number, 1):
            return (number_taken(),)
        same = before is not None and says_the_same(self.rule(), before.rule)
        return (unchanged(),) if same else ()

    def published(self) -> KnownRule[Advice] | None:
        """This very draft, where it was published already: somebody pressed twice."""
        known = None if any(self._misfilled()) else _own(self.head.number, self.version)
        return known if known and says_the_same(self.rule(), known.rule) else None

    def rule(self) -> Advice:
        """What was filled in, where nothing is wrong with it."""
        return Advice(
            number=self.head.number,
            version=self.version,
            title=self.head.title,
            issuer=self.head.issuer,
            published_on=china_day(now()),
            text=both(self.text_zh, self.text_en),
            basic_code=self.about if self.on_item else "",
            agreement="" if self.on_item else self.about,
            illustrative=self.head.illustrative,
        )

    def _misfilled(self) -> Iterator[FieldError]:
        yield from self.head.errors()
        if not self.on_item and not is_number(self.about):
            words = gettext("请写 12 位的基本编码，或者一份协议的编号。")
            yield FieldError(anchor="about", words=words)
        if not 0 < len(self.text_zh) <= _TEXT_MAX:
            yield FieldError(anchor="text_zh", words=gettext("请写意见，最多 4000 字。"))


def begun_advice(number: str) -> AdviceDraft:
    """The next version of own advice, or an empty first one."""
    versions = [each.rule for each in _own_versions(number)]
    rule = versions[-1] if versions else None
    return AdviceDraft(
        after=rule.version if rule else 0,
        head=head_of(rule),
        about=(rule.basic_code or rule.agreement) if rule else "",
        text_zh=rule.text.zh if rule else "",
        text_en=rule.text.en if rule else "",
    )


def carried_on_advice(given: QueryDict, after: int) -> AdviceDraft:
    """As the form has it."""
    texts = {name: given.get(name, "").replace("\r\n", "\n").strip() for name in _TEXTS}
    return AdviceDraft(after=after, head=read_head(given), **texts)


def _own_versions(number: str) -> list[KnownRule[Advice]]:
    place = (whole_node().name, number)
    known = whole_node().rules.known(ADVICE)
    return [each for each in known if (each.rule.publisher, each.rule.number) == place]


def _own(number: str, version: int) -> KnownRule[Advice] | None:
    return next((each for each in _own_versions(number) if each.rule.version == version), None)


_TEXTS = ("about", "text_zh", "text_en")
