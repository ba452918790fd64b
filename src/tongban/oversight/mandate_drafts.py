"""A list of items to open while an officer writes it; the form alone keeps it between two pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.core.catalogues.rule_forms import MANDATE, says_the_same
from tongban.core.china_time import china_day
from tongban.core.items.comparison import basic_code_of
from tongban.core.items.explanation import Origin
from tongban.core.mandates.mandate import Mandate, MandateLine, MandateScope
from tongban.core.plain_codes import is_number
from tongban.node.rules import KnownRule
from tongban.oversight.mandate_lines import LinesRead, read_lines, written_lines
from tongban.oversight.rule_heads import RuleHead, head_of, number_taken, read_head, unchanged
from tongban.pages.components import FieldError
from tongban.pages.node_access import now
from tongban.pages.whole_node import whole_node

_COUNT_DIGITS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class MandateDraft:
    """A list that is being written; after: the own version that it changes, 0 for a first one.

    instrument: number of the one that binds, "" for none. announced: how many lines the list has
    in all, "" for those that are here. lines: an item a line, as `mandate_lines` reads them.
    """

    after: int
    before: Mandate | None
    head: RuleHead
    scope: str
    instrument: str
    announced: str
    lines: str

    @property
    def version(self) -> int:
        """What it will be."""
        return self.after + 1

    @property
    def scopes(self) -> list[tuple[str, str, bool]]:
        """What can be chosen: value, words, and whether it is."""
        return [(each, _SCOPES[each](), each == self.scope) for each in MandateScope]

    @property
    def scope_words(self) -> str:
        """What is chosen; only where nothing is wrong."""
        return _SCOPES[MandateScope(self.scope)]()

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What a page carries on to the next one, as names and values of the form."""
        own = [(name, getattr(self, name)) for name in _TEXTS]
        return [("after", str(self.after)), *self.head.fields, *own]

    @property
    def preview(self) -> list[tuple[MandateLine, bool]]:
        """Each line, and whether some item known here falls under it."""
        known = {basic_code_of(item) for item in whole_node().items()}
        return [(line, not known.isdisjoint(line.basic_codes)) for line in self.rule().lines]

    def errors(self) -> tuple[FieldError, ...]:
        """What has to be mended before it can be published."""
        misfilled = tuple(self._misfilled())
        if misfilled:
            return misfilled
        if not self.after and _own_versions(self.head.number):
            return (number_taken(),)
        same = self.before is not None and says_the_same(self.rule(), self.before)
        return (unchanged(),) if same else ()

    def published(self) -> KnownRule[Mandate] | None:
        """This very draft, where it was published already: somebody pressed twice."""
        if any(self._misfilled()):
            return None
        known = next(
            (e for e in _own_versions(self.head.number) if e.rule.version == self.version), None
        )
        return known if known and says_the_same(self.rule(), known.rule) else None

    def rule(self) -> Mandate:
        """What was filled in, where nothing is wrong with it."""
        lines = self._read().lines
        announced = int(self.announced) if self.announced else len(lines)
        return Mandate(
            number=self.head.number,
            version=self.version,
            title=self.head.title,
            issuer=self.head.issuer,
            published_on=china_day(now()),
            scope=MandateScope(self.scope),
            instrument=self.instrument,
            complete=announced == len(lines),
            lines_announced=announced,
            lines=lines,
            published_origin=Origin.ILLUSTRATIVE if self.head.illustrative else Origin.SOURCED,
            illustrative=self.head.illustrative,
        )

    def _read(self) -> LinesRead:
        return read_lines(self.lines, self.head, self.before)

    def _misfilled(self) -> Iterator[FieldError]:
        yield from self.head.errors()
        if self.scope not in set(MandateScope):
            yield FieldError(anchor="scope", words=gettext("请选这份清单管多大范围。"))
        if self.instrument and not is_number(self.instrument):
            yield FieldError(anchor="instrument", words=gettext("这不是文件的编号。"))
        read = self._read()
        yield from read.errors
        yield from self._miscounted(len(read.lines))

    def _miscounted(self, here: int) -> Iterator[FieldError]:
        if not self.announced:
            return
        counted = self.announced.isascii() and self.announced.isdecimal()
        if not counted or len(self.announced) > _COUNT_DIGITS or int(self.announced) < here:
            words = gettext("请写整数，不少于下面写的项数；就是这些项的，可以不写。")
            yield FieldError(anchor="announced", words=words)


def begun_mandate(number: str) -> MandateDraft:
    """The next version of an own list, or an empty first one."""
    versions = _own_versions(number)
    rule = versions[-1].rule if versions else None
    more = rule is not None and not rule.complete
    return MandateDraft(
        after=rule.version if rule else 0,
        before=rule,
        head=head_of(rule),
        scope=rule.scope if rule else "",
        instrument=rule.instrument if rule else "",
        announced=str(rule.lines_announced) if rule and more else "",
        lines=written_lines(rule.lines) if rule else "",
    )


def carried_on_mandate(given: QueryDict, after: int) -> MandateDraft:
    """As the form has it."""
    head = read_head(given)
    known = (e.rule for e in _own_versions(head.number) if e.rule.version == after)
    texts: Mapping[str, str] = {
        name: given.get(name, "").replace("\r\n", "\n").strip() for name in _TEXTS
    }
    return MandateDraft(after=after, before=next(known, None), head=head, **texts)


def _own_versions(number: str) -> list[KnownRule[Mandate]]:
    place = (whole_node().name, number)
    known = whole_node().rules.known(MANDATE)
    return [each for each in known if (each.rule.publisher, each.rule.number) == place]


_TEXTS = ("scope", "instrument", "announced", "lines")
_SCOPES = {
    MandateScope.NATION: lambda: gettext("全国"),
    MandateScope.PROVINCE: lambda: gettext("全省"),
    MandateScope.ALLIANCE: lambda: gettext("区域联盟"),
}
