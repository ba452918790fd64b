"""An agreement of three made-up cities, and how far its pairs have come."""

from itertools import permutations

from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.document import document_digest
from tongban.core.agreements.state import AgreementState
from tongban.core.refusal import Refusal
from tongban.node import agreement_acts
from tongban.testing.alliances import alliance
from tongban.testing.applications import HANGZHOU, HEFEI, LEGAL_REPRESENTATIVE, OFFICER, SUZHOU
from tongban.testing.memory_nodes import MemoryFederation

NAMES = (SUZHOU, HANGZHOU, HEFEI)
TEXT = alliance(NAMES, items=9)
DIGEST = document_digest(TEXT)


def go_on(cities: MemoryFederation) -> None:
    """Let nodes do what they owe and talk until nobody has anything left."""
    cities.settle()
    while sum(cities[name].deposits.settle() for name in cities.names):
        cities.settle()


def state(
    cities: MemoryFederation, one: str, other: str, digest: str = DIGEST
) -> AgreementState | None:
    found = (each for each in cities[one].agreements_with(other) if each.document == digest)
    return next(found, None)


def concluded(cities: MemoryFederation, text: Agreement = TEXT) -> set[tuple[str, str]]:
    pairs = permutations(sorted(text.nodes), 2)
    known = {pair: state(cities, *pair, document_digest(text)) for pair in pairs}
    return {pair for pair, found in known.items() if found and found.is_concluded(text)}


def all_pairs(text: Agreement = TEXT) -> set[tuple[str, str]]:
    return set(permutations(sorted(text.nodes), 2))


def sign(cities: MemoryFederation, name: str, text: Agreement = TEXT) -> None:
    answers = agreement_acts.sign(cities[name], text, LEGAL_REPRESENTATIVE)
    assert not any(isinstance(answer, Refusal) for answer in answers.values())


def conclude(cities: MemoryFederation, text: Agreement = TEXT) -> None:
    agreement_acts.offer(cities[SUZHOU], text, OFFICER)
    go_on(cities)
    for name in sorted(text.nodes):
        sign(cities, name, text)
    go_on(cities)
