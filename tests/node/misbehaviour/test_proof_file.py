"""The proof of misbehaviour that a node writes convinces somebody who has nothing else."""

from itertools import chain

import pytest
from tests.node.liar import Liar
from tests.node.looking import submit

from tongban.channels.descriptors import read_descriptor
from tongban.core.words import Language
from tongban.node.bundles.faults import BundleUnreadable
from tongban.node.bundles.trust import encode_trust, read_trust
from tongban.node.misbehaviour.export import NothingNoticed, export_misbehaviour
from tongban.node.misbehaviour.proof import is_proof_file
from tongban.node.misbehaviour.verify import verify_misbehaviour
from tongban.node.misbehaviour.words import describe
from tongban.testing.applications import HEFEI, SONGJIANG, accept
from tongban.testing.memory_nodes import MemoryFederation

from . import vectors
from .test_detecting import lines, rewritten


@pytest.fixture
def proof(pair: MemoryFederation) -> bytes:
    """Hefei rewrote an entry and added one; Songjiang writes the proof of it."""
    case = submit(pair)
    pair.settle()
    pair[HEFEI].execute(accept(case))
    pair.settle()
    liar = Liar(pair[HEFEI], SONGJIANG)
    pair[SONGJIANG].hear(rewritten(liar, [b"another", b"one more"], len(lines(liar)) - 1))
    return exported(pair)


def exported(pair: MemoryFederation, number: int = 1) -> bytes:
    own = pair.nodes[SONGJIANG].descriptor
    return export_misbehaviour(pair[SONGJIANG].kernel, HEFEI, number, descriptor=own)


def test_it_holds_under_keys_that_are_known_from_elsewhere(
    pair: MemoryFederation, proof: bytes
) -> None:
    nodes = [read_descriptor(pair.nodes[name].descriptor) for name in (SONGJIANG, HEFEI)]
    report = verify_misbehaviour(proof, read_trust(encode_trust(nodes)))
    assert (report.verified, report.anchored, report.accused) == (True, True, HEFEI)
    assert report.noticed_at is not None
    assert verify_misbehaviour(proof, read_trust(encode_trust(nodes[:1]))).problems


def test_it_says_in_both_languages_who_signed_what_and_what_that_does_not_prove(
    proof: bytes,
) -> None:
    report = verify_misbehaviour(proof)
    english = describe(report, Language.ENGLISH)
    assert english.startswith("Proof of misbehaviour: verified\n")
    assert f"{HEFEI} signed two checkpoints of one log" in english
    assert "Which of the two histories is the true one" in english
    assert describe(report, Language.CHINESE).startswith("自相矛盾证明核验：通过\n")


def test_it_needs_no_entry_of_the_channel(proof: bytes) -> None:
    assert b"case.accepted" not in proof
    assert b"another" not in proof


def test_the_keys_of_the_time_count_when_the_partner_has_others_now(
    pair: MemoryFederation, proof: bytes
) -> None:
    with pair[SONGJIANG].kernel.database.write() as connection:
        now = pair.clock.now()
        newer = vectors.HEFEI.descriptor
        pair[SONGJIANG].kernel.store.put_peer(connection, HEFEI, newer, "newer", now)
    assert proof
    assert verify_misbehaviour(exported(pair)).verified


def test_it_holds_when_the_accuser_has_other_keys_now(pair: MemoryFederation, proof: bytes) -> None:
    assert proof
    pair.nodes[SONGJIANG].rotate()
    assert verify_misbehaviour(exported(pair)).verified


@pytest.mark.parametrize("number", [0, 2])
def test_what_was_not_noticed_cannot_be_shown(
    pair: MemoryFederation, proof: bytes, number: int
) -> None:
    assert proof
    with pytest.raises(NothingNoticed):
        exported(pair, number)


@pytest.mark.parametrize("name", vectors.STORIES)
def test_every_changed_byte_is_noticed(name: str) -> None:
    data = vectors.proof_file(vectors.STORIES[name])
    places = chain(range(0, len(data), 97), range(0, 1024, 5))
    for place in sorted(set(places)):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        assert not holds(changed), place


def holds(data: bytes) -> bool:
    try:
        return is_proof_file(data) and verify_misbehaviour(data).verified
    except BundleUnreadable:
        return False


def test_two_lies_against_one_checkpoint_have_each_its_own_notice(pair: MemoryFederation) -> None:
    """Hefei signed once for two entries that it wrote; both lies are about the size between."""
    cases = [submit(pair), submit(pair)]
    pair.settle()
    for case in cases:
        pair[HEFEI].execute(accept(case))
    pair.settle()
    liar = Liar(pair[HEFEI], SONGJIANG)
    for lie in (b"another", b"a third"):
        pair[SONGJIANG].hear(rewritten(liar, [lie], len(lines(liar)) - 2))
    reports = [verify_misbehaviour(exported(pair, number)) for number in (1, 2)]
    assert [report.problems for report in reports] == [(), ()]
    assert reports[0].statements[1] == reports[1].statements[1]
    assert reports[0].statements[0] != reports[1].statements[0]
