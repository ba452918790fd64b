"""Parties, documents, bases and bodies; and files that are no bundle at all."""

from dataclasses import replace

import pytest

from tongban.channels.descriptors import fingerprint
from tongban.core import canonical
from tongban.core.agreements.events import AgreementOffered, InstrumentCited
from tongban.core.cases.events import CaseOpened
from tongban.core.channel.events import RefusedEntry
from tongban.core.entry import Basis, Event, Subject, SubjectKind
from tongban.core.home.events import PeerPaired
from tongban.evidence.notes import encode_note, sign_note
from tongban.node.bundles.archive import pack, unpack
from tongban.node.bundles.entries import SaltedBody
from tongban.node.bundles.faults import BundleUnreadable
from tongban.node.bundles.manifest import MANIFEST
from tongban.node.bundles.verify import verify_bundle

from .pair import Pair
from .stories import (
    AGREEMENT,
    CASE,
    CLAUSE,
    HEFEI,
    INSTRUMENT,
    ITEM,
    OF_INSTRUMENT,
    OWN_RIGHT,
    SMALL,
    SONGJIANG,
    STRANGER,
    WHOLE,
    Bundling,
    about,
    agreement,
    bundling,
    codes,
    dispatched,
    signature,
    signed,
    small_case,
)

FILES = {name: data for name, data in unpack(SMALL.encode()).items() if name != MANIFEST}


def unreadable(files: dict[str, bytes]) -> str:
    with pytest.raises(BundleUnreadable) as caught:
        verify_bundle(signed(files))
    return str(caught.value)


def test_files_signed_anew_are_what_they_were() -> None:
    assert verify_bundle(signed(FILES)).verified


def test_a_case_of_another_number_has_no_entries() -> None:
    found = codes(replace(SMALL, case="another").verify())
    assert found == ["document_uncited", "entry_unrelated", "nothing_proven"]


def test_an_entry_about_another_case_does_not_belong() -> None:
    pair = small_case()
    pair.say(pair.out, CaseOpened(), Subject(kind=SubjectKind.CASE, id="G60-2026-000002"))
    report = bundling(pair).verify()
    assert codes(report) == ["entry_unrelated"]


def test_an_outcome_about_nothing_that_is_there_does_not_belong() -> None:
    pair = small_case()
    opened = pair.say(pair.out, CaseOpened(), CASE)
    lacking = bundling(pair).without(
        lambda b: b.place.log.writer == SONGJIANG.name and b.place.position == opened
    )
    assert codes(lacking.verify()) == ["entry_unrelated"]


def test_what_was_said_of_an_agreement_that_nobody_cites_does_not_belong() -> None:
    pair = small_case()
    pair.say(pair.out, AgreementOffered(document=canonical.digest(AGREEMENT)), about(AGREEMENT))
    assert codes(bundling(pair).verify()) == ["entry_unrelated"]


def test_a_third_party_has_no_part_in_the_case() -> None:
    pair = Pair(SONGJIANG, STRANGER)
    bundle = replace(SMALL, nodes=(SONGJIANG, HEFEI, STRANGER))
    bundle = bundle.with_entries([*SMALL.entries, *pair.out.bundled()])
    assert codes(bundle.verify(None)) == ["too_many_parties"]


def test_an_exporter_outside_the_logs_fails() -> None:
    bundle = replace(SMALL, exporter=STRANGER, signer=STRANGER, nodes=(SONGJIANG, HEFEI, STRANGER))
    assert codes(bundle.verify(None)) == ["foreign_log", "too_many_parties"]


def test_a_descriptor_of_somebody_else_fails() -> None:
    bundle = replace(SMALL, nodes=(SONGJIANG, HEFEI, STRANGER))
    assert codes(bundle.verify(None)) == ["descriptors_differ"]


def test_a_reader_without_descriptor_leaves_entries_one_sided() -> None:
    bundle = replace(SMALL, nodes=(SONGJIANG,))
    assert "descriptors_differ" in codes(bundle.verify())


def paired(prints: str) -> Bundling:
    pair = small_case()
    subject = Subject(kind=SubjectKind.NODE, id=HEFEI.name)
    pair.say(pair.home, PeerPaired(peer=HEFEI.name, fingerprint=prints), subject)
    return bundling(pair)


def test_keys_other_than_those_that_were_compared_at_pairing_fail() -> None:
    assert codes(paired(fingerprint(HEFEI.described)).verify()) == []
    assert codes(paired(fingerprint(STRANGER.described)).verify()) == ["pairing_differs"]


def test_a_pairing_with_somebody_else_does_not_matter() -> None:
    pair = small_case()
    subject = Subject(kind=SubjectKind.NODE, id=STRANGER.name)
    pair.say(pair.home, PeerPaired(peer=STRANGER.name, fingerprint="0000"), subject)
    assert codes(bundling(pair).verify()) == []


