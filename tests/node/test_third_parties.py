"""What a partner says about the case of two others changes nothing between those two."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.node.liar import Liar
from tests.node.looking import grounds, home_events, submit

from tongban.core.cases.events import CaseAccepted
from tongban.core.entry import Subject, SubjectKind
from tongban.core.home.events import OutcomeDisputed
from tongban.core.refusal import Refusal
from tongban.testing.applications import HANGZHOU, HEFEI, SONGJIANG, accept, publish
from tongban.testing.memory_nodes import MemoryFederation


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[MemoryFederation]:
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI, HANGZHOU))
    publish(federation)
    federation.settle()
    yield federation
    federation.stop()


def test_a_strangers_act_is_refused_and_nobody_believes_it_of_the_partner(
    trio: MemoryFederation,
) -> None:
    case = submit(trio)
    trio.settle()
    liar = Liar(trio[HANGZHOU], HEFEI)
    liar.write(liar.draft(CaseAccepted(number="1"), Subject(kind=SubjectKind.CASE, id=case)))
    trio.settle()
    assert list(grounds(trio[HEFEI], HANGZHOU)) == ["case.accepted"]
    answer = trio[HEFEI].execute(accept(case))
    assert not isinstance(answer, Refusal)
    trio.settle()
    assert trio[SONGJIANG].case_state(case) == trio[HEFEI].case_state(case)
    for name in (SONGJIANG, HEFEI):
        assert not home_events(trio[name], OutcomeDisputed)
