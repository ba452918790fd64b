"""spec/connector.md names every kind, ground and problem that the code knows."""

import re
from pathlib import Path

import pytest

from tongban.api import messages
from tongban.api.grounds import ConnectorGround, words_of
from tongban.api.problems import PROBLEM_CODES


@pytest.fixture(scope="module")
def named() -> set[str]:
    """What stands in backticks in the spec."""
    spec = Path(__file__).resolve().parents[2] / "spec" / "connector.md"
    return set(re.findall(r"`([\w ]+)`", spec.read_text(encoding="utf-8")))


def test_every_variant_is_in_the_spec(named: set[str]) -> None:
    variants = {
        *messages.FACT_KINDS,
        *messages.DOCUMENT_FORMS,
        *messages.ArrivalKind,
        *messages.AnswerKind,
    }
    assert variants - named == set()


def test_every_member_is_in_the_spec(named: set[str]) -> None:
    members = {*messages.CaseSheet.model_fields, *messages.Instants.model_fields}
    assert members - named == set()


def test_every_ground_and_problem_is_in_the_spec(named: set[str]) -> None:
    assert {*ConnectorGround, *PROBLEM_CODES} - named == set()


@pytest.mark.parametrize("ground", ConnectorGround)
def test_every_ground_has_words_of_its_own(ground: ConnectorGround) -> None:
    assert ground.value not in words_of(ground).why.zh
