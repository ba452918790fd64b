"""A published legal instrument, such as a national list, field by field."""

from dataclasses import dataclass
from datetime import date

from tongban.core.cases.events import Mode
from tongban.core.cases.process import CARRIED_OUT, Power
from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class InstrumentClause:
    """What a published instrument lets every place do for every other.

    catalogue_codes: 基本编码 of 12 digits, the end of each implementation code it covers.
    """

    number: str
    title: Words
    text: Words
    catalogue_codes: tuple[str, ...]
    modes: tuple[Mode, ...]
    powers: tuple[Power, ...]

    @property
    def enforced(self) -> bool:
        """Whether any of its powers is one that the software carries out."""
        return not CARRIED_OUT.isdisjoint(self.powers)


@dataclass(frozen=True, kw_only=True, slots=True)
class Instrument:
    """A published legal instrument such as a national list; it binds without an agreement."""

    number: str
    title: Words
    issuer: Words
    published_on: date
    valid_from: date
    clauses: tuple[InstrumentClause, ...]
    valid_until: date | None = None
    illustrative: bool = False

    def clause(self, number: str) -> InstrumentClause | None:
        """The clause with this number."""
        return next((clause for clause in self.clauses if clause.number == number), None)
