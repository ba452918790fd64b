"""What every event of every noun has in common."""

import pytest

from tongban.core.agreements import events as agreements
from tongban.core.cases import events as cases
from tongban.core.cases.acts import ACT_OF, is_case_event
from tongban.core.cases.process import process_digest
from tongban.core.channel import events as channel
from tongban.core.documents import cited_documents
from tongban.core.entry import Event
from tongban.core.home import events as home
from tongban.core.items.document import item_digest
from tongban.core.refusal import Refusal

from .examples import FOOD, dispatch, online, take_in

EVENTS = [
    kind
    for module in (agreements, cases, channel, home)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
]


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_is_a_frozen_value_with_named_fields(kind: type[Event]) -> None:
    assert vars(kind)["__dataclass_params__"].frozen
    assert all(field.kw_only for field in vars(kind)["__dataclass_fields__"].values())


def test_every_event_of_a_case_records_an_act_or_undoes_one() -> None:
    undoing: set[type[Event]] = {cases.HandoverRecalled, cases.DeemedAcceptanceReversed}
    of_cases = {kind for kind in EVENTS if kind.__module__ == cases.__name__}
    assert of_cases == set(ACT_OF) | undoing


def test_what_moves_or_undoes_a_case_is_told_from_everything_else() -> None:
    assert is_case_event(cases.CaseOpened())
    assert is_case_event(cases.HandoverRecalled(handover="x"))
    assert not is_case_event(home.AccessGranted(number="1", role="clerk"))


def test_an_entry_cites_the_documents_that_its_reader_needs() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    answer = line.ask(line.intake, dispatch())
    assert not isinstance(answer, Refusal)
    assert cited_documents(answer[0].event) == (item_digest(FOOD), process_digest(line.process))
    assert cited_documents(agreements.InstrumentCited(document="x")) == ("x",)
    assert cited_documents(cases.CaseOpened()) == ()
