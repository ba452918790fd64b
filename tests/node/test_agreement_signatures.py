"""A signature on an agreement holds under the keys of the node that made it, and no others."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.node.liar import Liar
from tests.node.looking import home_events

from tongban.catalogue import load_agreements
from tongban.core.agreements.commands import Offer, Sign, Withdraw
from tongban.core.agreements.document import Agreement, document_bytes, document_digest
from tongban.core.agreements.events import AgreementSigned
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.entry import Subject, SubjectKind
from tongban.core.home.events import OutcomeDisputed
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


def test_a_retired_key_signs_nothing_for_the_node_that_gave_it_up(
    offered: MemoryFederation, agreement: Agreement
) -> None:
    """Suzhou, or a thief there, holds what Hangzhou signed under keys that it changed twice."""
    kept = note(agreement, signer_for(offered[HANGZHOU].kernel, SUZHOU))
    for _ in range(2):
        offered.nodes[HANGZHOU].rotate()
        offered.settle()
    command = Sign(
        document=document_digest(agreement), actor=LEGAL_REPRESENTATIVE, party=HANGZHOU, note=kept
    )
    refusal = offered[SUZHOU].execute(command, partner=HANGZHOU)
    assert isinstance(refusal, Refusal)
    assert refusal.ground == AgreementGround.SIGNATURE_IS_ANOTHERS
    forged = AgreementSigned(document=command.document, party=HANGZHOU, note=kept)
    liar = Liar(offered[SUZHOU], HANGZHOU)
    liar.write(liar.draft(forged, Subject(kind=SubjectKind.AGREEMENT, id=command.document)))
    offered.settle()
    (state,) = offered[HANGZHOU].agreements_with(SUZHOU)
    assert state.signatures == ()


@pytest.mark.parametrize("first", [SUZHOU, HANGZHOU])
def test_a_withdrawal_that_crosses_the_last_signature_is_known_alike(
    offered: MemoryFederation, agreement: Agreement, first: str
) -> None:
    ways = {(SUZHOU, HANGZHOU), (HANGZHOU, SUZHOU)}
    offered.cut |= ways
    for name in (first, *({SUZHOU, HANGZHOU} - {first})):
        if name == SUZHOU:
            gone = Withdraw(
                document=document_digest(agreement), actor=OFFICER, ground="changed_our_mind"
            )
            assert not isinstance(offered[SUZHOU].execute(gone, partner=HANGZHOU), Refusal)
        else:
            node = offered[HANGZHOU]
            assert sign(node, agreement, note(agreement, signer_for(node.kernel, SUZHOU)))
    offered.cut -= ways
    offered.settle()
    (one,), (other,) = (offered[name].agreements_with(peer) for name, peer in sorted(ways))
    assert one == other
    assert not any(home_events(offered[name], OutcomeDisputed) for name in (SUZHOU, HANGZHOU))
