"""What `tongban case show` says of an entry is what a bundle of the case says."""

from pathlib import Path

import pytest

from tongban.app.commands.case import _EFFECTS
from tongban.app.operations.cases import decided_by_partners, effect_of
from tongban.logs import wire
from tongban.node.bundles.export import export_bundle
from tongban.node.bundles.report import Effect
from tongban.node.bundles.verify import verify_bundle
from tongban.testing.applications import (
    HEFEI,
    OFFICER,
    SONGJIANG,
    accept,
    online_application,
    publish,
)
from tongban.testing.memory_nodes import MemoryFederation

Effects = list[tuple[str, Effect]]


@pytest.fixture
def pair(tmp_path: Path) -> MemoryFederation:
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI))
    publish(federation)
    federation.settle()
    return federation


def submit(pair: MemoryFederation) -> str:
    command = online_application(pair)
    pair[SONGJIANG].execute(command)
    return command.case


def shown(pair: MemoryFederation, name: str, case: str) -> Effects:
    decided = decided_by_partners(pair[name])
    return sorted(
        (wire.type_name(wire.decode(line.data or b"").event), effect_of(line, decided))
        for line in pair[name].history(case)
    )


def bundled(pair: MemoryFederation, name: str, case: str) -> Effects:
    descriptor = pair.nodes[name].descriptor
    data = export_bundle(pair[name].kernel, case, descriptor=descriptor, bodies_for=None)
    return sorted((e.type, e.outcome) for e in verify_bundle(data).entries if e.about_case)


@pytest.mark.parametrize("name", [SONGJIANG, HEFEI])
def test_effects_are_those_of_the_bundle(pair: MemoryFederation, name: str) -> None:
    case = submit(pair)
    pair.settle()
    pair[HEFEI].execute(accept(case))
    pair.settle()
    pair[name].read_body(case, "application", reader=OFFICER, purpose="review")
    effects = shown(pair, name, case)
    assert effects == bundled(pair, name, case)
    assert ("personal_data.read", Effect.NOT_DUE) in effects
    assert ("case.dispatched", Effect.TAKEN_EFFECT) in effects


def test_what_was_not_answered_is_not_said_to_have_taken_effect(pair: MemoryFederation) -> None:
    case = submit(pair)
    effects = shown(pair, SONGJIANG, case)
    assert effects == bundled(pair, SONGJIANG, case)
    assert ("case.dispatched", Effect.UNSETTLED) in effects


def test_every_effect_has_words() -> None:
    assert set(_EFFECTS) == set(Effect)
