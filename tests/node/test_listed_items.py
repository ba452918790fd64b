"""An item with a code of its own, on a published list by the 基本编码 that its authority told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tongban.catalogue import load_instruments, load_processes
from tongban.core.agreements.commands import Cite
from tongban.core.agreements.document import document_bytes
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.body import Body
from tongban.core.cases.commands import TakeIn
from tongban.core.cases.events import (
    Delivery,
    IntakeKind,
    MaterialForm,
    MaterialLine,
    Mode,
    PersonCheck,
)
from tongban.core.entry import Actor, ActorKind, BasisKind
from tongban.core.items.classification import CodeKind
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity
from tongban.core.refusal import Refusal
from tongban.logs.rows import LogKind
from tongban.node.desk import Executed
from tongban.node.node import Node
from tongban.node.rebuild import rebuild
from tongban.testing.applications import HANGZHOU, SUZHOU, all_items
from tongban.testing.memory_nodes import MemoryFederation

LISTED = "332099004000"
LOCAL = "HZ-CARD-7"
SHIPPED = next(item for item in all_items() if item.code.endswith(LISTED))
CARD = replace(SHIPPED, code=LOCAL, code_kind=CodeKind.LOCAL, basic_code=LISTED)
ELSEWHERE = replace(CARD, basic_code="001009004000")
CLERK = Actor(kind=ActorKind.OFFICER, organisation="11320500002989552P", role="clerk", number="3")
PROCESSES = list(load_processes().values())
INSTRUMENT = load_instruments()[0]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[MemoryFederation]:
    """Suzhou and Hangzhou without an agreement, and a cited list between them."""
    federation = MemoryFederation(tmp_path, (SUZHOU, HANGZHOU))
    federation.settle()
    for name in federation.names:
        with federation[name].kernel.database.write() as lent:
            digest = federation[name].kernel.library.put(lent, document_bytes(INSTRUMENT))
    cite = Cite(document=digest, actor=CLERK)
    assert not isinstance(federation[SUZHOU].execute(cite, partner=HANGZHOU), Refusal)
    federation.settle()
    yield federation
    federation.stop()


def tell(federation: MemoryFederation, item: Item) -> None:
    federation[HANGZHOU].published.publish([item], PROCESSES)
    federation[HANGZHOU].openings.open_to_all([item.code])
    federation[HANGZHOU].openings.tell_all()
    federation.settle()


def take_in(federation: MemoryFederation) -> Executed | Refusal:
    item = federation[SUZHOU].item(LOCAL)
    materials = tuple(
        MaterialLine(code=m.code, form=MaterialForm.ORIGINAL_SEEN, body=f"material:{m.code}")
        for m in item.materials
        if m.necessity is Necessity.REQUIRED
    )
    application = Body(name="application", media="application/json", content=b"{}")
    scans = (Body(name=m.body, media="image/png", content=b"scan") for m in materials)
    return federation[SUZHOU].execute(
        TakeIn(
            case=federation[SUZHOU].new_case("320500"),
            actor=CLERK,
            bodies=(application, *scans),
            item=LOCAL,
            competent=HANGZHOU,
            mode=Mode.DELEGATED_INTAKE,
            delivery=Delivery.COUNTER,
            kind=IntakeKind.COUNTER,
            person_check=PersonCheck.ID_CARD_SEEN,
            materials=materials,
            place="320500",
            taken_in_at=federation.clock.now(),
        )
    )


def disputes(node: Node) -> int:
    store = node.kernel.store
    with node.kernel.database.read() as lent:
        log = store.find_log(lent, kind=LogKind.HOME, peer="")
        assert log is not None
        return len(store.entries_of(lent, log, "outcome.disputed"))


def test_a_local_code_is_taken_in_on_the_list_that_its_basic_code_stands_on(
    pair: MemoryFederation,
) -> None:
    tell(pair, CARD)
    done = take_in(pair)
    assert isinstance(done, Executed)
    pair.settle()
    for name in pair.names:
        state = pair[name].case_state(done.subject)
        assert state is not None
        assert {use.basis.kind for use in state.bases} == {BasisKind.INSTRUMENT}
        assert disputes(pair[name]) == 0
        rebuild(pair[name].kernel)
        assert pair[name].case_state(done.subject) == state


def test_what_its_authority_told_of_otherwise_is_not_on_the_list(pair: MemoryFederation) -> None:
    tell(pair, ELSEWHERE)
    refusal = take_in(pair)
    assert isinstance(refusal, Refusal)
    assert refusal.ground == AgreementGround.NO_AGREEMENT


def test_what_its_authority_told_of_last_counts_on_both_sides(pair: MemoryFederation) -> None:
    tell(pair, CARD)
    pair.cut |= {(SUZHOU, HANGZHOU), (HANGZHOU, SUZHOU)}
    done = take_in(pair)
    assert isinstance(done, Executed)
    pair[HANGZHOU].published.publish([replace(ELSEWHERE, version=2)], PROCESSES)
    pair[HANGZHOU].openings.tell_all()
    pair.cut.clear()
    pair.settle()
    assert pair[HANGZHOU].case_state(done.subject) is None
    assert [disputes(pair[name]) for name in pair.names] == [0, 0]
