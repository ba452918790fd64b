"""A counter that may or may not take in for another city, and the texts on which that rests."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

import yaml
from tests.journeys.checks import effects_of
from tests.journeys.processes import within

from tongban.app.control import OperationRefused
from tongban.app.demo import counter
from tongban.app.demo.federation import Federation
from tongban.app.demo.once import FUND_ANSWERS, Stage
from tongban.app.demo.visitor import Visitor
from tongban.catalogue import load_agreements, load_instruments, load_items
from tongban.core.agreements.clauses import Grant, RunOff
from tongban.core.agreements.consents import owed_consents, with_consent
from tongban.core.agreements.document import (
    Agreement,
    Document,
    Instrument,
    document_bytes,
)
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.china_time import china_day
from tongban.core.grounds import words_for
from tongban.core.items.item import Item
from tongban.node.clock import SystemClock

PATIENCE_SECONDS = 30.0

#: What a text has to grant before a counter can do all that this software lets it do.
EVERYTHING = (Power.RECEIVE, Power.CHECK_ORIGINALS, Power.DELIVER)
AT_A_COUNTER = (Mode.DELEGATED_INTAKE,)
#: What made-up applicants write into the form for a certificate from the household register.
REGISTER_ANSWERS: Mapping[str, str] = {
    **{name: FUND_ANSWERS[name] for name in ("applicant_name", "resident_number", "phone")},
    "certificate_kind": "kinship",
    "recipient": "演示单位",
}


def today() -> date:
    """The day on which nodes of this machine decide."""
    return china_day(SystemClock().now())


def between(one: str, other: str) -> Agreement:
    """The agreement that the demonstration lays between two."""
    return next(each for each in load_agreements() if each.nodes == {one, other})


def as_text(document: Document) -> str:
    """A document as its author has it in a file."""
    return yaml.safe_dump(yaml.safe_load(document_bytes(document)), allow_unicode=True)


def listing(*codes: str, **changes: Any) -> Instrument:
    """A published list that lets every counter do everything for these 基本编码."""
    first = load_instruments()[0]
    clause = replace(first.clauses[0], catalogue_codes=codes, modes=AT_A_COUNTER, powers=EVERYTHING)
    return replace(first, number="演示清单", illustrative=True, clauses=(clause,), **changes)


@dataclass(slots=True)
class Counter:
    """The counter of a city for items of another, with its clerk and both cities' operators."""

    cities: Federation
    here: str
    there: str
    stage: Stage = field(init=False)
    clerk: Visitor = field(init=False)
    open: ExitStack = field(init=False, default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.stage = Stage(federation=self.cities, intake=self.here, competent=self.there)
        self.clerk = self.stage.visitor(self.here, "clerk")
        self.open.callback(self.clerk.close)

    def item(self, words: str) -> Item:
        """An item of the other city, opened or not, by a part of its Chinese name."""
        items = load_items(self.cities.cities[self.there].key)
        return next(each for each in items if words in each.name.zh)

    def officer_for(self, item: Item) -> Visitor:
        """The officer who decides it, logged in."""
        officer = self.stage.officer_for(item)
        self.open.callback(officer.close)
        return officer

    def text(
        self,
        item: Item,
        *,
        powers: Iterable[Power] = EVERYTHING,
        modes: tuple[Mode, ...] = AT_A_COUNTER,
        run_off: RunOff = RunOff.FINISH,
        **changes: Any,
    ) -> Agreement:
        """An agreement about one item of the other city and nothing else, in force from today."""
        first = between("suzhou.g60.demo", "hangzhou.g60.demo")
        nodes = (self.here, self.there)
        known = {line.node: line for each in load_agreements() for line in each.parties}
        grant = Grant(
            granter=self.there,
            grantee=self.here,
            items=(item.code,),
            modes=modes,
            powers=tuple(powers),
        )
        clauses = tuple(
            replace(
                clause,
                grants=(grant,) if clause.number == "2.1" else (),
                run_off=run_off if clause.run_off else None,
                liaison=(),
            )
            for clause in first.clauses
        )
        bare = replace(
            first,
            parties=tuple(known[node] for node in nodes),
            clauses=clauses,
            consents=(),
            **{"number": f"演示-{item.code}", "valid_from": today(), **changes},
        )
        (owed,) = owed_consents(bare, {item.code: item})
        return with_consent(bare, owed, date(2024, 12, 16))

    def lay(self, agreement: Agreement) -> str:
        """Lay a text before the other city and wait until it is there; its digest."""
        document: str = self.ask("agreement.import", text=as_text(agreement))["document"]
        assert within(PATIENCE_SECONDS, partial(self.knows, self.there, document))
        return document

    def conclude(self, agreement: Agreement) -> str:
        """Lay a text before the other city, and let both sign it; its digest."""
        document = self.lay(agreement)
        for node in (self.here, self.there):
            self.cities.ask(node, "agreement.sign", document=document)
        for node in (self.here, self.there):
            assert within(PATIENCE_SECONDS, partial(self.is_signed, node, document))
        return document

    def cite(self, instrument: Instrument) -> str:
        """Let a published list count between the two; its digest."""
        text = as_text(instrument)
        document: str = self.ask("agreement.cite", text=text, partner=self.there)["document"]
        assert within(PATIENCE_SECONDS, partial(self.knows, self.there, document))
        return document

    def suspend(self, document: str, *items: Item) -> None:
        """The other city stops acts under a text, and this one hears of it."""
        codes = [item.code for item in items]
        ask = partial(self.cities.ask, self.there, "agreement.suspend")
        ask(document=document, ground="audit", items=codes)
        assert within(PATIENCE_SECONDS, lambda: self.line(self.here, document)["suspended"])

    def resume(self, document: str, *items: Item) -> None:
        """The other city lifts what it stopped, and this one hears of it."""
        codes = [item.code for item in items]
        self.cities.ask(self.there, "agreement.resume", document=document, items=codes)
        assert within(PATIENCE_SECONDS, lambda: not self.line(self.here, document)["suspended"])

    def ask(self, operation: str, **arguments: Any) -> Any:
        """An operator's command at this city."""
        return self.cities.ask(self.here, operation, **arguments)

    def line(self, node: str, document: str) -> Mapping[str, Any]:
        """How a text stands at a node, {} while it has not heard of it."""
        lines = self.cities.ask(node, "agreement.list")
        return next((line for line in lines if line["document"] == document), {})

    def knows(self, node: str, document: str) -> bool:
        """Whether a text has come to a node."""
        return bool(self.line(node, document))

    def is_signed(self, node: str, document: str) -> bool:
        """Whether a node has both signatures."""
        return set(self.line(node, document)["signed"]) == {self.here, self.there}

    def begin(self, item: Item) -> None:
        """The clerk chooses the city and the item; what is typed comes later."""
        self.clerk.open(f"/desk/intake/?city={item.place}")
        self.clerk.press(f"/intake/items/{item.code}/")

    def explained(self, item: Item, power: Power) -> Mapping[str, Any]:
        """What this city is told that it may do under a power, as the command line shows it."""
        told = self.ask(
            "agreement.explain", item=item.code, partner=self.there, mode=str(Mode.DELEGATED_INTAKE)
        )
        way = told["direct_way"]
        assert way["organisation"]["zh"] == item.organisation.name.zh
        assert way["address"]["zh"]
        found: Mapping[str, Any] = next(one for one in told["answers"] if one["power"] == power)
        return found

    def comes_to(self, item: Item, power: Power, ground: str) -> bool:
        """Whether this is why the power may not be used, in time; "": it may."""

        def holds() -> bool:
            refusal = self.explained(item, power)["refusal"]
            return (refusal["ground"] if refusal else "") == ground

        return within(PATIENCE_SECONDS, holds)

    def shows(self, ground: str, item: Item) -> bool:
        """Whether the clerk's page says why, and where the applicant can go without any of us."""
        ways = (item.organisation.name.zh, item.direct_way.address.zh, item.direct_way.phone)
        return all(words in self.clerk.text for words in (words_for(ground).why.zh, *ways))

    def cases(self) -> dict[str, int]:
        """How many cases each city has."""
        return {node: len(self.cities.ask(node, "case.list")) for node in self.cities.cities}

    def take_in(self, item: Item, answers: Mapping[str, str]) -> str:
        """Fill in an intake and take it in; the case's number."""
        return counter.take_in(self.clerk, item, answers)

    def agreed(self, case: str, stage: str) -> None:
        """Wait until both cities see the case in this stage."""
        for node in (self.here, self.there):
            self.stage.await_stage(node, case, stage)

    def has(self, node: str, case: str, entry: str) -> bool:
        """Whether an entry took effect at a city."""
        return entry in effects_of(self.cities, node, case)

    def basis(self, case: str, entry: str) -> Mapping[str, str]:
        """On what the last entry of this type rests, as the other city has it."""
        shown = self.cities.ask(self.there, "case.show", case=case)
        lines = [line for line in shown["entries"] if line["type"] == entry]
        taken: Mapping[str, str] = next(line for line in lines[::-1] if not line["refused"])[
            "basis"
        ]
        return taken


def may(ask: Any, **arguments: Any) -> bool:
    """Whether a node does what it is asked."""
    try:
        ask(**arguments)
    except OperationRefused:
        return False
    return True