def test_a_document_that_is_not_what_its_digest_names_fails() -> None:
    documents = {**SMALL.documents, canonical.digest(ITEM): b"{}"}
    assert codes(replace(SMALL, documents=documents).verify()) == ["document_differs"]


def test_a_document_that_nobody_cites_fails() -> None:
    documents = {**SMALL.documents, canonical.digest(b"{}"): b"{}"}
    assert codes(replace(SMALL, documents=documents).verify()) == ["document_uncited"]


def test_a_document_that_an_effective_act_cites_must_be_there() -> None:
    assert codes(replace(SMALL, documents={}).verify()) == ["document_missing"]


def test_a_refused_act_may_cite_what_nobody_has() -> None:
    pair = Pair(SONGJIANG, HEFEI)
    pair.write(pair.out, dispatched(), CASE, basis=CLAUSE)
    pair.push(pair.out, [RefusedEntry(generation=1, index=1, ground="unknown_document")])
    assert codes(replace(bundling(pair), documents={}).verify()) == []


def with_agreement(document: bytes, basis: Basis, *signatures: Event) -> Bundling:
    pair = Pair(SONGJIANG, HEFEI)
    pair.say(pair.out, AgreementOffered(document=canonical.digest(document)), about(document))
    for event in signatures:
        pair.say(pair.out, event, about(document))
    pair.say(pair.out, dispatched(), CASE, basis=basis)
    return bundling(pair, document)


BOTH = (signature(AGREEMENT, SONGJIANG), signature(AGREEMENT, HEFEI))


def test_a_clause_of_a_signed_agreement_is_a_basis() -> None:
    assert codes(with_agreement(AGREEMENT, CLAUSE, *BOTH).verify()) == []


@pytest.mark.parametrize(
    ("signatures", "missing"),
    [
        ((), HEFEI.name),
        (BOTH[:1], HEFEI.name),
        (BOTH[1:], SONGJIANG.name),
        ((BOTH[0], signature(AGREEMENT, HEFEI, signer=STRANGER)), HEFEI.name),
        ((BOTH[0], replace(BOTH[1], note="no note")), HEFEI.name),
        ((BOTH[0], signature(INSTRUMENT, HEFEI)), HEFEI.name),
        ((BOTH[0], signature(AGREEMENT, HEFEI, office="another")), HEFEI.name),
        ((BOTH[0], signature(AGREEMENT, STRANGER)), HEFEI.name),
    ],
)
def test_an_agreement_that_not_all_have_signed_is_no_basis(
    signatures: tuple[Event, ...], missing: str
) -> None:
    report = with_agreement(AGREEMENT, CLAUSE, *signatures).verify()
    assert codes(report) == ["basis_unfounded"]
    assert any(missing in problem.words.zh for problem in report.problems)


def test_a_clause_that_the_agreement_does_not_have_is_no_basis() -> None:
    report = with_agreement(AGREEMENT, replace(CLAUSE, clause="9.9"), *BOTH).verify()
    assert codes(report) == ["basis_unfounded"]


def test_a_basis_without_clause_is_none() -> None:
    report = with_agreement(AGREEMENT, replace(CLAUSE, clause=None), *BOTH).verify()
    assert codes(report) == ["basis_unfounded"]


def test_an_agreement_of_others_is_no_basis() -> None:
    theirs = agreement(SONGJIANG, STRANGER)
    basis = replace(CLAUSE, document=canonical.digest(theirs))
    signatures = (signature(theirs, SONGJIANG), signature(theirs, STRANGER))
    report = with_agreement(theirs, basis, *signatures).verify()
    assert codes(report) == ["basis_unfounded"]
    assert any(f"{HEFEI.name} 不是" in problem.words.zh for problem in report.problems)


def test_a_document_that_is_no_agreement_is_no_basis() -> None:
    basis = replace(CLAUSE, document=canonical.digest(ITEM))
    assert codes(bundling(small_case(basis)).verify()) == ["basis_unfounded"]


def test_a_clause_without_document_is_no_basis() -> None:
    basis = replace(CLAUSE, document=None)
    assert codes(bundling(small_case(basis)).verify()) == ["basis_unfounded"]


def test_an_instrument_is_a_basis_once_it_is_cited() -> None:
    pair = Pair(SONGJIANG, HEFEI)
    cited = InstrumentCited(document=canonical.digest(INSTRUMENT))
    pair.say(pair.out, cited, about(INSTRUMENT))
    pair.say(pair.out, dispatched(), CASE, basis=OF_INSTRUMENT)
    assert codes(bundling(pair, INSTRUMENT).verify()) == []


def test_an_instrument_that_nobody_cited_is_no_basis() -> None:
    pair = small_case(OF_INSTRUMENT)
    assert codes(bundling(pair, INSTRUMENT).verify()) == ["basis_unfounded"]


def with_body(salt: bytes, content: bytes) -> Bundling:
    *others, dispatch, outcome = SMALL.entries
    assert dispatch.bodies
    bodies = {"application": SaltedBody(salt=salt, content=content)}
    return replace(SMALL, entries=(*others, replace(dispatch, bodies=bodies), outcome))


