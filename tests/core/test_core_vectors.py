"""The examples beside spec/cases.md and spec/agreements.md, read by this implementation."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tongban.core import canonical
from tongban.core.agreements.document import (
    Agreement,
    Document,
    document_bytes,
    read_document,
)
from tongban.core.agreements.signature import key_name, read_signature, signing_text
from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.admit import admit, recalls
from tongban.core.cases.events import HandoverRecalled
from tongban.core.cases.evolve import evolve
from tongban.core.cases.process import Process, process_document, read_process
from tongban.core.cases.settle import settle
from tongban.core.cases.state import CaseState, Received
from tongban.core.channel.events import AvailabilitySource
from tongban.core.deadlines.calendar import TableCalendar, add_working_days
from tongban.core.deadlines.running import deadlines_of
from tongban.core.entry import Entry
from tongban.core.faults import NotCanonical
from tongban.core.items.codes import (
    is_credit_code,
    is_implementation_code,
    is_resident_number,
)
from tongban.core.items.document import item_document, read_item
from tongban.core.items.item import Item
from tongban.logs.wire import decode

from .examples import FOOD, FUND, NOTHING, SHIP, pair_of, signed
from .retelling import Retold, tell, tell_talks
from .table import Node, Talks

VECTORS = Path(__file__).resolve().parents[2] / "spec" / "vectors" / "core"


def vectors(name: str) -> dict[str, Any]:
    read = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def document(name: str) -> bytes:
    return (VECTORS / "documents" / f"{name}.json").read_bytes()


CANONICAL = vectors("canonical")
CODES = vectors("codes")
DOCUMENTS = vectors("documents")["documents"]
SIGNATURES = vectors("signatures")
STORIES = vectors("stories")
AGREEMENT_STORIES = vectors("agreement_stories")
NEGOTIATION_STORIES = vectors("negotiation_stories")
TABLE = STORIES["calendar"]
CALENDAR = TableCalendar(
    holidays=frozenset(map(date.fromisoformat, TABLE["holidays"])),
    workdays=frozenset(map(date.fromisoformat, TABLE["workdays"])),
    years=frozenset(TABLE["years"]),
)
WRITERS: dict[str, Callable[[Any], bytes]] = {
    "process": process_document,
    "item": item_document,
    "agreement": document_bytes,
    "instrument": document_bytes,
}
READERS = {
    "process": read_process,
    "item": read_item,
    "agreement": read_document,
    "instrument": read_document,
}


def named(examples: list[dict[str, Any]], key: str = "name") -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vector", examples, ids=[str(one[key]) for one in examples])


@named(CANONICAL["accepted"])
def test_a_canonical_form_is_written_and_read(vector: dict[str, Any]) -> None:
    data = bytes.fromhex(vector["bytes"])
    assert canonical.encode(vector["value"]) == data
    assert canonical.decode(data, object) == vector["value"]
    assert canonical.digest(data) == vector["digest"]


@named(CANONICAL["refused"])
def test_any_other_form_is_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(NotCanonical):
        canonical.decode(bytes.fromhex(vector["bytes"]), object)


@named(CANONICAL["instants"], "text")
def test_an_instant_has_one_form(vector: dict[str, Any]) -> None:
    data = json.dumps(vector["text"]).encode()
    if vector["canonical"]:
        assert canonical.encode(canonical.decode(data, datetime)) == data
    else:
        with pytest.raises(NotCanonical):
            canonical.decode(data, datetime)


def test_codes_pass_or_fail_as_listed() -> None:
    for vector in CODES["credit_codes"]:
        assert is_credit_code(vector["code"]) == vector["valid"]
    for vector in CODES["resident_numbers"]:
        assert is_resident_number(vector["number"]) == vector["valid"]
    for vector in CODES["implementation_codes"]:
        assert is_implementation_code(vector["code"]) == vector["valid"]


@named(DOCUMENTS, "file")
def test_a_document_is_read_and_named_by_its_digest(vector: dict[str, Any]) -> None:
    data = (VECTORS / vector["file"]).read_bytes()
    assert (len(data), canonical.digest(data)) == (vector["bytes"], vector["digest"])
    read = READERS[vector["kind"]](data)
    assert WRITERS[vector["kind"]](read) == data


def test_every_document_is_listed() -> None:
    found = {f"documents/{path.name}" for path in (VECTORS / "documents").iterdir()}
    assert found == {vector["file"] for vector in DOCUMENTS}


@named(SIGNATURES["accepted"], "party")
def test_a_signing_text_is_written_and_read(vector: dict[str, Any]) -> None:
    at = datetime.fromisoformat(vector["at"])
    party = vector["party"]
    text = signing_text(vector["document"], party, vector["office"], at)
    assert (text, key_name(party)) == (vector["text"], vector["key_name"])
    assert read_signature("note", party, lambda _key, _note: text) is not None


@named(SIGNATURES["refused"])
def test_any_other_text_is_no_signature(vector: dict[str, Any]) -> None:
    assert read_signature("note", vector["party"], lambda _key, _note: vector["text"]) is None


def test_working_days_are_counted_as_listed() -> None:
    for vector in STORIES["working_days"]:
        day = date.fromisoformat(vector["day"])
        due = add_working_days(CALENDAR, day, vector["working_days"])
        assert due.isoformat() == vector["due_on"]


@named(STORIES["stories"])
def test_a_story_has_the_same_outcomes_and_ends_alike_on_both_sides(
    vector: dict[str, Any],
) -> None:
    Telling(vector).tell()


@named(AGREEMENT_STORIES["stories"])
def test_a_story_of_agreements_has_the_same_outcomes_and_answers(vector: dict[str, Any]) -> None:
    item = read_item(document(AGREEMENT_STORIES["item"]))
    retold = Retold(
        nodes=tuple(AGREEMENT_STORIES["nodes"]),
        named=texts_of(AGREEMENT_STORIES),
        process=read_process(document(AGREEMENT_STORIES["process"])),
        item=item.code,
        keys=AGREEMENT_STORIES["keys"],
    )
    tell(vector, retold)


@named(NEGOTIATION_STORIES["stories"])
def test_a_story_of_a_negotiation_ends_alike_on_both_sides(vector: dict[str, Any]) -> None:
    one, other = NEGOTIATION_STORIES["nodes"]
    known = dict(texts_of(NEGOTIATION_STORIES).values())
    tell_talks(vector, Talks(suzhou=Node(name=one), hangzhou=Node(name=other), documents=known))


def texts_of(vector: dict[str, Any]) -> dict[str, tuple[str, Document]]:
    """Digest and document, by the name of its file."""
    return {
        name: (digest, read_document(document(name))) for name, digest in vector["texts"].items()
    }


class Telling:
    """A story told again: each step is one push, answered before the next."""

    def __init__(self, story: dict[str, Any]) -> None:
        self.steps = story["steps"]
        self.names = {"intake": story["intake"], "competent": story["competent"]}
        self.process: Process = read_process(document(story["process"]))
        named = story["agreement"]
        self.agreement = read_document(document(named)) if named else None
        self.pair = self.agreed()
        self.item = next(
            item for item in (FOOD, FUND, SHIP) if item.competent == story["competent"]
        )
        self.views: dict[str, CaseState | None] = {"intake": None, "competent": None}

    def agreed(self) -> PairAgreements:
        if not isinstance(self.agreement, Agreement):
            return NOTHING
        return pair_of((signed(self.agreement), self.agreement))

    def tell(self) -> None:
        for step in self.steps:
            entries = [decode(text.encode()) for text in step["entries"]]
            at = datetime.fromisoformat(step["received_at"])
            received = Received(received_at=at, available_at=at, source=AvailabilitySource.NODE)
            reader = "competent" if step["writer"] == "intake" else "intake"
            refused = self.push(step["writer"], reader, entries, received)
            assert refused == step["refused"], step["say"]
            assert self.seen(self.views[reader], self.item) == step["then"], step["say"]

    def push(
        self, writer: str, reader: str, entries: list[Entry], received: Received
    ) -> dict[str, str]:
        recalled = recalls(entries)
        refused = {}
        for entry in entries:
            refusal = admit(
                self.views[reader],
                entry,
                writer=self.names[writer],
                receiver=self.names[reader],
                process=self.process,
                pair=self.pair,
                at=received.received_at,
                recalled=recalled,
            )
            if refusal:
                refused[entry.id] = str(refusal.ground)
            elif not isinstance(entry.event, HandoverRecalled):
                self.fold(entry, writer, reader, received)
        return refused

    def fold(self, entry: Entry, writer: str, reader: str, received: Received) -> None:
        for viewer in (writer, reader):
            state = evolve(
                self.views[viewer],
                entry,
                writer=self.names[writer],
                viewer=self.names[viewer],
                process=self.process,
                received=received,
            )
            self.views[viewer] = settle(state, entry.id, received=received)
        assert self.views[writer] == self.views[reader]

    def seen(self, state: CaseState | None, item: Item) -> dict[str, Any] | None:
        if state is None:
            return None
        return {
            "stage": state.stage,
            "holder": state.holder,
            "ended": state.ended,
            "deemed_accepted": state.deemed_accepted,
            "flags": [flag.kind.value for flag in state.flags],
            "deadlines": [
                {"rule": due.rule, "party": due.party, "due_on": due.due_on.isoformat()}
                for due in deadlines_of(state, item, CALENDAR, self.agreement)
            ],
        }
