"""A service item (政务服务事项) as the competent authority publishes it.

The canonical bytes of an item are its document; a case pins their digest, so a running case never
changes rules under people's feet. Field names follow GB/T 39046-2020 where it has one.
"""

from dataclasses import dataclass
from datetime import date

from tongban.core.cases.events import Mode
from tongban.core.items.classification import (
    Audience,
    CaseType,
    CodeKind,
    ExerciseLevel,
    HandlingForm,
    HandlingScope,
    ItemType,
    Service,
)
from tongban.core.items.decision import DecisionRow
from tongban.core.items.explanation import Parameter, Provenance, Question
from tongban.core.items.form import Form
from tongban.core.items.handling import (
    Condition,
    Fee,
    HandlingItem,
    Limits,
    ModeOffer,
    ResultDocument,
    SpecialProcedure,
    Step,
)
from tongban.core.items.lists import FourLists
from tongban.core.items.material import Material, Signatory
from tongban.core.items.offices import Contact, Counter, DirectWay, Organisation
from tongban.core.later import later
from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One item of one authority, as people look for it and officers handle it.

    code: 实施编码, of 31 characters where code_kind is national. place: GB/T 2260 code. competent:
    node name of the authority. visits: 到办事现场次数, with visits_reason where there are any.
    fee: None where it is free; further_fees and further_results follow the first of each.
    illustrative: values are made up for the demonstration and screens must say so.

    basic_code: 基本编码 of the national entry that this implements, also where the code itself ends
    with a provincial one. scope: 通办范围. themes, life_events: codes of catalogue/national/topics.
    decisions: 决策表, which of its handling_items is whose case, by what the form asks.
    effective_from, effective_until: first and last day on which this version may be applied for.
    """

    code: str
    version: int
    name: Words
    summary: Words
    aliases: tuple[str, ...]
    keywords: tuple[str, ...]
    place: str
    competent: str
    organisation: Organisation
    type_code: ItemType
    audience: tuple[Audience, ...]
    conditions: tuple[Condition, ...]
    materials: tuple[Material, ...]
    form: Form
    modes: tuple[ModeOffer, ...]
    limits: Limits
    result: ResultDocument
    direct_way: DirectWay
    visits: int
    legal_basis: tuple[Words, ...]
    fee: Fee | None = None
    illustrative: bool = False
    basic_code: str = later("")
    code_kind: CodeKind = later(CodeKind.NATIONAL)
    level: ExerciseLevel | None = later(None)
    case_type: CaseType | None = later(None)
    handling_forms: tuple[HandlingForm, ...] = later(())
    scope: HandlingScope | None = later(None)
    services: tuple[Service, ...] = later(())
    handling_items: tuple[HandlingItem, ...] = later(())
    signatories: tuple[Signatory, ...] = later(())
    steps: tuple[Step, ...] = later(())
    special_procedures: tuple[SpecialProcedure, ...] = later(())
    further_fees: tuple[Fee, ...] = later(())
    further_results: tuple[ResultDocument, ...] = later(())
    visits_reason: Words | None = later(None)
    quantity_limit: Words | None = later(None)
    counters: tuple[Counter, ...] = later(())
    consultation: Contact | None = later(None)
    complaint: Contact | None = later(None)
    questions: tuple[Question, ...] = later(())
    themes: tuple[str, ...] = later(())
    life_events: tuple[str, ...] = later(())
    parameters: tuple[Parameter, ...] = later(())
    lists: FourLists | None = later(None)
    effective_from: date | None = later(None)
    effective_until: date | None = later(None)
    provenance: tuple[Provenance, ...] = later(())
    decisions: tuple[DecisionRow, ...] = later(())

    @property
    def fees(self) -> tuple[Fee, ...]:
        """Everything that it costs; empty where it is free."""
        return (*((self.fee,) if self.fee else ()), *self.further_fees)

    @property
    def results(self) -> tuple[ResultDocument, ...]:
        """Everything that the applicant gets."""
        return (self.result, *self.further_results)

    def process_for(self, mode: Mode) -> str | None:
        """Name of the process for this mode, or None where the item does not offer it."""
        return next((offer.process for offer in self.modes if offer.mode is mode), None)

    def material(self, code: str) -> Material | None:
        """The material with this code."""
        return next((line for line in self.materials if line.code == code), None)

    def in_effect_on(self, day: date) -> bool:
        """Whether this version may be applied for on that day."""
        begun = self.effective_from is None or self.effective_from <= day
        return begun and (self.effective_until is None or day <= self.effective_until)
