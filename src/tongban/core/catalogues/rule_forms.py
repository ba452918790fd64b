"""How each kind of rule is read, checked and recorded, in one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar

from tongban.core import canonical
from tongban.core.catalogues.events import RuleKind
from tongban.core.catalogues.rules import Rule
from tongban.core.home.events import AdviceIssued, MandateIssued, RuleIssued, StandardIssued
from tongban.core.items.standard import Standard, check_standard, read_standard
from tongban.core.mandates.advice import Advice, check_advice, read_advice
from tongban.core.mandates.mandate import Mandate, check_mandate, read_mandate

R = TypeVar("R", Standard, Mandate, Advice)

_NO_DAY = date(1970, 1, 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleForm(Generic[R]):
    """One kind; check raises DocumentInvalid, read NotCanonical as well."""

    kind: RuleKind
    check: Callable[[R], R]
    read: Callable[[bytes], R]
    issued: type[RuleIssued]

    def dated(self, rule: R, *, version: int, publisher: str, day: date) -> R:
        """The rule as its publisher sets it on a day; raises DocumentInvalid."""
        return self.check(replace(rule, version=version, publisher=publisher, published_on=day))


def rule_document(rule: Rule) -> bytes:
    """The canonical bytes that are published and that partners pin."""
    return canonical.encode(rule)


def says_the_same(one: R, other: R) -> bool:
    """Whether two versions differ in nothing but version, publisher and day."""
    return _bare(one) == _bare(other)


def _bare(rule: R) -> R:
    return replace(rule, version=1, publisher="", published_on=_NO_DAY)


STANDARD = RuleForm(
    kind=RuleKind.STANDARD, check=check_standard, read=read_standard, issued=StandardIssued
)
MANDATE = RuleForm(
    kind=RuleKind.MANDATE, check=check_mandate, read=read_mandate, issued=MandateIssued
)
ADVICE = RuleForm(kind=RuleKind.ADVICE, check=check_advice, read=read_advice, issued=AdviceIssued)

FORMS: Mapping[RuleKind, RuleForm[Any]] = {form.kind: form for form in (STANDARD, MANDATE, ADVICE)}
