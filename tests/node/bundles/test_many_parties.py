"""A case under an agreement of many rests on signatures of nodes that have no part in it."""

from dataclasses import replace

import pytest

from tongban.core import canonical
from tongban.core.agreements.deposits import deposit_text
from tongban.core.agreements.document import Agreement, document_bytes, read_document
from tongban.core.agreements.events import AgreementDeposited, DepositStep, PartyNote
from tongban.core.agreements.signature import key_name
from tongban.evidence.notes import encode_note, sign_note

from .pair import MORNING, MadeUpNode, Pair
from .stories import (
    CASE,
    CLAUSE,
    HEFEI,
    SMALL,
    SONGJIANG,
    STRANGER,
    Bundling,
    about,
    agreement,
    bundling,
    codes,
    dispatched,
    signature,
)

PARTIES = (SONGJIANG, HEFEI, STRANGER)


def of_three() -> Agreement:
    found = read_document(agreement(*PARTIES))
    assert isinstance(found, Agreement)
    return replace(found, depositary=STRANGER.name)


TEXT = of_three()
DOCUMENT = document_bytes(TEXT)
BASIS = replace(CLAUSE, document=canonical.digest(DOCUMENT))


def conclusion(signer: MadeUpNode = STRANGER) -> AgreementDeposited:
    notes = (signature(DOCUMENT, node) for node in PARTIES)
    said = AgreementDeposited(
        document=canonical.digest(DOCUMENT),
        step=DepositStep.CONCLUDED,
        note="",
        enclosed=tuple(PartyNote(party=line.party, note=line.note) for line in notes),
    )
    text = deposit_text(TEXT, said, TEXT.depositary, MORNING)
    note = sign_note(text, name=key_name(STRANGER.name), signer=signer.ring)
    return replace(said, note=encode_note(note).decode())


def under(said: AgreementDeposited) -> Bundling:
    pair = Pair(SONGJIANG, HEFEI)
    pair.say(pair.out, said, about(DOCUMENT))
    pair.say(pair.out, dispatched(), CASE, basis=BASIS)
    return replace(bundling(pair, DOCUMENT), nodes=PARTIES)


def test_what_the_depositary_says_that_all_signed_is_a_basis() -> None:
    assert codes(under(conclusion()).verify(None)) == []


def test_the_keys_of_a_third_party_are_held_to_the_list_as_well() -> None:
    assert codes(under(conclusion()).verify()) == ["key_unknown"]


def test_without_the_third_partys_descriptor_its_signature_proves_nothing() -> None:
    bundle = replace(under(conclusion()), nodes=(SONGJIANG, HEFEI))
    assert codes(bundle.verify(None)) == ["basis_unfounded"]


@pytest.mark.parametrize(
    "said",
    [conclusion(signer=HEFEI), replace(conclusion(), enclosed=conclusion().enclosed[:2])],
)
def test_a_word_that_is_not_the_depositarys_concludes_nothing(said: AgreementDeposited) -> None:
    report = under(said).verify(None)
    assert codes(report) == ["basis_unfounded"]
    assert any("保存方" in problem.words.zh for problem in report.problems)


def test_other_steps_conclude_nothing() -> None:
    said = replace(conclusion(), step=DepositStep.EXITED)
    assert codes(under(said).verify(None)) == ["basis_unfounded"]


def test_signatures_without_the_depositarys_word_are_not_enough() -> None:
    pair = Pair(SONGJIANG, HEFEI)
    for node in PARTIES:
        pair.say(pair.out, signature(DOCUMENT, node), about(DOCUMENT))
    pair.say(pair.out, dispatched(), CASE, basis=BASIS)
    bundle = replace(bundling(pair, DOCUMENT), nodes=PARTIES)
    assert codes(bundle.verify(None)) == ["basis_unfounded"]


def test_nobody_elses_descriptor_comes_along() -> None:
    assert codes(replace(SMALL, nodes=PARTIES).verify(None)) == ["descriptors_differ"]