def test_a_body_that_was_not_committed_to_fails() -> None:
    body = SMALL.entries[-2].bodies["application"]
    assert codes(with_body(body.salt, body.content).verify()) == []
    assert codes(with_body(bytes(32), body.content).verify()) == ["body_differs"]
    assert codes(with_body(body.salt, body.content + b" ").verify()) == ["body_differs"]
    same_size = bytes(len(body.content))
    assert codes(with_body(body.salt, same_size).verify()) == ["body_differs"]


def test_bodies_may_be_left_out_and_the_report_says_so() -> None:
    bare = [replace(bundled, bodies={}) for bundled in WHOLE.entries]
    report = replace(WHOLE, entries=bare).verify()
    assert report.verified
    included = {body.included for entry in report.entries for body in entry.bodies}
    assert included == {False}


def test_a_body_never_gets_the_name_that_the_entry_gives_it() -> None:
    names = [name for name in unpack(WHOLE.encode()) if name.startswith("bodies/")]
    assert all(".." not in name and "material" not in name for name in names)
    assert {name.rpartition(".")[2] for name in names} == {"json", "pdf", "bin", "salt"}


@pytest.mark.parametrize(
    "name", ["README", "entries/1.json", "entries/0001.txt", "bodies/0001/01.json", "../x"]
)
def test_a_strange_file_is_unreadable_even_on_the_manifest(name: str) -> None:
    assert f"{name} has no place" in unreadable({**FILES, name: b""})


def test_an_entry_without_proof_is_unreadable() -> None:
    files = {name: data for name, data in FILES.items() if name != "entries/0002.tlog-proof"}
    assert unreadable(files) == "entries/0002.tlog-proof is missing"


def test_a_gap_in_the_numbers_is_unreadable() -> None:
    files = {name: data for name, data in FILES.items() if "entries/0002" not in name}
    assert "is missing" in unreadable(files)


def test_another_order_of_the_entries_is_unreadable() -> None:
    with pytest.raises(BundleUnreadable, match="causal order"):
        replace(SMALL, entries=SMALL.entries[::-1]).verify()


def test_a_salt_of_another_length_is_unreadable() -> None:
    name = next(name for name in FILES if name.endswith(".salt"))
    assert "32 bytes" in unreadable({**FILES, name: bytes(31)})


def test_a_salt_without_its_body_is_unreadable() -> None:
    body = next(n for n in FILES if n.startswith("bodies/") and not n.endswith(".salt"))
    files = {name: data for name, data in FILES.items() if name != body}
    assert unreadable(files) == f"{body} is missing"


@pytest.mark.parametrize("name", ["entries/0001.json", "entries/0001.tlog-proof"])
def test_what_is_no_entry_or_no_proof_is_unreadable(name: str) -> None:
    assert unreadable({**FILES, name: b"{}"}).startswith("entries/0001.json: ")


@pytest.mark.parametrize(
    "origin",
    [
        "songjiang.example",
        f"songjiang.example/home/01-{'0' * 32}",
        f"Songjiang/home/1-{'0' * 32}",
        f"songjiang.example/channel/songjiang.example/1-{'0' * 32}",
        f"songjiang.example/home/1-{'0' * 31}",
    ],
)
def test_a_proof_about_no_log_of_a_node_is_unreadable(origin: str) -> None:
    name = "entries/0001.tlog-proof"
    old = SMALL.entries[0].checkpoint.origin.encode()
    proof = FILES[name].replace(old, origin.encode())
    assert "no log of a node" in unreadable({**FILES, name: proof})


def test_what_is_no_descriptor_is_unreadable() -> None:
    name = f"descriptors/{HEFEI.name}.note"
    assert unreadable({**FILES, name: b"x"}).startswith(f"{name}: ")
    assert "describes songjiang.example" in unreadable({**FILES, name: SONGJIANG.descriptor})


@pytest.mark.parametrize(
    ("case", "by"), [("", SONGJIANG.name), ("a b", SONGJIANG.name), (CASE.id, "UPPER")]
)
def test_a_manifest_that_names_no_case_or_no_node_is_unreadable(case: str, by: str) -> None:
    with pytest.raises(BundleUnreadable, match="does not name a case and a node"):
        verify_bundle(signed(FILES, case=case, by=by))


@pytest.mark.parametrize("text", ["{}\n", '{"case": "x"}\n', "x\n"])
def test_what_is_no_manifest_is_unreadable(text: str) -> None:
    note = encode_note(sign_note(text, name="x", signer=SONGJIANG.ring))
    for data in (b"", note):
        with pytest.raises(BundleUnreadable, match="is no manifest"):
            verify_bundle(pack({**FILES, MANIFEST: data}))


def test_a_basis_of_own_right_needs_no_document() -> None:
    assert codes(bundling(small_case(OWN_RIGHT)).verify()) == []
