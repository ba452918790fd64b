"""A signature on an agreement holds under the keys of the node that made it, and no others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tongban.catalogue import load_agreements
from tongban.core.agreements.commands import Offer, Sign
from tongban.core.agreements.document import Agreement, document_bytes, document_digest
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.refusal import Refusal
from tongban.evidence.notes import encode_note, sign_note
from tongban.evidence.signer import Signer
from tongban.node.node import Node
from tongban.node.rotations import signer_for
from tongban.testing.applications import HANGZHOU, HEFEI, LEGAL_REPRESENTATIVE, OFFICER, SUZHOU
from tongban.testing.memory_nodes import BEGINNING, MemoryFederation, made_up_keys


@pytest.fixture
def agreement() -> Agreement:
    return next(each for each in load_agreements() if set(each.nodes) == {SUZHOU, HANGZHOU})


@pytest.fixture
def offered(tmp_path: Path, agreement: Agreement) -> Iterator[MemoryFederation]:
    """Suzhou has offered an agreement to Hangzhou."""
    federation = MemoryFederation(tmp_path, (SUZHOU, HANGZHOU))
    node = federation[SUZHOU]
    federation.settle()
    with node.kernel.database.write() as connection:
        node.kernel.library.put(connection, document_bytes(agreement))
    offer = Offer(document=document_digest(agreement), actor=OFFICER)
    assert not isinstance(node.execute(offer, partner=HANGZHOU), Refusal)
    federation.settle()
    yield federation
    federation.stop()


def sign(node: Node, agreement: Agreement, note: str) -> bool:
    command = Sign(
        document=document_digest(agreement), actor=LEGAL_REPRESENTATIVE, party=HANGZHOU, note=note
    )
    return not isinstance(node.execute(command, partner=SUZHOU), Refusal)


def note(agreement: Agreement, signer: Signer) -> str:
    party = next(each for each in agreement.parties if each.node == HANGZHOU)

    text = signing_text(document_digest(agreement), HANGZHOU, party.office.zh, BEGINNING)
    signed = sign_note(text, name=key_name(HANGZHOU), signer=signer)
    return encode_note(signed).decode()


@pytest.mark.parametrize("rotations", [0, 1])
def test_a_note_under_the_keys_that_the_partner_knows_is_taken(
    offered: MemoryFederation, agreement: Agreement, rotations: int
) -> None:
    for _ in range(rotations):
        offered.nodes[HANGZHOU].rotate()
        offered.settle()
    node = offered[HANGZHOU]
    assert sign(node, agreement, note(agreement, signer_for(node.kernel, SUZHOU)))


def test_before_a_partner_was_heard_the_newest_keys_sign(offered: MemoryFederation) -> None:
    kernel = offered[HANGZHOU].kernel
    assert signer_for(kernel, HEFEI) is kernel.identity.signer


def test_a_note_under_other_keys_is_refused(
    offered: MemoryFederation, agreement: Agreement
) -> None:
    assert not sign(offered[HANGZHOU], agreement, note(agreement, made_up_keys(HANGZHOU, 7)))


@pytest.mark.parametrize("text", ["", "no note", "text\n\nno signature"])
def test_what_is_no_note_is_refused(
    offered: MemoryFederation, agreement: Agreement, text: str
) -> None:
    assert not sign(offered[HANGZHOU], agreement, text)
