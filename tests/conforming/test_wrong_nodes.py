"""Each wrong node fails at the rule that it breaks, and at no other."""

from pathlib import Path

import pytest
from tests.conforming.doors import examine, found, introduced, node_behind_a_door, talk_to
from tests.conforming.wrong_nodes import WRONG_NODES

from tongban.conformance.rule import Judgement
from tongban.conformance.runner import Runner
from tongban.evidence.suites import USUAL
from tongban.testing.memory_nodes import SeededRandomness

#: Each takes seconds: `make test` looks at every third of them, `make drill` at all.
_EACH = [
    pytest.param(name, marks=[pytest.mark.drill] if place % 3 else [])
    for place, name in enumerate(WRONG_NODES)
]


@pytest.mark.parametrize("name", _EACH)
def test_a_wrong_node_fails_at_the_rule_that_it_breaks_and_at_no_other(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = WRONG_NODES[name]
    wrong.plant(monkeypatch)
    runner = Runner.make(SeededRandomness(name).draw, suite=USUAL)
    with node_behind_a_door(tmp_path) as (node, _, described):
        introduced(node, runner)
        findings = examine(talk_to(described, runner))
    failed = found(findings, Judgement.FAILED)
    assert set(failed) == wrong.breaks, failed
    assert all(failed.values())
